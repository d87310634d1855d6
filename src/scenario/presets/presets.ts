import type { Scenario, ScenarioDefinition } from "../scenario.js";

import { bankRun } from "./bank-run.js";
import { depeg } from "./depeg.js";
import { flashCrash } from "./flash-crash.js";
import { flashLoanAttack } from "./flash-loan-attack.js";
import { gasSpike } from "./gas-spike.js";
import { oracleFreeze } from "./oracle-freeze.js";
import { oracleManipulation } from "./oracle-manipulation.js";
import { reorg } from "./reorg.js";
import { sandwichSeason } from "./sandwich-season.js";
import { slowBleed } from "./slow-bleed.js";

const PRESETS = {
  bankRun,
  depeg,
  flashCrash,
  flashLoanAttack,
  gasSpike,
  oracleFreeze,
  oracleManipulation,
  reorg,
  sandwichSeason,
  slowBleed,
};

/** Scenarios that a risk team asks for by name. Each takes a few options with units, and needs none of them. */
export type Presets = {
  readonly [Name in keyof typeof PRESETS]: (options?: NonNullable<Parameters<(typeof PRESETS)[Name]>[0]>) => Scenario;
};

/** @param scenario - validates a definition and remembers whose it is */
export function presetsOf(scenario: (definition: ScenarioDefinition) => Scenario): Presets {
  return Object.freeze({
    bankRun: (options) => scenario(bankRun(options)),
    depeg: (options) => scenario(depeg(options)),
    flashCrash: (options) => scenario(flashCrash(options)),
    flashLoanAttack: (options) => scenario(flashLoanAttack(options)),
    gasSpike: (options) => scenario(gasSpike(options)),
    oracleFreeze: (options) => scenario(oracleFreeze(options)),
    oracleManipulation: (options) => scenario(oracleManipulation(options)),
    reorg: (options) => scenario(reorg(options)),
    sandwichSeason: (options) => scenario(sandwichSeason(options)),
    slowBleed: (options) => scenario(slowBleed(options)),
  } satisfies Presets);
}
