import { expect } from "chai";
import { network } from "hardhat";
import { parseEther, parseUnits } from "viem";

async function attack(contract: string): Promise<boolean> {
  const { viem } = await network.create();
  const weth = await viem.deployContract("SpendVaultWeth");
  const feed = await viem.deployContract("SpendVaultEthUsd", [parseUnits("2500", 8)]);
  const vault = await viem.deployContract(contract, [weth.address, feed.address]);
  const checker = await viem.deployContract("SpendVaultInvariants", [vault.address]);
  const [, ann, eve] = await viem.getWalletClients();
  for (const [client, amount] of [[ann, "1000"], [eve, "100"]] as const) {
    await weth.write.mint([client.account.address, parseEther(amount)]);
    await weth.write.approve([vault.address, parseEther(amount)], { account: client.account });
  }
  await vault.write.deposit([parseEther("1000")], { account: ann.account });
  expect(await checker.read.invariant_balancesAreBacked()).to.equal(true);

  await vault.write.deposit([parseEther("100")], { account: eve.account });
  await vault.write.authorise([eve.account.address, parseUnits("240000", 6)], { account: eve.account });
  await feed.write.setAnswer([parseUnits("1900", 8)]);
  await vault.write.capture([0n], { account: eve.account });
  return checker.read.invariant_balancesAreBacked();
}

describe("SpendVault", () => {
  it("is broken", async () => expect(await attack("SpendVault")).to.equal(false));
  it("holds when fixed", async () => expect(await attack("SpendVaultFixed")).to.equal(true));
});
