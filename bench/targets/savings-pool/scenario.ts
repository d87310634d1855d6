import { attacker, retail } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;

export const scenarioOf = (name: "SavingsPool" | "SavingsPoolFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [treasury, alice, bob, carol] = await viem.getWalletClients();
    const token = await viem.deployContract("SavingsPoolUsdc");
    const pool = await viem.deployContract(name, [token.address]);

    const deposits = [
      [alice, usdc(2_400_000)],
      [bob, usdc(950_000)],
      [carol, usdc(310_000)],
    ] as const;
    for (const [{ account }, amount] of deposits) {
      await token.write.mint([account.address, amount]);
      await token.write.approve([pool.address, amount], { account });
      await pool.write.deposit([amount], { account });
    }
    await token.write.mint([treasury.account.address, usdc(14_000)]);
    await token.write.approve([pool.address, usdc(14_000)]);
    await pool.write.fundYield([usdc(14_000), 14n * 86_400n]);

    const depositors = deposits.map(([{ account }]) => account.address);
    const checker = await viem.deployContract("SavingsPoolChecker", [pool.address, depositors]);
    return {
      target: pool,
      scenario: siege.scenario({
        name: "a day of deposits and withdrawals while yield vests",
        blocks: 24,
        blockTime: 3_600,
        assets: { USDC: { price: 1, token: token.address } },
        accounts: { alice: alice.account.address, bob: bob.account.address, carol: carol.account.address },
        agents: [retail({ capital: { USDC: 50_000 } }), attacker({ capital: { USDC: 1_000_000 } })],
        conditions: [invariants(checker)],
      }),
    };
  });
