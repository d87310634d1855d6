import { expect } from "chai";
import { network } from "hardhat";
import { parseEther, parseUnits } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);

async function attack(name: "StakeCouncil" | "StakeCouncilFixed") {
  const { viem } = await network.create();
  const [, alice, thief] = await viem.getWalletClients();
  const client = await viem.getTestClient();
  const token = await viem.deployContract("StakeCouncilToken");
  const usdc = await viem.deployContract("StakeCouncilUsdc");
  const council = await viem.deployContract(name as "StakeCouncil", [token.address, usdc.address]);
  const checks = await viem.deployContract("StakeCouncilChecks", [council.address]);
  await usdc.write.transfer([council.address, usd("8000000")]);
  for (const [{ account }, amount] of [[alice, "3500000"], [thief, "400000"]] as const) {
    await token.write.transfer([account.address, parseEther(amount)]);
    await token.write.approve([council.address, parseEther(amount)], { account });
  }
  await council.write.stake([parseEther("3500000")], { account: alice.account });
  expect(await checks.read.invariant_votesMatchStakes()).to.equal(true);

  const account = thief.account;
  await council.write.stake([parseEther("400000")], { account });
  await council.write.requestExit([parseEther("400000")], { account });
  await council.write.delegate([alice.account.address], { account });
  await client.increaseTime({ seconds: 3 * 86_400 });
  await council.write.claimExit({ account });
  return {
    match: await checks.read.invariant_votesMatchStakes(),
    votes: await council.read.votesOf([account.address]),
    ofAlice: await council.read.votesOf([alice.account.address]),
    tokens: await token.read.balanceOf([account.address]),
  };
}

describe("StakeCouncil", () => {
  it("is broken by hand", async () => {
    expect(await attack("StakeCouncil")).to.deep.equal({
      match: false,
      votes: parseEther("400000"),
      ofAlice: parseEther("3100000"),
      tokens: parseEther("400000"),
    });
  });

  it("holds when fixed", async () => {
    expect(await attack("StakeCouncilFixed")).to.deep.equal({
      match: true,
      votes: 0n,
      ofAlice: parseEther("3500000"),
      tokens: parseEther("400000"),
    });
  });
});
