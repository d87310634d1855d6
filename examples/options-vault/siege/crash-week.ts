import type { network } from "hardhat";
import type { Scenario } from "hardhat-siege/scenario";
import type { Target } from "hardhat-siege/types";

import { attacker } from "hardhat-siege/agents";
import { solvent } from "hardhat-siege/conditions";
import { shock } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { call, map, read } from "hardhat-siege/protocols";
import { parameter } from "hardhat-siege/scenario";
import { parseUnits } from "viem";

type Connection = Awaited<ReturnType<typeof network.create>>;

/** A quarter of what is insured: ether hardly ever falls by more in a week. */
const MARGIN = 0.25;

/** A vault with a million USDC, puts for whoever buys them, and ether that falls by up to a half. */
export async function crashWeek({ viem, siege }: Connection): Promise<{ target: Target; scenario: Scenario }> {
  const usdc = await viem.deployContract("MockUsdc");
  const feed = await viem.deployContract("MockFeed", [2_000n * 10n ** 8n]);
  const vault = await viem.deployContract("PutVault", [usdc.address, feed.address, bps(MARGIN)]);
  await usdc.write.mint([vault.address, parseUnits("1000000", 6)]);
  const { address, abi } = vault;

  return {
    target: vault,
    scenario: siege.scenario({
      name: "ether falls by up to a half",
      blocks: 12,
      assets: {
        ETH: { process: shock({ drop: 0.5 }) },
        USDC: { price: 1, token: usdc.address },
      },
      oracles: [chainlink(feed.address, { asset: "ETH" })],
      agents: [attacker({ name: "buyer", capital: { USDC: 500_000 } })],
      conditions: [solvent({ assets: "balance", liabilities: "owed", asset: "USDC" })],
      parameters: {
        margin: parameter({
          range: [0.1, 1],
          step: 0.01,
          unit: "of what is insured",
          set: { calls: (margin) => call({ address, abi, functionName: "setMargin", args: [bps(margin)] }) },
          reads: map(read({ address, abi, functionName: "margin" }), (margin) => Number(margin) / 10_000),
        }),
      },
    }),
  };
}

function bps(share: number): bigint {
  return BigInt(Math.round(share * 10_000));
}
