import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { retail } from "../../agents/retail.js";
import { SiegeError } from "../../errors.js";
import { shock } from "../../market/processes/shock.js";
import { requireInRange, requireKnown } from "../../options.js";
import { venue } from "../../protocols/roles/venue.js";
import { formatPercent as percent } from "../../quantity/format.js";

import { liquidatorsIn, opportunist } from "./cast.js";
import { mainAsset, namesOf, withProcess } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of `liquidityDrought`. */
export interface LiquidityDroughtOptions extends PresetOptions {
  /** The largest share of each pool's liquidity that is withdrawn, above 0, at most 1. Default 0.9. */
  readonly leaves?: number;
  /** The asset that falls meanwhile. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /** The largest fall, as a fraction, above 0 and below 1. Default 0.2. */
  readonly drop?: number;
}

/**
 * Liquidity providers withdraw from pools as a price falls: forced sales move the price further than anyone
 * expected (Uniswap V3's USDC/DAI pool on 11 March 2023; CRV on 31 July 2023, whose lenders could not have sold it).
 *
 * The search chooses who withdraws, when, and how much. Only pools whose liquidity is a token: those of Uniswap V2.
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PROTOCOL` if there is no such pool
 */
export function liquidityDrought(options: LiquidityDroughtOptions = {}): ScenarioDefinition {
  requireKnown("liquidityDrought", options, [...PRESET_OPTIONS, "leaves", "asset", "drop"]);
  const market = marketOf(options);
  const { leaves = 0.9, asset = mainAsset(market), drop = 0.2 } = options;
  requireInRange("liquidityDrought", "leaves", leaves, { min: 1e-6, max: 1 });
  const pools = namesOf(market, venue).filter((name) => market.protocols?.[name]?.definition.ownership !== undefined);
  if (pools.length === 0) {
    throw new SiegeError("UNKNOWN_PROTOCOL", {
      message: "liquidityDrought: the market has no pool whose liquidity is a token.",
      hint: "Add one: market: { protocols: { pool: uniswapV2(pair) } }.",
    });
  }
  return presetScenario(options, withProcess(market, asset, shock({ drop })), {
    name: `up to ${percent(leaves)} of the liquidity is withdrawn while ${asset} falls by up to ${percent(drop)}`,
    blocks: 30,
    agents: [
      retail({
        name: "liquidity providers",
        owns: Object.fromEntries(pools.map((pool) => [pool, leaves])),
        only: pools.map((pool) => `${pool}.removeLiquidity`),
      }),
      opportunist(market),
      ...liquidatorsIn(market),
    ],
  });
}
