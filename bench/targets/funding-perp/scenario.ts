import type { HardhatViemHelpers } from "@nomicfoundation/hardhat-viem/types";
import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { gbm } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { defineScenario } from "hardhat-siege/scenario";

export type Name = "FundingPerp" | "FundingPerpFixed";
const USDC = 10n ** 6n;
const ETH = 10n ** 18n;

export async function deploy(viem: HardhatViemHelpers, name: Name) {
  const [owner, alice, bob, carol] = await viem.getWalletClients();
  const usdc = await viem.deployContract("FundingPerpUsdc");
  const feed = await viem.deployContract("FundingPerpFeed", [2_500n * 10n ** 8n]);
  const perp = await viem.deployContract(name as "FundingPerp", [usdc.address, feed.address]);
  for (const { account } of [owner!, alice!, bob!, carol!]) {
    await usdc.write.mint([account.address, 5_000_000n * USDC]);
    await usdc.write.approve([perp.address, 2n ** 256n - 1n], { account });
  }
  await perp.write.fundPool([5_000_000n * USDC]);
  await perp.write.increase([true, 600n * ETH, 400_000n * USDC], { account: alice!.account });
  await perp.write.increase([true, 400n * ETH, 300_000n * USDC], { account: bob!.account });
  await perp.write.increase([false, 500n * ETH, 400_000n * USDC], { account: carol!.account });
  return { usdc, feed, perp };
}

export const scenarioFor = (name: Name) =>
  defineScenario(async ({ viem, siege }) => {
    const { usdc, feed, perp } = await deploy(viem, name);
    return {
      target: perp,
      scenario: siege.scenario({
        name: "two weeks of trading with more longs than shorts",
        blocks: 28,
        blockTime: 43_200,
        assets: {
          ETH: { price: 2_500, process: gbm({ volatility: 0.8 }) },
          USDC: { price: 1, token: usdc.address },
        },
        oracles: [chainlink(feed.address, { asset: "ETH" })],
        agents: [attacker({ capital: { USDC: 1_000_000 } })],
        conditions: [invariants(perp)],
      }),
    };
  });
