import { expect } from "chai";
import { network } from "hardhat";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;

async function attack(name: "SavingsPool" | "SavingsPoolFixed") {
  const { viem } = await network.create();
  const clock = await viem.getTestClient();
  const [, alice, bob, mallory] = await viem.getWalletClients();
  const token = await viem.deployContract("SavingsPoolUsdc");
  const pool = await viem.deployContract(name, [token.address]);
  for (const [{ account }, amount] of [
    [alice, usdc(2_400_000)],
    [bob, usdc(950_000)],
  ] as const) {
    await token.write.mint([account.address, amount]);
    await token.write.approve([pool.address, amount], { account });
    await pool.write.deposit([amount], { account });
  }
  const checker = await viem.deployContract("SavingsPoolChecker", [
    pool.address,
    [alice.account.address, bob.account.address],
  ]);
  expect(await checker.read.invariant_depositorsAreCovered()).to.equal(true);

  const { account } = mallory;
  await token.write.mint([account.address, usdc(1_000_000)]);
  await token.write.approve([pool.address, usdc(1_000_000)], { account });
  await pool.write.deposit([usdc(1_000_000)], { account });
  const shares = await pool.read.balanceOf([account.address]);
  await pool.write.transfer([account.address, shares], { account });
  await clock.increaseTime({ seconds: 3_600 });
  await pool.write.redeem([2n * shares], { account }).catch(() => pool.write.redeem([shares], { account }));
  return {
    covered: await checker.read.invariant_depositorsAreCovered(),
    owns: await token.read.balanceOf([account.address]),
  };
}

describe("SavingsPool", () => {
  it("breaks", async () => {
    const { covered, owns } = await attack("SavingsPool");
    expect(covered).to.equal(false);
    expect(Number(owns)).to.be.greaterThan(Number(usdc(1_900_000)));
  });

  it("holds once fixed", async () => {
    const { covered, owns } = await attack("SavingsPoolFixed");
    expect(covered).to.equal(true);
    expect(Number(owns)).to.be.at.most(Number(usdc(1_000_000)));
  });
});
