import type { Random } from "../../market/random.js";
import type { ContractCall } from "../../protocols/call.js";
import type { World } from "../world/world.js";
import type { Decision } from "./decision.js";
import type { Change } from "./holdings.js";
import type { Purse } from "./outsider.js";
import type { Recipe } from "./recipe.js";
import type { Standstill } from "./standstill.js";

import { encodeCall } from "../../protocols/call.js";

import { decisionFor } from "./decision.js";
import { largestProfit } from "./largest-profit.js";
import { OUTSIDER_ADDRESS } from "./outsider.js";
import { openCall } from "./recipe.js";

/** The least profit that somebody would come for, US dollars. */
export const LEAST_PROFIT = 1;

/** The most calls that are tried at the beginning of a pause. */
const MOST_TRIED = 150;

/** The most that are found to pay, and the most that are found to cost something. */
const MOST_PAYING = 12;
const MOST_STAKES = 8;

/** A call that may be an answer. */
export interface Candidate {
  readonly recipe: Recipe;
  readonly call: ContractCall;
  readonly change: Change;
  /** US dollars. */
  readonly profit: number;
  /** What it takes to be paid; absent if the call itself pays. */
  readonly decision?: Decision;
}

/** What came of calls in the state at the beginning of a pause. */
interface Candidates {
  /** Those that pay, the largest profit first. */
  readonly paying: readonly Candidate[];
  /** Those that only cost something, one of each function. */
  readonly stakes: readonly Candidate[];
}

/** What candidates are sought with. */
interface Seeking {
  readonly world: World;
  readonly purse: Purse;
  /** Throws if the campaign is to stop. */
  readonly check: () => void;
}

/**
 * Tries an outsider's calls, each with the amount that pays best.
 *
 * @param seen - calls that need not be tried again; those that are tried are added
 */
export async function candidatesIn(
  { world, purse, check }: Seeking,
  standstill: Standstill,
  recipes: readonly Recipe[],
  seen: Set<string>,
): Promise<Candidates> {
  const paying: Candidate[] = [];
  const stakes = new Map<string, Candidate>();
  for (const recipe of recipes) {
    check();
    if (standstill.tried >= MOST_TRIED || paying.length >= MOST_PAYING) break;
    const open = openCall(world, recipe, { self: OUTSIDER_ADDRESS, view: standstill.view, purse });
    const attempt = open === undefined ? undefined : await largestProfit(standstill, OUTSIDER_ADDRESS, open);
    if (attempt === undefined) continue;
    const { call, change } = attempt;
    const key = `${call.to} ${encodeCall(call)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const candidate = { recipe, call, change, profit: change.dollars };
    if (change.dollars > LEAST_PROFIT) paying.push(candidate);
    const isStake = !change.gets && change.pays.length > 0;
    if (isStake && stakes.size < MOST_STAKES && !stakes.has(recipe.action)) stakes.set(recipe.action, candidate);
  }
  return { paying: paying.sort((a, b) => b.profit - a.profit), stakes: [...stakes.values()] };
}

/** Those of the calls that cost something for which somebody's decision pays, the largest profit first. */
export async function decidedIn(
  { world, purse, check }: Seeking,
  standstill: Standstill,
  stakes: readonly Candidate[],
  random: Random,
): Promise<readonly Candidate[]> {
  const paying: Candidate[] = [];
  for (const stake of stakes) {
    check();
    const { call, recipe } = stake;
    const found = await decisionFor(world, standstill, { call, known: recipe.decision }, { random, purse });
    if (found === undefined || found.profit <= LEAST_PROFIT) continue;
    const { decision, profit } = found;
    paying.push({ ...stake, recipe: { ...recipe, decision: found.recipe }, decision, profit });
  }
  return paying.sort((a, b) => b.profit - a.profit);
}
