import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { attacker } from "../../agents/attacker.js";
import { searcher } from "../../agents/searcher.js";
import { requireKnown } from "../../options.js";
import { venue } from "../../protocols/roles/venue.js";

import { arbitrageurs, lenient } from "./cast.js";
import { capitalOf, namesOf } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";
import { requirePart } from "./requires.js";

/** Options of `sandwichSeason`. */
export interface SandwichSeasonOptions extends PresetOptions {
  /** What attackers trade with, whole tokens by asset. Default: the market's `capital`. */
  readonly capital?: Readonly<Record<string, number>>;
}

/** Actions that are not used around another account's transaction. */
const SLOW = ["*.transfer", "*.addLiquidity", "*.removeLiquidity"];

/**
 * Transactions in the public mempool are front-run and back-run: an attacker can call everything that the target offers to the
 * public, before and after them; a searcher does the same around swaps on the venues.
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PROTOCOL` if there is nothing to sandwich
 */
export function sandwichSeason(options: SandwichSeasonOptions = {}): ScenarioDefinition {
  requireKnown("sandwichSeason", options, [...PRESET_OPTIONS, "capital"]);
  const market = marketOf(options);
  const { capital = capitalOf(market) } = options;
  requirePart(
    "sandwichSeason",
    namesOf(market, venue).length > 0 || (options.agents ?? []).length > 0,
    "venue, and no agent sends transactions that could be sandwiched",
    "Pass ordinary users: agents: [retail({ capital: { USDC: 10_000 } })], or add a pool.",
  );
  return presetScenario(options, market, {
    name: "public transactions are sandwiched",
    blocks: 20,
    builder: { reorders: true },
    agents: [lenient(attacker({ capital, except: [...SLOW] })), searcher({ capital }), ...arbitrageurs(market)],
  });
}
