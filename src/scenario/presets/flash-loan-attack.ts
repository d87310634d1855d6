import type { ScenarioDefinition } from "../scenario.js";
import type { PresetOptions } from "./preset.js";

import { flashLoanAttacker } from "../../agents/flash-loan-attacker.js";
import { requireKnown } from "../../options.js";
import { flashLenders } from "../../protocols/roles/flash-lender.js";

import { capitalOf, namesOf } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";
import { requirePart } from "./requires.js";

/** Options of `flashLoanAttack`. */
export interface FlashLoanAttackOptions extends PresetOptions {
  /** What fees are paid with, whole tokens by asset. Default: a thousandth of the market's `capital`. */
  readonly capital?: Readonly<Record<string, number>>;
}

/**
 * An attacker without capital looks for a flaw with borrowed funds: flash loans from every lender of the scenario, with calls
 * between loan and repayment.
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PROTOCOL` if there is no flash lender
 */
export function flashLoanAttack(options: FlashLoanAttackOptions = {}): ScenarioDefinition {
  requireKnown("flashLoanAttack", options, [...PRESET_OPTIONS, "capital"]);
  const market = marketOf(options);
  requirePart(
    "flashLoanAttack",
    namesOf(market, flashLenders).length > 0,
    "flash lender",
    "Add one: market: { protocols: { aave: aaveV3(provider) } }, or a pool of Uniswap.",
  );
  const small = Object.fromEntries(Object.entries(capitalOf(market)).map(([asset, amount]) => [asset, amount / 1_000]));
  const { capital = small } = options;
  return presetScenario(options, market, {
    name: "flash loans from every lender",
    blocks: 4,
    agents: [flashLoanAttacker({ capital })],
  });
}
