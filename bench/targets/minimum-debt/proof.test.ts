import { expect } from "chai";
import { network } from "hardhat";
import { parseEther, parseUnits } from "viem";

async function attack(contract: string): Promise<boolean> {
  const { viem } = await network.create();
  const weth = await viem.deployContract("MeridianLendingWeth");
  const usdc = await viem.deployContract("MeridianLendingUsdc");
  const feed = await viem.deployContract("MeridianLendingEthUsd", [parseUnits("2500", 8)]);
  const market = await viem.deployContract(contract, [weth.address, usdc.address, feed.address]);
  const checker = await viem.deployContract("MeridianLendingInvariants", [market.address]);
  await usdc.write.mint([checker.address, parseUnits("50000000", 6)]);
  const [owner, ann, eve] = await viem.getWalletClients();
  await usdc.write.mint([owner.account.address, parseUnits("4000000", 6)]);
  await usdc.write.approve([market.address, parseUnits("4000000", 6)]);
  await market.write.fund([parseUnits("4000000", 6)]);
  for (const [client, collateral] of [[ann, "400"], [eve, "20"]] as const) {
    await weth.write.mint([client.account.address, parseEther(collateral)]);
    await weth.write.approve([market.address, parseEther(collateral)], { account: client.account });
  }
  await market.write.deposit([parseEther("400")], { account: ann.account });
  await market.write.borrow([parseUnits("700000", 6)], { account: ann.account });
  const holds = async () => (await checker.simulate.invariant_unhealthyLoansCanBeLiquidated()).result;

  await market.write.deposit([parseEther("2.8")], { account: eve.account });
  await market.write.borrow([parseUnits("5000", 6)], { account: eve.account });
  expect(await holds()).to.equal(true);
  await feed.write.setAnswer([parseUnits("1900", 8)]);
  return holds();
}

describe("MeridianLending", () => {
  it("is broken", async () => expect(await attack("MeridianLending")).to.equal(false));
  it("holds when fixed", async () => expect(await attack("MeridianLendingFixed")).to.equal(true));
});
