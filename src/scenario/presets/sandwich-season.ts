import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { attacker } from "../../agents/attacker.js";
import { searcher } from "../../agents/searcher.js";
import { requireKnown } from "../../options.js";

import { arbitrageurs } from "./cast.js";
import { capitalOf } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of {@link sandwichSeason}. */
export interface SandwichSeasonOptions extends PresetOptions {
  /** What they trade with, whole tokens by asset. Default: the market's `capital`. */
  readonly capital?: Readonly<Record<string, number>>;
}

/** What nobody does around somebody else's transaction. */
const SLOW = ["*.transfer", "*.addLiquidity", "*.removeLiquidity"];

/**
 * Whatever is in the public mempool is traded against: somebody can call what the target offers to everybody, and stand before
 * and behind it; a searcher does the same to swaps on the venues.
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function sandwichSeason(options: SandwichSeasonOptions = {}): ScenarioDefinition {
  requireKnown("sandwichSeason", options, [...PRESET_OPTIONS, "capital"]);
  const market = marketOf(options);
  const { capital = capitalOf(market) } = options;
  return presetScenario(options, market, {
    name: "whatever is public is traded against",
    blocks: 20,
    builder: { reorders: true },
    agents: [attacker({ capital, except: [...SLOW] }), searcher({ capital }), ...arbitrageurs(market)],
  });
}
