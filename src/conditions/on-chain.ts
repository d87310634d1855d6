import type { AbiFunction, Address } from "viem";

import type { ChainTerm } from "../protocols/on-chain.js";

import { parseUnits } from "viem";

/** Decimals of US dollars where they are whole numbers. */
export const DOLLAR_DECIMALS = 18;

/** An amount above zero is a shortfall; one of zero or below is none. */
export interface ChainShortfall {
  /** Whose it is: `alice`, `the target`. */
  readonly of: string;
  readonly terms: readonly ChainTerm[];
  /** What is added to the terms. */
  readonly plus: bigint;
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

/**
 * A condition as something that a contract can check: what the chain must tell for it to hold, with what is not on the chain, such as
 * fair prices and what somebody had at the start, as constants. Plain data, kept in reproductions; exports write it out.
 */
export type ChainStatement =
  | {
      readonly kind: "shortfalls";
      /** What holds, as a sentence: `nobody owes more than they have supplied`. */
      readonly says: string;
      readonly shortfalls: readonly ChainShortfall[];
      /** What the shortfalls above zero may come to together. */
      readonly most: bigint;
      /** What all of them count. */
      readonly unit: { readonly symbol: string; readonly decimals: number };
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
