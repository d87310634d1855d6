import type { HardhatViemHelpers } from "@nomicfoundation/hardhat-viem/types";
import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { gbm } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { defineScenario } from "hardhat-siege/scenario";

export type Name = "SettledPuts" | "SettledPutsFixed";
const DAY = 86_400n;

export async function deploy(viem: HardhatViemHelpers, name: Name) {
  const [, alice, bob] = await viem.getWalletClients();
  const usdc = await viem.deployContract("SettledPutsUsdc");
  const feed = await viem.deployContract("SettledPutsFeed", [2_500n * 10n ** 8n]);
  const puts = await viem.deployContract(name as "SettledPuts", [usdc.address, feed.address]);
  const { timestamp } = await (await viem.getPublicClient()).getBlock();
  await puts.write.list([2_400n * 10n ** 6n, timestamp + 2n * DAY]);
  await puts.write.list([2_600n * 10n ** 6n, timestamp + 3n * DAY]);
  await puts.write.list([2_500n * 10n ** 6n, timestamp + 30n * DAY]);
  await usdc.write.mint([alice!.account.address, 5_000_000n * 10n ** 6n]);
  await usdc.write.approve([puts.address, 2n ** 256n - 1n], { account: alice!.account });
  for (const id of [0n, 1n, 2n]) {
    await puts.write.write([id, 500n * 10n ** 18n], { account: alice!.account });
    await puts.write.transferLong([id, bob!.account.address, 350n * 10n ** 18n], { account: alice!.account });
  }
  return { usdc, feed, puts };
}

export const scenarioFor = (name: Name) =>
  defineScenario(async ({ viem, siege }) => {
    const { usdc, feed, puts } = await deploy(viem, name);
    return {
      target: puts,
      scenario: siege.scenario({
        name: "puts are written, expire and are settled in a volatile week",
        blocks: 28,
        blockTime: 21_600,
        assets: {
          ETH: { price: 2_500, process: gbm({ volatility: 0.9 }) },
          USDC: { price: 1, token: usdc.address },
        },
        oracles: [chainlink(feed.address, { asset: "ETH" })],
        agents: [attacker({ capital: { USDC: 1_000_000 } })],
        conditions: [invariants(puts)],
      }),
    };
  });
