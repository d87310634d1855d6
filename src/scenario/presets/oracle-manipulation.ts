import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { attacker } from "../../agents/attacker.js";
import { oracleManipulator } from "../../agents/oracle-manipulator.js";
import { requireKnown } from "../../options.js";

import { assetOf, capitalOf, mainAsset, venuesIn } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of {@link oracleManipulation}. */
export interface OracleManipulationOptions extends PresetOptions {
  /**
   * What is spent on it, whole tokens by asset: by the attacker, and as much again by the desk that holds the price. Default: the
   * market's `capital`.
   */
  readonly capital?: Readonly<Record<string, number>>;
  /** Whose price is moved. Default: the first asset that is not worth a dollar. */
  readonly asset?: string;
  /**
   * By how much, as a fraction of the price before: above -1, to 1,000; not 0. Default 2, three times the price: that of MNGO
   * rose more than tenfold within an hour. As far as the capital reaches.
   */
  readonly move?: number;
  /** For how many blocks the price is held there, against whoever brings it back, 1 to 10,000. Default 15. */
  readonly hold?: number;
}

/** The block in which a price begins to be held. */
const BEGINS = 2;

/**
 * The market stands still, and somebody moves what contracts read for a price: pools, shares, balances, for a moment or over
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
    name: "somebody moves what is read for a price",
    blocks: 20,
    agents: [
      attacker({ capital }),
      // its losses are a part of the attack's cost: accounts whose names begin like that count together
      ...(venuesIn(market).length === 0
        ? []
        : [oracleManipulator({ name: "attacker's desk", asset, capital, move, hold, at: BEGINS, reach: 0 })]),
    ],
  });
}
