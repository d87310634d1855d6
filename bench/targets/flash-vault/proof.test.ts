import { expect } from "chai";
import { network } from "hardhat";
import { encodeFunctionData } from "viem";
import { deploy, type Name } from "./scenario.js";

const USDC = 10n ** 6n;

/** Whether a share is worth no less than before, but for a thousandth. */
async function attack(name: Name): Promise<boolean> {
  const { viem } = await network.create();
  const { usdc, vault } = await deploy(viem, name);
  const borrower = await viem.deployContract("FlashVaultBorrower", [vault.address]);
  await usdc.write.mint([borrower.address, 500_000n * USDC]);
  const before = await vault.read.convertToAssets([1_000n * USDC]);

  const deposit = encodeFunctionData({
    abi: vault.abi,
    functionName: "deposit",
    args: [400_000n * USDC, borrower.address],
  });
  await borrower.write.borrow([5_000_000n * USDC, deposit]);
  await borrower.write.redeemAll();
  return (await vault.read.convertToAssets([1_000n * USDC])) * 1_000n >= before * 999n;
}

describe("FlashVault", () => {
  it("is broken by a loan, a deposit in it, and a redemption", async () =>
    expect(await attack("FlashVault")).to.equal(false));
  it("is not broken once fixed", async () => expect(await attack("FlashVaultFixed")).to.equal(true));
});
