import { attacker, retail } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";
import { parseUnits } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);
const DAY = 86_400n;

export const termDeposits = (name: "TermDeposits" | "TermDepositsFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [, alice, bob] = await viem.getWalletClients();
    const client = await viem.getTestClient();
    const usdc = await viem.deployContract("TermDepositsUsdc");
    const desk = await viem.deployContract(name as "TermDeposits", [usdc.address]);
    const checks = await viem.deployContract("TermDepositsChecks", [desk.address]);

    await usdc.write.approve([desk.address, usd("250000")]);
    await desk.write.fund([usd("250000")]);
    for (const { account } of [alice, bob]) {
      await usdc.write.transfer([account.address, usd("5000000")]);
      await usdc.write.approve([desk.address, usd("5000000")], { account });
    }
    await desk.write.open([usd("1500000"), 90n * DAY], { account: alice.account });
    await desk.write.open([usd("800000"), 30n * DAY], { account: alice.account });
    await desk.write.open([usd("1200000"), 30n * DAY], { account: bob.account });
    await client.increaseTime({ seconds: Number(5n * DAY) });
    await desk.write.open([usd("400000"), 7n * DAY], { account: bob.account });
    await desk.write.split([4n, usd("150000")], { account: bob.account });

    const scenario = siege.scenario({
      name: "twelve days of deposits",
      blocks: 24,
      blockTime: 43_200,
      assets: { USDC: { token: usdc.address, price: 1 } },
      agents: [retail({ capital: { USDC: 200_000 } }), attacker({ capital: { USDC: 2_000_000 } })],
      accounts: { alice: alice.account.address, bob: bob.account.address },
      conditions: [invariants(checks)],
    });
    return { target: desk, scenario };
  });
