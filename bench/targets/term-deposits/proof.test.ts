import { expect } from "chai";
import { network } from "hardhat";
import { encodeFunctionData, parseUnits } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);
const DAY = 86_400n;

async function attack(name: "TermDeposits" | "TermDepositsFixed") {
  const { viem } = await network.create();
  const [, alice] = await viem.getWalletClients();
  const client = await viem.getTestClient();
  const usdc = await viem.deployContract("TermDepositsUsdc");
  const desk = await viem.deployContract(name as "TermDeposits", [usdc.address]);
  const checks = await viem.deployContract("TermDepositsChecks", [desk.address]);
  await usdc.write.approve([desk.address, usd("250000")]);
  await desk.write.fund([usd("250000")]);
  await usdc.write.transfer([alice.account.address, usd("1500000")]);
  await usdc.write.approve([desk.address, usd("1500000")], { account: alice.account });
  await desk.write.open([usd("1500000"), 90n * DAY], { account: alice.account });
  expect(await checks.read.invariant_depositsAreCovered()).to.equal(true);

  const thief = await viem.deployContract("TermDepositsActor");
  await usdc.write.transfer([thief.address, usd("1000000")]);
  const data = (functionName: "open" | "redeem" | "split", args: readonly bigint[]) =>
    encodeFunctionData({ abi: desk.abi, functionName, args } as never);
  const approval = encodeFunctionData({
    abi: usdc.abi,
    functionName: "approve",
    args: [desk.address, usd("1000000")],
  });
  await thief.write.exec([usdc.address, approval]);
  await thief.write.exec([desk.address, data("open", [usd("1000000"), 7n * DAY])]);
  await client.increaseTime({ seconds: Number(7n * DAY) });
  await thief.write.queue([desk.address, data("redeem", [2n])]);
  await thief.write.exec([desk.address, data("split", [2n, usd("999900")])], { gas: 5_000_000n });
  const covered = await checks.read.invariant_depositsAreCovered();
  await client.increaseTime({ seconds: 1 });
  await thief.write.exec([desk.address, data("redeem", [3n])]);
  const doubled = (await usdc.read.balanceOf([thief.address])) > usd("1900000");
  return { covered, doubled, coveredAfter: await checks.read.invariant_depositsAreCovered() };
}

describe("TermDeposits", () => {
  it("is broken by hand", async () => {
    expect(await attack("TermDeposits")).to.deep.equal({ covered: false, doubled: true, coveredAfter: false });
  });

  it("holds when fixed", async () => {
    expect(await attack("TermDepositsFixed")).to.deep.equal({ covered: true, doubled: false, coveredAfter: true });
  });
});
