import type { CampaignOptions } from "../engine/campaign/options.js";

import { SiegeError } from "../errors.js";

/** The flags of a task that set the budget of its campaigns, as typed. */
export interface CampaignFlags {
  readonly runs: string | undefined;
  readonly seed: string | undefined;
  readonly timeLimit: string | undefined;
  readonly lanes: string | undefined;
  readonly executor: string | undefined;
  readonly findings: string | undefined;
}

/**
 * Parses the flags; their ranges are those of the campaign's options and are checked with them.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function readFlags({ runs, seed, timeLimit, lanes, executor, findings }: CampaignFlags): CampaignOptions {
  return {
    ...(runs === undefined ? {} : { runs: toNumber("--runs", runs) }),
    ...(seed === undefined ? {} : { seed: toNumber("--seed", seed) }),
    ...(timeLimit === undefined ? {} : { timeLimit: toNumber("--time-limit", timeLimit) }),
    ...(lanes === undefined ? {} : { lanes: lanes === "auto" ? lanes : toNumber("--lanes", lanes, "auto") }),
    ...(findings === undefined
      ? {}
      : { findings: findings === "all" ? findings : toNumber("--findings", findings, "all") }),
    // whether such an executor exists is checked with the other options
    ...(executor === undefined ? {} : { executor: executor as "batched" | "faithful" }),
  };
}

/**
 * @param word - what the flag takes besides a number
 * @throws SiegeError `INVALID_OPTION`
 */
export function toNumber(flag: string, text: string, word?: string): number {
  // Number() alone accepts "", " 7" and "0x10"
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const otherwise = word === undefined ? "not a number" : `neither a number nor "${word}"`;
  throw new SiegeError("INVALID_OPTION", {
    message: `The flag ${flag} is "${text}", which is ${otherwise}.`,
    hint: `Write it like ${flag} ${word === undefined ? "100" : `2 or ${flag} ${word}`}.`,
  });
}
