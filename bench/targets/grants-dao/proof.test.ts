import { expect } from "chai";
import { network } from "hardhat";
import { parseEther, parseUnits } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);
const HOUR = 3_600;

async function attack(name: "GrantsDao" | "GrantsDaoFixed") {
  const { viem } = await network.create();
  const [, alice, audits, thief] = await viem.getWalletClients();
  const client = await viem.getTestClient();
  const token = await viem.deployContract("GrantsDaoToken");
  const usdc = await viem.deployContract("GrantsDaoUsdc");
  const dao = await viem.deployContract(name as "GrantsDao", [token.address, usdc.address, usd("500000")]);
  const checks = await viem.deployContract("GrantsDaoChecks", [dao.address]);
  await usdc.write.approve([dao.address, usd("6000000")]);
  await dao.write.fund([usd("6000000")]);
  await token.write.transfer([alice.account.address, parseEther("1800000")]);
  await token.write.delegate([alice.account.address], { account: alice.account });
  await dao.write.propose([audits.account.address, usd("180000"), "audit"], { account: alice.account });
  await client.increaseTime({ seconds: 13 * HOUR });
  await dao.write.castVote([0n, 1], { account: alice.account });
  await client.increaseTime({ seconds: 73 * HOUR });
  await dao.write.queue([0n]);
  await client.increaseTime({ seconds: 25 * HOUR });
  expect(await checks.read.invariant_paidWithinGranted()).to.equal(true);

  const account = thief.account;
  await dao.write.execute([0n], { account });
  expect(await checks.read.invariant_paidWithinGranted()).to.equal(true);
  const requeued = await dao.write.queue([0n], { account }).then(
    () => true,
    () => false,
  );
  await client.increaseTime({ seconds: 25 * HOUR });
  await dao.write.execute([0n], { account }).catch(() => undefined);
  return {
    requeued,
    holds: await checks.read.invariant_paidWithinGranted(),
    paid: await usdc.read.balanceOf([audits.account.address]),
  };
}

describe("GrantsDao", () => {
  it("is broken by hand", async () => {
    expect(await attack("GrantsDao")).to.deep.equal({ requeued: true, holds: false, paid: usd("360000") });
  });

  it("holds when fixed", async () => {
    expect(await attack("GrantsDaoFixed")).to.deep.equal({ requeued: false, holds: true, paid: usd("180000") });
  });
});
