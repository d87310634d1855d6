import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther } from "viem";

export const scenarioOf = (name: "SafetyStaking" | "SafetyStakingFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const clock = await viem.getTestClient();
    const [treasury, alice, bob, carol] = await viem.getWalletClients();
    const weth = await viem.deployContract("SafetyStakingToken", ["Wrapped Ether", "WETH"]);
    const arc = await viem.deployContract("SafetyStakingToken", ["Arc", "ARC"]);
    const staking = await viem.deployContract(name, [weth.address, arc.address]);

    await arc.write.mint([treasury.account.address, parseEther("250000")]);
    await arc.write.approve([staking.address, parseEther("250000")]);
    for (const [{ account }, amount] of [
      [alice, parseEther("900")],
      [bob, parseEther("420")],
      [carol, parseEther("75")],
    ] as const) {
      await weth.write.mint([account.address, amount]);
      await weth.write.approve([staking.address, amount], { account });
      await staking.write.stake([amount], { account });
    }
    await staking.write.startPeriod([parseEther("250000")]);
    await clock.increaseTime({ seconds: 8 * 86_400 });
    await staking.write.claim({ account: bob.account });

    return {
      target: staking,
      scenario: siege.scenario({
        name: "twelve days of staking",
        blocks: 24,
        blockTime: 43_200,
        assets: { ETH: { price: 2_500, token: weth.address }, ARC: { price: 0.8, token: arc.address } },
        accounts: { alice: alice.account.address, bob: bob.account.address, carol: carol.account.address },
        agents: [
          attacker({ name: "staker", capital: { ETH: 40 } }),
          attacker({ capital: { ETH: 400, ARC: 10_000 } }),
        ],
        conditions: [invariants(staking)],
      }),
    };
  });
