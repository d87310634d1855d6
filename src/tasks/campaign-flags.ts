import type { CampaignOptions } from "../engine/campaign/options.js";
import type { ParameterValues } from "../scenario/parameters/setter.js";

import { SiegeError } from "../errors.js";

/** What JavaScript takes for a decimal number, `1e-4` and `.5` included; `Number()` alone accepts "", " 7" and "0x10" as well. */
const DECIMAL = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;

const NUMBER = new RegExp(`^${DECIMAL}$`, "i");

const ENTRY = new RegExp(String.raw`^\s*([\w-]+)=(${DECIMAL})\s*$`, "i");

/** The flags of a task that set the budget of its campaigns, as typed. */
export interface CampaignFlags {
  readonly runs: string | undefined;
  readonly seed: string | undefined;
  readonly timeLimit: string | undefined;
  readonly lanes: string | undefined;
  readonly executor: string | undefined;
  readonly findings: string | undefined;
  readonly noExplain?: boolean | undefined;
  readonly parameters?: string | undefined;
}

/**
 * Parses the flags; their ranges are those of the campaign's options and are checked with them.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function readFlags({
  runs,
  seed,
  timeLimit,
  lanes,
  executor,
  findings,
  noExplain,
  parameters,
}: CampaignFlags): Omit<CampaignOptions, "progress" | "signal"> {
  return {
    ...(runs === undefined ? {} : { runs: toNumber("--runs", runs) }),
    ...(seed === undefined ? {} : { seed: toNumber("--seed", seed) }),
    ...(timeLimit === undefined ? {} : { timeLimit: toNumber("--time-limit", timeLimit) }),
    ...(lanes === undefined ? {} : { lanes: lanes === "auto" ? lanes : toNumber("--lanes", lanes, "auto") }),
    ...(findings === undefined
      ? {}
      : { findings: findings === "all" ? findings : toNumber("--findings", findings, "all") }),
    ...(parameters === undefined
      ? {}
      : { parameters: toValues("--parameters", parameters, { what: "parameter", like: "ltv=0.8,blockTime=2" }) }),
    ...(noExplain === true ? { explain: false } : {}),
    // whether such an executor exists is checked with the other options
    ...(executor === undefined ? {} : { executor: executor as "batched" | "faithful" }),
  };
}

/**
 * Reads numbers by name: `ltv=0.8,blockTime=2`.
 *
 * @param named - what has a number, and an example
 * @throws SiegeError `INVALID_OPTION`
 */
export function toValues(
  flag: string,
  text: string,
  { what, like }: { readonly what: string; readonly like: string },
): ParameterValues {
  const entries = text.split(",").map((part) => ENTRY.exec(part));
  const values = entries.flatMap((entry) => (entry === null ? [] : [[entry[1] ?? "", Number(entry[2])] as const]));
  if (values.length === entries.length && new Set(values.map(([name]) => name)).size === values.length) {
    return Object.fromEntries(values);
  }
  throw new SiegeError("INVALID_OPTION", {
    message: `The flag ${flag} is "${text}", which does not give each ${what} one number.`,
    hint: `Write it like ${flag} ${like}.`,
  });
}

/**
 * @param word - what the flag takes besides a number
 * @throws SiegeError `INVALID_OPTION`
 */
export function toNumber(flag: string, text: string, word?: string): number {
  if (NUMBER.test(text)) return Number(text);
  const otherwise = word === undefined ? "not a number" : `neither a number nor "${word}"`;
  throw new SiegeError("INVALID_OPTION", {
    message: `The flag ${flag} is "${text}", which is ${otherwise}.`,
    hint: `Write it like ${flag} ${word === undefined ? "100" : `2 or ${flag} ${word}`}.`,
  });
}

/** A block. @throws SiegeError `INVALID_OPTION` */
export function blockOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const block = toNumber(flag, text);
  if (Number.isSafeInteger(block) && block >= 0) return block;
  throw new SiegeError("INVALID_OPTION", {
    message: `The flag ${flag} is ${text}, which is no block.`,
    hint: `Write it like ${flag} 19000000.`,
  });
}
