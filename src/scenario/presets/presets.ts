import type { Scenario, ScenarioDefinition } from "../scenario.js";
import type { BankRunOptions } from "./bank-run.js";
import type { ContagionOptions } from "./contagion.js";
import type { DepegOptions } from "./depeg.js";
import type { FlashCrashOptions } from "./flash-crash.js";
import type { FlashLoanAttackOptions } from "./flash-loan-attack.js";
import type { GasSpikeOptions } from "./gas-spike.js";
import type { GovernanceCaptureOptions } from "./governance-capture.js";
import type { LiquidityDroughtOptions } from "./liquidity-drought.js";
import type { OracleFreezeOptions } from "./oracle-freeze.js";
import type { OracleManipulationOptions } from "./oracle-manipulation.js";
import type { ReorgOptions } from "./reorg.js";
import type { SandwichSeasonOptions } from "./sandwich-season.js";
import type { SlowBleedOptions } from "./slow-bleed.js";

import { bankRun } from "./bank-run.js";
import { contagion } from "./contagion.js";
import { depeg } from "./depeg.js";
import { flashCrash } from "./flash-crash.js";
import { flashLoanAttack } from "./flash-loan-attack.js";
import { gasSpike } from "./gas-spike.js";
import { governanceCapture } from "./governance-capture.js";
import { liquidityDrought } from "./liquidity-drought.js";
import { oracleFreeze } from "./oracle-freeze.js";
import { oracleManipulation } from "./oracle-manipulation.js";
import { reorg } from "./reorg.js";
import { sandwichSeason } from "./sandwich-season.js";
import { slowBleed } from "./slow-bleed.js";

/** The named scenarios of risk teams. Each takes a few options with units, and requires none of them. */
export interface Presets {
  readonly bankRun: (options?: BankRunOptions) => Scenario;
  readonly contagion: (options?: ContagionOptions) => Scenario;
  readonly depeg: (options?: DepegOptions) => Scenario;
  readonly flashCrash: (options?: FlashCrashOptions) => Scenario;
  readonly flashLoanAttack: (options?: FlashLoanAttackOptions) => Scenario;
  readonly gasSpike: (options?: GasSpikeOptions) => Scenario;
  readonly governanceCapture: (options?: GovernanceCaptureOptions) => Scenario;
  readonly liquidityDrought: (options?: LiquidityDroughtOptions) => Scenario;
  readonly oracleFreeze: (options?: OracleFreezeOptions) => Scenario;
  readonly oracleManipulation: (options?: OracleManipulationOptions) => Scenario;
  readonly reorg: (options?: ReorgOptions) => Scenario;
  readonly sandwichSeason: (options?: SandwichSeasonOptions) => Scenario;
  readonly slowBleed: (options?: SlowBleedOptions) => Scenario;
}

/** @param scenario - validates a definition and remembers its connection */
export function presetsOf(scenario: (definition: ScenarioDefinition) => Scenario): Presets {
  return Object.freeze<Presets>({
    bankRun: (options) => scenario(bankRun(options)),
    contagion: (options) => scenario(contagion(options)),
    depeg: (options) => scenario(depeg(options)),
    flashCrash: (options) => scenario(flashCrash(options)),
    flashLoanAttack: (options) => scenario(flashLoanAttack(options)),
    gasSpike: (options) => scenario(gasSpike(options)),
    governanceCapture: (options) => scenario(governanceCapture(options)),
    liquidityDrought: (options) => scenario(liquidityDrought(options)),
    oracleFreeze: (options) => scenario(oracleFreeze(options)),
    oracleManipulation: (options) => scenario(oracleManipulation(options)),
    reorg: (options) => scenario(reorg(options)),
    sandwichSeason: (options) => scenario(sandwichSeason(options)),
    slowBleed: (options) => scenario(slowBleed(options)),
  });
}
