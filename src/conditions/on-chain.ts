import type { AbiFunction, Address, Hex } from "viem";

import type { ChainNumber, ChainTerm } from "../protocols/on-chain.js";

import { parseUnits } from "viem";

/** Decimals of US dollars where they are whole numbers. */
export const DOLLAR_DECIMALS = 18;

/** An amount above zero is a shortfall; one of zero or below is none. */
export interface ChainShortfall {
  /** Whose it is: `alice`, `the target`. */
  readonly of: string;
  /** When it counts. Default: always. */
  readonly when?: readonly ChainGuard[];
  readonly terms: readonly ChainTerm[];
  /** What is added to the terms. */
  readonly plus: bigint;
}

/** What must be so for something to be judged. */
export type ChainGuard =
  | {
      readonly kind: "number";
      readonly number: ChainNumber;
      /** `readable`: whatever it is; `nothing`: zero, or the view reverts. The others are not so where the view reverts. */
      readonly is: "readable" | "zero" | "above zero" | "nothing";
    }
  | { readonly kind: "below"; readonly number: ChainNumber; readonly bound: bigint }
  | { readonly kind: "sum above zero"; readonly terms: readonly ChainTerm[]; readonly plus: bigint };

/** A call that is only tried: it is undone, and what it returns does not matter. */
export interface ChainCall {
  readonly from: Address;
  readonly to: Address;
  readonly function: AbiFunction;
  /** The arguments; the place of `argument` holds anything of its type. */
  readonly args: readonly unknown[];
  /** One of its arguments, if that is a number which the chain tells. */
  readonly argument?: { readonly at: number; readonly number: ChainNumber };
}

/** One way of doing what must be possible, tried on its own and undone. */
export interface ChainWay {
  /** Calls before it, such as an allowance; it does not matter whether they succeed. */
  readonly first: readonly ChainCall[];
  readonly call: ChainCall;
  /** What must come to more after the call than before; a view that reverts counts as zero. Default: success is enough. */
  readonly gain?: readonly ChainTerm[];
}

/** Something that must be possible for somebody in at least one way. */
export interface ChainPossibility {
  /** Whose it is: `alice`. */
  readonly of: string;
  /** When it must be. */
  readonly when: readonly ChainGuard[];
  readonly ways: readonly ChainWay[];
  /** Whether it had to be and was not when the condition was judged. */
  readonly failed: boolean;
}

/** The shares of a vault that somebody redeems. */
export interface ChainRedemption {
  readonly name: string;
  readonly account: Address;
  /** Whether it could not when the condition was judged. */
  readonly failed: boolean;
}

/** A function that must neither revert nor return false. */
export interface ChainCheck {
  readonly to: Address;
  readonly function: AbiFunction;
  /** Whether it did when the condition was judged. */
  readonly failed: boolean;
}

/** Amounts that may not be missing: those above zero are added up. */
export interface ChainShortfalls {
  readonly kind: "shortfalls";
  /** What holds, as a sentence: `nobody owes more than they have supplied`. */
  readonly says: string;
  readonly shortfalls: readonly ChainShortfall[];
  /** What the shortfalls above zero may come to together. */
  readonly most: bigint;
  /** What all of them count. */
  readonly unit: { readonly symbol: string; readonly decimals: number };
}

/**
 * A condition as something that a contract can check: what the chain must tell for it to hold, with what is not on the chain, such as
 * fair prices and what somebody had at the start, as constants. Plain data, kept in reproductions; exports write it out.
 */
export type ChainStatement =
  | ChainShortfalls
  | { readonly kind: "each"; readonly says: string; readonly of: readonly ChainShortfalls[] }
  | {
      readonly kind: "possible";
      readonly says: string;
      readonly possibilities: readonly ChainPossibility[];
      /** Legitimate reasons to refuse: revert data as a whole, or the selector of a custom error. If all ways revert for one, nothing is wrong. */
      readonly errors: readonly Hex[];
    }
  | { readonly kind: "checks"; readonly says: string; readonly checks: readonly ChainCheck[] }
  | {
      readonly kind: "redemptions";
      readonly says: string;
      readonly vault: Address;
      readonly asset: Address;
      readonly convert: AbiFunction;
      readonly redeem: AbiFunction;
      /** The request that counts as well, with the place of its shares; absent if there is none. */
      readonly request?: { readonly function: AbiFunction; readonly at: number };
      readonly redemptions: readonly ChainRedemption[];
      /** The share of what the vault promised that must arrive, parts per million. */
      readonly minimum: bigint;
      /** Base units lost to rounding. */
      readonly dust: bigint;
    };

/** That a condition cannot be said in numbers that the chain tells, and why. */
export interface NotOnChain {
  readonly notOnChain: string;
}

/**
 * Says from `onChain` why a contract cannot check the condition; exports refuse it with these words.
 *
 * @param why - `the market's adapter computes what a liquidation pays`
 */
export function notOnChain(why: string): NotOnChain {
  return { notOnChain: why };
}

/** Why what accounts own is in no export. */
export const WORKED_OUT =
  "what an account has in a protocol is worked out by the protocol's adapter, not told by a view";

/** Whether a condition says why it cannot be said on chain. */
export function isNotOnChain(said: ChainStatement | NotOnChain | undefined): said is NotOnChain {
  return said !== undefined && "notOnChain" in said;
}

/** US dollars as a whole number of {@link DOLLAR_DECIMALS}. */
export function chainDollars(dollars: number): bigint {
  return parseUnits(dollars.toFixed(DOLLAR_DECIMALS), DOLLAR_DECIMALS);
}

/** The terms taken away instead of added. */
export function minus(terms: readonly ChainTerm[]): readonly ChainTerm[] {
  return terms.map((term) => ({ ...term, times: -term.times }));
}

/** What dollars are counted in. */
export const IN_DOLLARS: { readonly symbol: string; readonly decimals: number } = {
  symbol: "USD",
  decimals: DOLLAR_DECIMALS,
};
