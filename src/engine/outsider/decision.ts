import type { Address } from "viem";

import type { Random } from "../../market/random.js";
import type { ContractCall } from "../../protocols/call.js";
import type { World } from "../world/world.js";
import type { Purse } from "./outsider.js";
import type { Recipe } from "./recipe.js";
import type { Standstill } from "./standstill.js";

import { describeSteps } from "../explain/describe.js";

import { callStep, namesOutsider } from "./call-step.js";
import { drawnCall, recipesOf } from "./recipe.js";

/** The most accounts whose decisions are looked for: whoever set the protocol up is the first of them. */
const MOST_ACCOUNTS = 3;

/** The most calls that are tried for a decision. */
const MOST_TRIED = 120;

/** What an account that belongs to no agent does afterwards, so that the outsider is paid. Plain data. */
export interface Decision {
  readonly by: Address;
  /** In words. */
  readonly call: string;
}

/** A decision with what it pays the outsider in all, its stake included, US dollars. */
interface PaidDecision {
  readonly decision: Decision;
  readonly recipe: Recipe;
  readonly profit: number;
}

/**
 * Looks for a call of somebody who set the protocol up that pays the outsider for what it has staked, as the owner does who decides
 * a dispute. It neither names the outsider nor pays it without the stake.
 */
export async function decisionFor(
  world: World,
  standstill: Standstill,
  stake: { readonly call: ContractCall; readonly known: Recipe | undefined },
  { random, purse }: { readonly random: Random; readonly purse: Purse },
): Promise<PaidDecision | undefined> {
  const { nameable, accounts } = world.frame;
  const others = [...nameable].flatMap(([name, account]) => (accounts.has(name) ? [] : [account]));
  const entries = [...world.catalogue.values()].filter(({ protocol }) => protocol === undefined);
  const recipes = [...(stake.known === undefined ? [] : [stake.known]), ...recipesOf(entries, random)];
  const { view } = standstill;
  const ways = recipes.flatMap((recipe) =>
    others.slice(0, MOST_ACCOUNTS).flatMap((by) => {
      const call = drawnCall(world, recipe, { self: by, view, purse });
      return call === undefined || namesOutsider(call.args) ? [] : [{ by, recipe, call }];
    }),
  );
  const found = await standstill.behind(stake.call, async () => {
    for (const { by, recipe, call } of ways.slice(0, MOST_TRIED)) {
      if ((await standstill.accepted(by, call)) === undefined) continue;
      const attempt = await standstill.decided(by, call);
      if (attempt?.success === true && attempt.change.dollars > 0) {
        return { by, recipe, call, profit: attempt.change.dollars };
      }
    }
    return undefined;
  });
  if (found === undefined) return undefined;
  const alone = await standstill.decided(found.by, found.call);
  if (alone?.success === true && alone.change.dollars > 0) return undefined;
  const steps = [callStep(found.call, "", view.block)];
  const [described] = describeSteps(world, { steps, blocks: view.block }, new Map(), []);
  return {
    decision: { by: found.by, call: described?.action ?? found.call.function.name },
    recipe: found.recipe,
    profit: found.profit,
  };
}
