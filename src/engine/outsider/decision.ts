import type { Address } from "viem";

import type { Random } from "../../market/random.js";
import type { ContractCall } from "../../protocols/call.js";
import type { World } from "../world/world.js";
import type { Purse } from "./outsider.js";
import type { Recipe } from "./recipe.js";
import type { Standstill } from "./standstill.js";

import { addressKey } from "../../quantity/address.js";
import { amountsOfCall, withAmountsOfCall } from "../events/call-amounts.js";
import { describeSteps } from "../explain/describe.js";

import { callStep, namesOutsider } from "./call-step.js";
import { drawnCall, recipesOf } from "./recipe.js";

/** The most accounts whose decisions are looked for: whoever the contracts' views name comes first. */
const MOST_ACCOUNTS = 2;

/** The most calls that are tried for a decision. */
const MOST_TRIED = 120;

/** A larger number in a decision is a price or an amount, not an id or a choice. */
const SMALL = 1_000n;

/** What an account that belongs to no agent does afterwards, so that the outsider is paid. Plain data. */
export interface Decision {
  readonly by: Address;
  /** Its name in reports. */
  readonly name: string;
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
 * a dispute. It neither names the outsider nor pays it without the stake, and a price in it is a fair one.
 */
export async function decisionFor(
  world: World,
  standstill: Standstill,
  stake: { readonly call: ContractCall; readonly known: Recipe | undefined },
  { random, purse }: { readonly random: Random; readonly purse: Purse },
): Promise<PaidDecision | undefined> {
  const entries = [...world.catalogue.values()].filter(({ protocol }) => protocol === undefined);
  const recipes = [...(stake.known === undefined ? [] : [stake.known]), ...recipesOf(entries, random)];
  const { view } = standstill;
  const deciders = decidersIn(world, standstill);
  const ways = recipes.flatMap((recipe) =>
    deciders.flatMap((by) => {
      const call = drawnCall(world, recipe, { self: by, view, purse });
      return call === undefined || namesOutsider(call.args)
        ? []
        : atFairPrices(call, view.known.prices).map((fair) => ({ by, recipe, call: fair }));
    }),
  );
  const found = await standstill.behind(stake.call, async () => {
    for (const { by, recipe, call } of ways.slice(0, MOST_TRIED)) {
      if ((await standstill.accepted(by, call)) === undefined) continue;
      const attempt = await standstill.made(by, call);
      if (attempt?.success === true && attempt.change.dollars > 0) {
        return { by, recipe, call, profit: attempt.change.dollars };
      }
    }
    return undefined;
  });
  if (found === undefined) return undefined;
  const alone = await standstill.made(found.by, found.call);
  if (alone?.success === true && alone.change.dollars > 0) return undefined;
  const steps = [callStep(found.call, "", view.block)];
  const [described] = describeSteps(world, { steps, blocks: view.block }, new Map(), []);
  return {
    decision: {
      by: found.by,
      name: nameIn(world, found.by),
      call: described?.action ?? found.call.function.name,
    },
    recipe: found.recipe,
    profit: found.profit,
  };
}

/** Accounts that set the chain up and belong to no scenario, such as the deployer. */
function decidersIn({ frame }: World, { view }: Standstill): readonly Address[] {
  const named = new Set(view.known.addresses.map(addressKey));
  const others = [...frame.nameable].flatMap(([name, account]) => (frame.accounts.has(name) ? [] : [account]));
  const isNamed = (account: Address): boolean => named.has(addressKey(account));
  return [...others.filter(isNamed), ...others.filter((one) => !isNamed(one))].slice(0, MOST_ACCOUNTS);
}

/** The call as it is, or, if it states a large number, with each of the fair prices in its place. */
function atFairPrices(call: ContractCall, prices: readonly bigint[]): readonly ContractCall[] {
  const whole = { function: call.function, args: call.args, value: call.value ?? 0n };
  const amounts = amountsOfCall(whole).filter(({ amount }) => amount > SMALL);
  const [stated] = amounts;
  if (stated === undefined) return [call];
  if (amounts.length > 1 || whole.value > 0n) return [];
  return [...new Set(prices)].map((price) => ({ ...call, ...withAmountsOfCall(whole, new Map([[stated, price]])) }));
}

/** Its address, shortened, if it has no name. */
function nameIn({ names }: World, account: Address): string {
  return names.get(addressKey(account)) ?? `${account.slice(0, 6)}…${account.slice(-4)}`;
}
