import type { ScenarioSource } from "../parameters/settings.js";
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
import type { VolShockOptions } from "./vol-shock.js";

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
import { volShock } from "./vol-shock.js";

/** The named scenarios of risk teams. Each takes a few options with units, and requires none of them. */
export interface Presets {
  /** One depositor leaves, others follow. */
  readonly bankRun: (options?: BankRunOptions) => Scenario;
  /** Forced sales trigger further sales. */
  readonly contagion: (options?: ContagionOptions) => Scenario;
  /** A stablecoin loses its peg. */
  readonly depeg: (options?: DepegOptions) => Scenario;
  /** A price crashes, and feeds may lag. */
  readonly flashCrash: (options?: FlashCrashOptions) => Scenario;
  /** Flash loans search for a flaw. */
  readonly flashLoanAttack: (options?: FlashLoanAttackOptions) => Scenario;
  /** Block space becomes scarce as a price falls. */
  readonly gasSpike: (options?: GasSpikeOptions) => Scenario;
  /** An attacker buys or borrows votes. */
  readonly governanceCapture: (options?: GovernanceCaptureOptions) => Scenario;
  /** Liquidity leaves as a price falls. */
  readonly liquidityDrought: (options?: LiquidityDroughtOptions) => Scenario;
  /** Feeds go silent as prices fall. */
  readonly oracleFreeze: (options?: OracleFreezeOptions) => Scenario;
  /** An attacker moves on-chain prices. */
  readonly oracleManipulation: (options?: OracleManipulationOptions) => Scenario;
  /** Blocks are replaced after agents acted. */
  readonly reorg: (options?: ReorgOptions) => Scenario;
  /** Public transactions are sandwiched. */
  readonly sandwichSeason: (options?: SandwichSeasonOptions) => Scenario;
  /** A price falls a little every block. */
  readonly slowBleed: (options?: SlowBleedOptions) => Scenario;
  /** Implied volatility jumps while prices stand still, and oracles may lag. */
  readonly volShock: (options?: VolShockOptions) => Scenario;
}

/** @param scenario - validates a preset's definition and remembers its connection */
export function presetsOf(scenario: (source: ScenarioSource) => Scenario): Presets {
  // the options are the preset's own, changed only where a parameter of theirs is set
  const made = <Options extends object>(
    preset: (options?: Options) => ScenarioDefinition,
    options?: Options,
  ): Scenario => scenario({ given: options ?? {}, define: (given) => preset(given as Options) });
  return Object.freeze<Presets>({
    bankRun: (options) => made(bankRun, options),
    contagion: (options) => made(contagion, options),
    depeg: (options) => made(depeg, options),
    flashCrash: (options) => made(flashCrash, options),
    flashLoanAttack: (options) => made(flashLoanAttack, options),
    gasSpike: (options) => made(gasSpike, options),
    governanceCapture: (options) => made(governanceCapture, options),
    liquidityDrought: (options) => made(liquidityDrought, options),
    oracleFreeze: (options) => made(oracleFreeze, options),
    oracleManipulation: (options) => made(oracleManipulation, options),
    reorg: (options) => made(reorg, options),
    sandwichSeason: (options) => made(sandwichSeason, options),
    slowBleed: (options) => made(slowBleed, options),
    volShock: (options) => made(volShock, options),
  });
}
