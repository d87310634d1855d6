import type { Address } from "viem";

import type { Random } from "../../market/random.js";
import type { ActionContext } from "../../protocols/action.js";
import type { ContractCall } from "../../protocols/call.js";
import type { OpenCall } from "../../protocols/open-amount.js";
import type { CatalogueEntry } from "../world/catalogue.js";
import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { Purse } from "./outsider.js";

import { isSameAddress } from "../../quantity/address.js";
import { PPM } from "../../quantity/ppm.js";
import { gasMoney } from "../../target/arguments/sendable.js";
import { amountsOfCall } from "../events/call-amounts.js";
import { anyOperands } from "../world/catalogue.js";

import { OUTSIDER_ADDRESS } from "./outsider.js";

/** How a call is made in any state: an action with its operands. Plain data. */
export interface Recipe {
  readonly action: string;
  readonly operands: readonly number[];
  /** How the decision is made that pays for it; absent if it pays by itself, or if none is known. */
  readonly decision?: Omit<Recipe, "decision">;
}

/** With how many operands each action is tried. */
const VARIANTS = 8;

/** Bisections of an amount: enough to begin a climb at. */
const STEPS = 12;

/** Factors of a drawn amount that tell which order of magnitude is accepted. */
const MAGNITUDES = [10n ** 6n, 1_000n, 10n, 1n];

/** Ways to make calls, each action once before any of them is made in another way. */
export function recipesOf(entries: readonly CatalogueEntry[], random: Random): readonly Recipe[] {
  const recipes: Recipe[] = [];
  for (let variant = 0; variant < VARIANTS; variant++) {
    for (const { name, action } of entries) {
      const operands = anyOperands(action, random);
      if (variant === 0 || action.operands > 0) recipes.push({ action: name, operands });
    }
  }
  return recipes;
}

/** Who makes a call, and in which state. */
interface Moment {
  readonly self: Address;
  readonly view: ObservedView;
  readonly purse: Purse;
}

/** The call of a recipe in a state, with a guess for what is open; `undefined` if it makes no sense there. */
export function drawnCall(world: World, recipe: Recipe, moment: Moment): ContractCall | undefined {
  const drawn = built(world, recipe, moment);
  if (drawn === undefined) return undefined;
  const { open: _open, code: _code, ...call } = drawn;
  return call;
}

/** The same with one of its amounts open: the largest that is accepted is asked for. */
export function openCall(world: World, recipe: Recipe, moment: Moment): OpenCall | undefined {
  const drawn = built(world, recipe, moment);
  if (drawn === undefined) return undefined;
  const { open, code: _code, ...call } = drawn;
  const most = { seeks: "most", share: PPM, steps: STEPS } as const;
  if (open !== undefined) {
    const { next: _next, ...one } = open;
    return { ...call, open: { ...one, ...most, amounts: descending(open.amounts) } };
  }
  const amount = amountsOfCall({ function: call.function, args: call.args, value: call.value ?? 0n }).at(-1);
  if (amount === undefined) return call;
  const limit = 2n ** BigInt(amount.bits) - 1n;
  const amounts = MAGNITUDES.flatMap((factor) => [amount.amount * factor, amount.amount / factor]).filter(
    (one) => one > 0n && one <= limit,
  );
  return { ...call, open: { way: amount.way, isValue: false, ...most, amounts: descending(amounts) } };
}

function descending(amounts: readonly bigint[]): readonly bigint[] {
  return [...new Set(amounts)].sort((a, b) => (a > b ? -1 : 1));
}

function built(world: World, { action, operands }: Recipe, { self, view, purse }: Moment): OpenCall | undefined {
  const entry = world.catalogue.get(action);
  const call = entry?.action.build(operands, contextOf(world, entry, self, view, purse));
  return call?.inner === undefined ? call : undefined;
}

function contextOf(
  world: World,
  { protocol }: CatalogueEntry,
  self: Address,
  view: ObservedView,
  purse: Purse,
): ActionContext<unknown> {
  const { known } = view;
  const isOutsider = (account: Address): boolean => isSameAddress(account, OUTSIDER_ADDRESS);
  return {
    view: protocol === undefined ? undefined : view.of(protocol),
    self,
    balance: (address, account = self) => {
      const token = isOutsider(account) ? world.tokens.known(address) : undefined;
      return token === undefined ? view.balance(address, account) : purse.of(token);
    },
    accounts: protocol === undefined ? world.frame.nameable : world.frame.accounts,
    contracts: world.frame.contracts,
    known: {
      ...known,
      native: (account) => (isOutsider(account) ? purse.native : known.native(account)),
      gasMoney: (account) => (isOutsider(account) ? gasMoney(purse.native) : known.gasMoney(account)),
    },
    created: view.created,
    actsFor: "itself",
  };
}
