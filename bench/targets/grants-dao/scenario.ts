import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther, parseUnits } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);
const HOUR = 3_600;

export const grantsDao = (name: "GrantsDao" | "GrantsDaoFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [, alice, bob, carol, dave, audits, events] = await viem.getWalletClients();
    const client = await viem.getTestClient();
    const token = await viem.deployContract("GrantsDaoToken");
    const usdc = await viem.deployContract("GrantsDaoUsdc");
    const dao = await viem.deployContract(name as "GrantsDao", [token.address, usdc.address, usd("500000")]);
    const checks = await viem.deployContract("GrantsDaoChecks", [dao.address]);

    await usdc.write.approve([dao.address, usd("6000000")]);
    await dao.write.fund([usd("6000000")]);
    const holders = [
      [alice, "1800000"],
      [bob, "1200000"],
      [carol, "900000"],
      [dave, "200000"],
    ] as const;
    for (const [{ account }, amount] of holders) {
      await token.write.transfer([account.address, parseEther(amount)]);
      await token.write.delegate([account.address], { account });
    }
    const propose = async (by: typeof alice, to: typeof alice, amount: string, title: string) =>
      dao.write.propose([to.account.address, usd(amount), title], { account: by.account });
    const vote = async (id: bigint, by: typeof alice, support: number) =>
      dao.write.castVote([id, support], { account: by.account });

    await propose(alice, audits, "180000", "audit");
    await propose(bob, events, "60000", "conference");
    await propose(dave, dave, "400000", "marketing");
    await client.increaseTime({ seconds: 13 * HOUR });
    for (const voter of [alice, bob]) for (const id of [0n, 1n]) await vote(id, voter, 1);
    await vote(2n, carol, 0);
    await vote(2n, dave, 1);
    await client.increaseTime({ seconds: 73 * HOUR });
    await dao.write.queue([0n]);
    await dao.write.queue([1n]);
    await propose(carol, carol, "90000", "documentation");
    await client.increaseTime({ seconds: 25 * HOUR });
    await dao.write.execute([1n]);
    for (const voter of [bob, carol]) await vote(3n, voter, 1);

    const scenario = siege.scenario({
      name: "ten days of grants",
      blocks: 20,
      blockTime: 43_200,
      assets: { GROVE: { token: token.address, price: 1.5 }, USDC: { token: usdc.address, price: 1 } },
      agents: [
        attacker({ name: "attacker", capital: { GROVE: 300_000, USDC: 100_000 } }),
        attacker({ name: "attacker's friend", capital: { GROVE: 100_000, USDC: 100_000 } }),
      ],
      accounts: {
        alice: alice.account.address,
        bob: bob.account.address,
        carol: carol.account.address,
        dave: dave.account.address,
        audits: audits.account.address,
        events: events.account.address,
      },
      conditions: [invariants(checks)],
    });
    return { target: dao, scenario };
  });
