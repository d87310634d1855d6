import type { AbiFunction, Address } from "viem";

import type { ContractCall } from "./call.js";

/** A number that the chain tells. Plain data, kept in reproductions. */
export type ChainNumber =
  | {
      /** A word that a view returns, as an unsigned number. */
      readonly kind: "view";
      readonly to: Address;
      readonly function: AbiFunction;
      /** The arguments; the place of `argument` holds anything of its type. */
      readonly args: readonly unknown[];
      /** Which of the words, from 0. Default: the first. */
      readonly word?: number;
      /** One of its arguments, if that is a number which the chain tells, too: `convertToAssets(balanceOf(account))`. */
      readonly argument?: { readonly at: number; readonly number: ChainNumber };
      /** What brings it up to date: each call is made once, by anyone, before anything is read, whether or not it succeeds. */
      readonly after?: readonly ChainUpdate[];
      /** What it was when the condition was judged; absent where that was not read. */
      readonly was?: bigint;
    }
  | {
      /** Native coin, wei. */
      readonly kind: "native";
      readonly account: Address;
      readonly was?: bigint;
    }
  | {
      /** `factors[0] * factors[1] / over`; zero where that is zero. */
      readonly kind: "ratio";
      readonly factors: readonly [ChainAddend, ChainAddend];
      readonly over: ChainAddend;
      readonly rounds: "down" | "up";
      readonly was?: bigint;
    };

/** A number with what is added to it; without one, a constant. */
export interface ChainAddend {
  readonly number?: ChainNumber;
  readonly plus: bigint;
}

/** A call that anyone may make, such as one that adds interest to a market's books. */
export type ChainUpdate = Pick<ContractCall, "args" | "function" | "to">;

/** A part of a sum: `number * times / over`, rounded towards zero. */
export interface ChainTerm {
  /** What it is, in a word or two: `debt`, `USDC`. */
  readonly what: string;
  readonly number: ChainNumber;
  /** Negative for what is taken away. */
  readonly times: bigint;
  /** Above 0. */
  readonly over: bigint;
}

/** An amount that is above zero where it is missing: see `ChainShortfall` of conditions. */
export interface MissingOnChain {
  /** Whose it is: an account's address, or the protocol's name. */
  readonly of: string;
  readonly terms: readonly ChainTerm[];
}

/**
 * The shortfalls of a protocol, each counted where it is above zero, as terms in dollars of 18 decimals; together, they are what its
 * `shortfall` returns.
 *
 * @param price - US dollars of a whole unit of an asset
 */
export type MissingOnChainOf<View> = {
  /** The terms. */
  of(view: View, price: (asset: string) => number): readonly MissingOnChain[];
}["of"];

/**
 * What an account owns in a protocol as terms in dollars of 18 decimals.
 *
 * @param price - US dollars of a whole unit of an asset
 */
export type ChainValueOf<View> = ChainValuation<View>["of"];

interface ChainValuation<View> {
  of(view: View, account: Address, price: (asset: string) => number): readonly ChainTerm[];
}
