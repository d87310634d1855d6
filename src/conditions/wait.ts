import type { ConditionInspectContext } from "./condition.js";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { blocks, count } from "../quantity/amount.js";
import { format } from "../quantity/format.js";

/** The longest wait: a whole run has at most 10,000 blocks of a day each. */
const LONGEST = 1e9;

/** Why conditions with a wait are in no export. */
export const WAITED = "how long something has been impossible is not known after the last block (within)";

/** For how long something may be impossible: so many blocks in a row, or seconds. */
export type Wait = number | { readonly blocks: number } | { readonly seconds: number };

/** Checks an option that is a {@link Wait}. @throws SiegeError `INVALID_OPTION` */
export function requireWait(owner: string, wait: Wait): void {
  if (typeof wait === "object") requireKnown(`${owner}: within`, wait, ["blocks", "seconds"]);
  const { unit, value } = parts(wait);
  requireInRange(owner, typeof wait === "object" ? `within.${unit}` : "within", value, {
    min: 0,
    max: LONGEST,
    kind: "integer",
  });
}

/** @throws SiegeError `INVALID_OPTION` if a wait is as long as a run, in which nothing could be judged then */
export function requireSomeJudged(
  owner: string,
  wait: Wait,
  run: Pick<ConditionInspectContext, "blocks" | "blockTime">,
): void {
  const { unit, value } = parts(wait);
  if (value < run.blocks * (unit === "blocks" ? 1 : run.blockTime)) return;
  const least = unit === "blocks" ? value + 1 : Math.floor(value / run.blockTime) + 1;
  throw new SiegeError("INVALID_OPTION", {
    message: `${owner}: within is ${typeof wait === "number" ? wait : waitText(wait)}, but a run has only ${format(blocks(run.blocks))}${unit === "blocks" ? "" : ` of ${run.blockTime} seconds`}: nothing could be judged.`,
    hint: `Give the scenario more blocks, at least ${least} and better several times as many, or a shorter within.`,
  });
}

/** A moment of a run. */
export interface Moment {
  readonly block: number;
  readonly timestamp: number;
}

/** Whether the time since a moment is longer than the wait. */
export function isOver(wait: Wait, since: Moment, now: Moment): boolean {
  const { unit, value } = parts(wait);
  return (unit === "blocks" ? now.block - since.block : now.timestamp - since.timestamp) >= value;
}

/** Whether nothing has to be waited for. */
export function isNoWait(wait: Wait): boolean {
  return parts(wait).value === 0;
}

/** `5 blocks`, `3,600 seconds` */
export function waitText(wait: Wait): string {
  const { unit, value } = parts(wait);
  return unit === "blocks" ? format(blocks(value)) : `${format(count(value))} seconds`;
}

function parts(wait: Wait): { readonly unit: "blocks" | "seconds"; readonly value: number } {
  if (typeof wait === "number") return { unit: "blocks", value: wait };
  return "seconds" in wait ? { unit: "seconds", value: wait.seconds } : { unit: "blocks", value: wait.blocks };
}
