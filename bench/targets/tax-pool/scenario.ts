import type { HardhatViemHelpers } from "@nomicfoundation/hardhat-viem/types";
import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";

export type Name = "TaxPool" | "TaxPoolFixed";
const USDC = 10n ** 6n;
const HRB = 10n ** 18n;

export async function deploy(viem: HardhatViemHelpers, name: Name) {
  const [owner, alice, , treasury] = await viem.getWalletClients();
  const usdc = await viem.deployContract("TaxPoolUsdc");
  const harbour = await viem.deployContract("TaxPoolToken", [treasury!.account.address, 100_000_000n * HRB]);
  const pool = await viem.deployContract(name as "TaxPool", [usdc.address, harbour.address]);
  for (const { account } of [owner!, alice!]) {
    await usdc.write.mint([account.address, 2_000_000n * USDC]);
    await usdc.write.approve([pool.address, 2n ** 256n - 1n], { account });
    await harbour.write.approve([pool.address, 2n ** 256n - 1n], { account });
  }
  await pool.write.addLiquidity([2_000_000n * USDC, 4_000_000n * HRB, 0n]);
  await harbour.write.transfer([alice!.account.address, 1_000_000n * HRB]);
  await pool.write.addLiquidity([400_000n * USDC, 816_000n * HRB, 0n], { account: alice!.account });
  return { usdc, harbour, pool };
}

export const scenarioFor = (name: Name) =>
  defineScenario(async ({ viem, siege }) => {
    const { usdc, harbour, pool } = await deploy(viem, name);
    return {
      target: pool,
      scenario: siege.scenario({
        name: "trading and liquidity in a pool of a community token",
        blocks: 12,
        assets: { USDC: { price: 1, token: usdc.address }, HRB: { price: 0.5, token: harbour.address } },
        agents: [attacker({ capital: { USDC: 500_000 } })],
        conditions: [invariants(pool)],
      }),
    };
  });
