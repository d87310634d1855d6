import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { attacker } from "../../agents/attacker.js";
import { oracleManipulator } from "../../agents/oracle-manipulator.js";
import { requireKnown } from "../../options.js";
import { venue } from "../../protocols/roles/venue.js";

import { assetOf, capitalOf, mainAsset, namesOf } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of `oracleManipulation`. */
export interface OracleManipulationOptions extends PresetOptions {
  /**
   * The budget, whole tokens by asset: of the attacker, and the same again of the desk that holds the price. Default: the
   * market's `capital`.
   */
  readonly capital?: Readonly<Record<string, number>>;
  /** The asset whose price is moved. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /**
   * The price change, as a fraction of the price before: above -1, to 1,000; not 0. Default 2, three times the price: MNGO
   * rose more than tenfold within an hour. Limited by the capital.
   */
  readonly move?: number;
  /** Number of blocks for which the price is held there against anyone who brings it back, 1 to 10,000. Default 15. */
  readonly hold?: number;
}

/** The first block in which the price is held. */
const BEGINS = 2;

/**
 * In a flat market, an attacker moves what contracts read as a price: pools, shares, balances, for a moment or over
 * blocks (Mango Markets on 11 October 2022, Harvest on 26 October 2020).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function oracleManipulation(options: OracleManipulationOptions = {}): ScenarioDefinition {
  requireKnown("oracleManipulation", options, [...PRESET_OPTIONS, "capital", "asset", "move", "hold"]);
  const market = marketOf(options);
  const { capital = capitalOf(market), asset = mainAsset(market), move = 2, hold = 15 } = options;
  assetOf(market, asset);
  return presetScenario(options, market, {
    name: "an attacker moves the prices that contracts read",
    blocks: 20,
    agents: [
      attacker({ capital }),
      // its losses are part of the attack's cost: accounts whose names start with "attacker" count together
      ...(namesOf(market, venue).length === 0
        ? []
        : [oracleManipulator({ name: "attacker's desk", asset, capital, move, hold, at: BEGINS, reach: 0 })]),
    ],
  });
}
