import type { ParameterValues } from "../../scenario/parameters/setter.js";

import { requireInRange, requireKnown } from "../../options.js";

/** Options of `siege.bankrupt`. */
export interface BankruptOptions {
  /** Campaigns at most, 1 to 1,000, each with less capital or smaller price moves. Default 16. */
  readonly campaigns?: number;
  /** Runs of each of them, 1 to 1,000,000. Default 100. */
  readonly runs?: number;
  /** Seed of the campaigns. Default 1. */
  readonly seed?: number;
  /** Values of the scenario's parameters, the same in all campaigns. */
  readonly parameters?: ParameterValues;
  /** Seconds after which it stops, with what it has. Default: none. */
  readonly timeLimit?: number;
  /** Stops it, with what it has. */
  readonly signal?: AbortSignal;
  /** Called after every campaign, with how many there were. */
  readonly progress?: (done: number, wanted: number) => void;
}

/** A complete plan. */
export interface BankruptPlan {
  readonly campaigns: number;
  readonly runs: number;
  readonly seed: number;
  readonly parameters: ParameterValues;
}

const OPTIONS = ["campaigns", "runs", "seed", "parameters", "timeLimit", "signal", "progress"] as const;

/** @throws SiegeError `INVALID_OPTION` */
export function bankruptPlan(options: BankruptOptions): BankruptPlan {
  requireKnown("bankrupt", options, OPTIONS);
  const { campaigns = 16, runs = 100, seed = 1, parameters = {}, timeLimit } = options;
  const whole = { kind: "integer" } as const;
  requireInRange("bankrupt", "campaigns", campaigns, { min: 1, max: 1_000, ...whole });
  requireInRange("bankrupt", "runs", runs, { min: 1, max: 1_000_000, ...whole });
  requireInRange("bankrupt", "seed", seed, { min: 0, max: 2 ** 31 - 1, ...whole });
  if (timeLimit !== undefined) requireInRange("bankrupt", "timeLimit", timeLimit, { min: Number.MIN_VALUE, max: 1e9 });
  return { campaigns, runs, seed, parameters };
}
