import type { HardhatViemHelpers } from "@nomicfoundation/hardhat-viem/types";
import { attacker } from "hardhat-siege/agents";
import { unprofitableToAttack } from "hardhat-siege/conditions";
import { chainlink } from "hardhat-siege/oracles";
import { defineScenario } from "hardhat-siege/scenario";

export type Name = "OptionDesk" | "OptionDeskFixed";
const USDC = 10n ** 6n;
const ETH = 10n ** 18n;

export async function deploy(viem: HardhatViemHelpers, name: Name) {
  const [, alice, bob] = await viem.getWalletClients();
  const usdc = await viem.deployContract("OptionDeskUsdc");
  const feed = await viem.deployContract("OptionDeskFeed", [2_500n * 10n ** 8n]);
  const desk = await viem.deployContract(name as "OptionDesk", [usdc.address, feed.address]);
  for (const { account } of [alice!, bob!]) {
    await usdc.write.mint([account.address, 4_000_000n * USDC]);
    await usdc.write.approve([desk.address, 2n ** 256n - 1n], { account });
  }
  await desk.write.deposit([4_000_000n * USDC], { account: alice!.account });
  await desk.write.buy([2_400n * USDC, 200n * ETH, 14n], { account: bob!.account });
  await desk.write.buy([2_600n * USDC, 100n * ETH, 3n], { account: bob!.account });
  return { usdc, feed, desk };
}

export const scenarioFor = (name: Name) =>
  defineScenario(async ({ viem, siege }) => {
    const { usdc, feed, desk } = await deploy(viem, name);
    return {
      target: desk,
      scenario: siege.scenario({
        name: "options are bought and exercised in a calm market",
        blocks: 16,
        blockTime: 21_600,
        assets: { ETH: { price: 2_500 }, USDC: { price: 1, token: usdc.address } },
        oracles: [chainlink(feed.address, { asset: "ETH" })],
        agents: [attacker({ capital: { USDC: 500_000 } })],
        conditions: [unprofitableToAttack()],
      }),
    };
  });
