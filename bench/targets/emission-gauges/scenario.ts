import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther } from "viem";

const WEEK = 604_800n;

export const emissionGauges = (name: "EmissionGauges" | "EmissionGaugesFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [, alice, bob, carol, ...pools] = await viem.getWalletClients();
    const client = await viem.getTestClient();
    const token = await viem.deployContract("EmissionGaugesToken");
    const controller = await viem.deployContract(name as "EmissionGauges", [token.address, parseEther("100000")]);
    const checks = await viem.deployContract("EmissionGaugesChecks", [controller.address]);

    await token.write.transfer([controller.address, parseEther("5000000")]);
    for (const { account } of pools.slice(0, 4)) await controller.write.addGauge([account.address]);
    const lockers = [
      [alice, "3000000", 52n, [0n, 1n], [60n, 40n]],
      [bob, "2000000", 26n, [1n, 2n, 3n], [50n, 30n, 20n]],
      [carol, "700000", 12n, [], []],
    ] as const;
    for (const [{ account }, amount, weeks, ids, shares] of lockers) {
      await token.write.transfer([account.address, parseEther(amount)]);
      await token.write.approve([controller.address, parseEther(amount)], { account });
      await controller.write.lock([parseEther(amount), weeks * WEEK], { account });
      if (ids.length > 0) await controller.write.vote([[...ids], [...shares]], { account });
    }
    await client.increaseTime({ seconds: Number(WEEK) });
    await controller.write.distribute();

    const scenario = siege.scenario({
      name: "a fortnight of emissions",
      blocks: 28,
      blockTime: 43_200,
      assets: { TIDE: { token: token.address, price: 0.6 } },
      agents: [
        attacker({ name: "attacker", capital: { TIDE: 2_000_000 } }),
        attacker({ name: "attacker's friend", capital: { TIDE: 500_000 } }),
      ],
      accounts: { alice: alice.account.address, bob: bob.account.address, carol: carol.account.address },
      conditions: [invariants(checks)],
    });
    return { target: controller, scenario };
  });
