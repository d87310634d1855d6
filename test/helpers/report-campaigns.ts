import type { CampaignResult } from "../../src/types.js";
import type { SiegeFork } from "./siege-fork.js";

import { arbitrageur, liquidators } from "../../src/agents/index.js";
import { defineCondition } from "../../src/conditions/condition.js";
import { quantity } from "../../src/conditions/evidence.js";
import { noShortfall } from "../../src/conditions/no-shortfall.js";
import { path } from "../../src/market/processes/path.js";
import { chainlink } from "../../src/oracles/chainlink/chainlink.js";
import { aaveV3 } from "../../src/protocols/aave-v3/aave-v3.js";
import { compoundV2 } from "../../src/protocols/compound-v2/compound-v2.js";
import { constant } from "../../src/protocols/read-plan.js";
import { lendingMarket } from "../../src/protocols/roles/lending-market.js";
import { uniswapV2 } from "../../src/protocols/uniswap-v2/uniswap-v2.js";
import { isSameAddress } from "../../src/quantity/address.js";
import { usd } from "../../src/quantity/amount.js";
import { deployCoupledVault } from "../fixtures/coupled-vault.js";
import { pricePoolInAave, setPool } from "../fixtures/pool-priced-aave.js";
import { fallInSilence } from "../fixtures/scenarios.js";
import { deployCompoundV2 } from "../mini-mainnet/cast/compound-v2.js";

/** No position owes more than it has by the market's own prices. */
const covered = defineCondition<undefined, undefined>({
  id: "covered",
  observe: () => constant(undefined),
  judge: ({ view }) =>
    [...view.all(lendingMarket).values()].flatMap(({ positions }) =>
      positions.flatMap(({ account, debtUsd, collateralUsd }) => {
        const short = quantity("bad debt", usd(debtUsd - collateralUsd));
        const owner = [...view.accounts].find(([, address]) => isSameAddress(address, account))?.[0] ?? account;
        if (debtUsd - collateralUsd <= 1_000) return [];
        return [
          { cause: "covered", summary: `${owner} owes ${short.text} more than its collateral`, quantities: [short] },
        ];
      }),
    ),
});

/** Aave believes a thin pool, into which liquidators sell what they seize: each sale makes the next position liquidatable. */
export async function spiral(fork: SiegeFork): Promise<CampaignResult> {
  const { weth, usdc, uniswapV2: uniswap, aaveV3: aave, chainlink: feeds, users } = fork.addresses;
  const { siege } = fork.connection;
  await setPool(fork, 120, 2_000);
  await pricePoolInAave(fork);
  return siege.run(
    { name: "Aave", address: aave.pool, abi: [] },
    siege.scenario({
      name: "liquidators sell into the pool that Aave believes",
      blocks: 12,
      pauses: { most: 0 },
      assets: { ETH: { token: weth, process: path([1_950, 1_900, 1_880], 2_000) }, USDC: { price: 1, token: usdc } },
      protocols: {
        pool: uniswapV2(uniswap.usdcWeth, { router: uniswap.router }),
        lending: aaveV3(aave.addressesProvider),
      },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
      agents: [
        arbitrageur({ capital: { ETH: 50 } }),
        ...liquidators({ count: 2, capital: { USDC: 2_000_000 }, bid: 0 }),
      ],
      accounts: { alice: users.alice, bob: users.bob, carol: users.carol },
      gas: { baseFee: 10n ** 9n },
      conditions: [covered],
    }),
    { runs: 5 },
  );
}

/** Two markets with the same collateral: the loss of one is followed by that of the other. */
export async function contagion(fork: SiegeFork): Promise<CampaignResult> {
  const { weth, usdc, aaveV3: aave, chainlink: feeds, users } = fork.addresses;
  const { siege } = fork.connection;
  const compound = await deployCompoundV2(fork.chain, fork.addresses);
  const prices = Array.from({ length: 10 }, (_value, index) => 2_000 * 0.96 ** (index + 1));
  return siege.run(
    { name: "Compound", address: compound.comptroller, abi: [] },
    siege.scenario({
      name: "ether falls by 4 % per block, on two markets",
      blocks: 10,
      assets: { ETH: { token: weth, process: path(prices, 2_000) }, USDC: { price: 1, token: usdc } },
      protocols: { aave: aaveV3(aave.addressesProvider), compound: compoundV2(compound.comptroller) },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
      agents: [],
      accounts: { alice: users.alice, brave: compound.users.brave },
      conditions: [noShortfall({ protocols: ["compound"], tolerance: 20_000 })],
    }),
    { runs: 1 },
  );
}

/** The fixed twin of a vault that believes a silent feed. */
export async function passing(fork: SiegeFork): Promise<CampaignResult> {
  const { siege } = fork.connection;
  return siege.run(await deployCoupledVault(fork, "fixed"), siege.scenario(fallInSilence(fork)), { runs: 40 });
}
