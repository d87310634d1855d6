import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { depositor } from "../../agents/depositor.js";
import { requireInRange, requireKnown } from "../../options.js";

import { mainAsset } from "./market.js";
import { PRESET_OPTIONS, marketOf, presetScenario } from "./preset.js";

/** Options of {@link bankRun}. */
export interface BankRunOptions extends PresetOptions {
  /** The vault's name among the market's protocols. Default: the only erc4626. */
  readonly vault?: string;
  /** What is deposited. Default: the first asset that is worth a dollar. */
  readonly asset?: string;
  /** How many, 2 to 50. Default 5. */
  readonly depositors?: number;
  /** What each of them deposits, whole tokens, up to 1e15. Default 10,000. */
  readonly capital?: number;
}

/**
 * Depositors of an ERC-4626 vault want their money back all at once: one has to, the others fear to come late (Silicon Valley
 * Bank on 9 March 2023: a quarter of all deposits in a day).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`
 */
export function bankRun(options: BankRunOptions = {}): ScenarioDefinition {
  requireKnown("bankRun", options, [...PRESET_OPTIONS, "vault", "asset", "depositors", "capital"]);
  const market = marketOf(options);
  const stable = Object.entries(market.assets).find(([, { price }]) => price === 1)?.[0];
  const { asset = stable ?? mainAsset(market), depositors = 5, capital = 10_000, vault } = options;
  requireInRange("bankRun", "depositors", depositors, { min: 2, max: 50, kind: "integer" });
  const named = vault === undefined ? {} : { vault };
  return presetScenario(options, market, {
    name: `${depositors} depositors run`,
    blocks: 30,
    agents: Array.from({ length: depositors }, (_value, index) =>
      // the first needs its money some day; the others each fear a little later than the one before
      depositor({
        ...named,
        asset,
        capital,
        ...(index === 0 ? { impatience: 0.1 } : { withdrawals: index / (depositors + 1) }),
      }),
    ),
  });
}
