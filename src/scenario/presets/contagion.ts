import type { Agent } from "../../agents/agent.js";
import type { ScenarioDefinition } from "../scenario.js";
import type { Market } from "./market.js";
import type { PresetOptions } from "./preset.js";

import { borrower } from "../../agents/borrower.js";
import { panicSeller } from "../../agents/panic-seller.js";
import { bleed } from "../../market/processes/bleed.js";
import { requireInRange, requireKnown } from "../../options.js";
import { lendingMarket } from "../../protocols/roles/lending-market.js";
import { venue } from "../../protocols/roles/venue.js";
import { formatPercent as percent } from "../../quantity/format.js";

import { honest, liquidatorsIn, opportunist } from "./cast.js";
import { dollarAsset, mainAsset, namesOf, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";
import { requirePart } from "./requires.js";

/** Options of `contagion`. */
export interface ContagionOptions extends PresetOptions {
  /** The asset that falls and is sold. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /** The largest fall, over five blocks, as a fraction, above 0 and below 1. Default 0.2. */
  readonly drop?: number;
  /** Number of forced sellers, 1 to 50, one after the other: the first at a tenth of `drop`, the last at all of it. Default 5. */
  readonly sellers?: number;
  /** What each seller holds and each leveraged borrower supplies, whole tokens, up to 1e15. Default 200. */
  readonly capital?: number;
}

/** Number of blocks over which the price falls. */
const FALL_BLOCKS = 5;

/**
 * One forced sale triggers the next: holders with a stop loss, each at a different price on the venues, and
 * leveraged borrowers in every lending market, whose collateral liquidators sell. The report shows how losses spread
 * (13 June 2022: staked ether and Celsius; Three Arrows; the Terra collapse a month before).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PROTOCOL` if there is neither a venue nor a lending market
 */
export function contagion(options: ContagionOptions = {}): ScenarioDefinition {
  requireKnown("contagion", options, [...PRESET_OPTIONS, "asset", "drop", "sellers", "capital"]);
  const market = marketOf(options);
  const { asset = mainAsset(market), drop = 0.2, sellers = 5, capital = 200 } = options;
  requireInRange("contagion", "sellers", sellers, { min: 1, max: 50, kind: "integer" });
  requireInRange("contagion", "capital", capital, { min: 0, max: 1e15 });
  requirePart(
    "contagion",
    namesOf(market, venue).length + namesOf(market, lendingMarket).length > 0,
    "venue to sell on and no lending market to borrow from",
    "Add them: market: { protocols: { pool: uniswapV2(pair), aave: aaveV3(provider) } }.",
  );
  return presetScenario(options, withProcess(market, asset, bleed({ drop, over: FALL_BLOCKS })), {
    name: `${asset} falls by up to ${percent(drop)} and forces ${sellers} holders to sell`,
    blocks: 30,
    agents: [
      ...forcedSellers(market, { asset, drop, sellers, capital }),
      ...leveragedBorrowers(market, asset, capital),
      ...liquidatorsIn(market),
      opportunist(market),
    ],
  });
}

function forcedSellers(
  market: Market,
  {
    asset,
    drop,
    sellers,
    capital,
  }: Readonly<Record<"drop" | "sellers" | "capital", number>> & { readonly asset: string },
): readonly Agent[] {
  if (namesOf(market, venue).length === 0) return [];
  return Array.from({ length: sellers }, (_value, index) => {
    const share = 0.1 + (0.9 * index) / Math.max(1, sellers - 1);
    return honest(
      panicSeller({
        asset,
        capital: { [asset]: capital },
        drop: Math.max(MOST_TIMID, drop * share),
        // forced sellers sell everything
        share: 1,
        // the first reacts to the news, the others to what the first does
        watches: index === 0 ? "fair" : "venue",
      }),
    );
  });
}

/** The smallest fall at which a holder panics. */
const MOST_TIMID = 0.001;

function leveragedBorrowers(market: Market, collateral: string, capital: number): readonly Agent[] {
  const debt = dollarAsset(market);
  if (debt === undefined || debt === collateral) return [];
  return namesOf(market, lendingMarket).map((lending) => honest(borrower({ lending, collateral, debt, capital })));
}
