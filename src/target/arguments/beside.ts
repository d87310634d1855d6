import type { AbiParameter, Address } from "viem";

import type { Surroundings } from "./surroundings.js";

import { isSameAddress } from "../../quantity/address.js";
import { choose } from "../../quantity/share.js";

import { elementOf } from "./element.js";

/** Addresses that stand beside a parameter in its call, or lists of them. */
export type Beside = readonly unknown[];

/** Nobody. */
export const NOBODY: Beside = [];

/** These only get something: what they have and owe does not matter. */
const RECEIVES =
  /^_*(to|for|dst|dest|destination|receiver|recipient|beneficiary|payee|spender|operator|delegatee?|referr(er|al))_*$/i;

/** One in so many is another account's: whoever mixes accounts up may take one's number for the other. */
const ANOTHER = 6;

/** Whether a parameter is an address, or a list of them, that a number beside it may be about. */
export function namesSomebody(parameter: AbiParameter): boolean {
  const { type } = elementOf(parameter)?.parameter ?? parameter;
  return type === "address" && !RECEIVES.test(parameter.name ?? "");
}

/** The addresses beside an item of a list: of lists of addresses, the item at the same place. */
export function besideItem(beside: Beside, index: number): Beside {
  return beside.flatMap((one) => (Array.isArray(one) ? (one as readonly unknown[]).slice(index, index + 1) : [one]));
}

/**
 * What is known of the accounts beside a parameter: what views say of them, as their debt and collateral, and what they hold; without
 * zeros. The caller's own is a source of every number, and not among these.
 */
export function theirNumbers(beside: Beside, surroundings: Surroundings): readonly bigint[] {
  const { self } = surroundings.context;
  const accounts = beside.filter(
    (one): one is Address => typeof one === "string" && !isSameAddress(one as Address, self),
  );
  return [...new Set(accounts)].flatMap((account) => numbersOf(account, surroundings));
}

/** One of the numbers of the accounts beside a parameter; now and then one of another account's. */
export function oneOfTheirs(theirs: readonly bigint[], which: number, surroundings: Surroundings): bigint | undefined {
  if (which % ANOTHER !== 1) return choose(which, theirs);
  const { accounts, self } = surroundings.context;
  const others = [...new Set(accounts.values())]
    .filter((account) => !isSameAddress(account, self))
    .flatMap((account) => surroundings.context.known.of(account).filter((number) => number > 0n));
  return choose(which, others) ?? choose(which, theirs);
}

function numbersOf(account: Address, { tokens, context }: Surroundings): readonly bigint[] {
  const holds = tokens.map(({ address }) => context.balance(address, account));
  return [...context.known.of(account), ...holds].filter((number) => number > 0n);
}
