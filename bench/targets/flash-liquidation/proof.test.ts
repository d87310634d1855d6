import { expect } from "chai";
import { network } from "hardhat";
import { parseEther, parseUnits } from "viem";

async function attack(contract: string): Promise<boolean> {
  const { viem } = await network.create();
  const weth = await viem.deployContract("HarborMarketWeth");
  const usdc = await viem.deployContract("HarborMarketUsdc");
  const feed = await viem.deployContract("HarborMarketEthUsd", [parseUnits("2500", 8)]);
  const market = await viem.deployContract(contract, [weth.address, usdc.address, feed.address]);
  const checker = await viem.deployContract("HarborMarketInvariants", [market.address]);
  const [owner, ann, bob] = await viem.getWalletClients();
  await usdc.write.mint([owner.account.address, parseUnits("4000000", 6)]);
  await usdc.write.approve([market.address, parseUnits("4000000", 6)]);
  await market.write.fund([parseUnits("4000000", 6)]);
  for (const [client, collateral, debt] of [[ann, "400", "720000"], [bob, "700", "600000"]] as const) {
    await weth.write.mint([client.account.address, parseEther(collateral)]);
    await weth.write.approve([market.address, parseEther(collateral)], { account: client.account });
    await market.write.deposit([parseEther(collateral)], { account: client.account });
    await market.write.borrow([parseUnits(debt, 6)], { account: client.account });
  }
  expect(await checker.read.invariant_collateralIsThere()).to.equal(true);

  const eve = await viem.deployContract("HarborMarketProofLiquidator", [market.address]);
  await usdc.write.mint([eve.address, parseUnits("800000", 6)]);
  await feed.write.setAnswer([parseUnits("2100", 8)]);
  await eve.write.attack([ann.account.address, parseUnits("350000", 6)]).catch(() => undefined);
  return checker.read.invariant_collateralIsThere();
}

describe("HarborMarket", () => {
  it("is broken", async () => expect(await attack("HarborMarket")).to.equal(false));
  it("holds when fixed", async () => expect(await attack("HarborMarketFixed")).to.equal(true));
});
