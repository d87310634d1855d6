import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";

/** An amount of a token. */
export interface Holding {
  readonly token: Token;
  /** Base units. */
  readonly amount: bigint;
}

/** What an account has supplied and owes. */
export interface LendingPosition {
  readonly account: Address;
  /**
   * Below 1 the position can be liquidated; infinite without debt. `undefined` while the market has no price to compute it
   * from.
   */
  readonly healthFactor: number | undefined;
  /** What counts as collateral. */
  readonly collateral: readonly Holding[];
  readonly debt: readonly Holding[];
  /** US dollars at the market's own prices. */
  readonly collateralUsd: number;
  readonly debtUsd: number;
}

/** One way to liquidate a position. */
export interface LiquidationOption {
  readonly borrower: Address;
  readonly debt: Token;
  readonly collateral: Token;
  /** The most that one liquidation may repay (the close factor), base units of the debt's token. */
  readonly maxRepay: bigint;
  /**
   * What a liquidation of `repay` moves.
   *
   * @returns base units: `paid` of the debt's token, less than offered where the collateral does not suffice, and `received`
   * of the collateral's token, what the protocol keeps taken off
   */
  amounts(repay: bigint): { readonly paid: bigint; readonly received: bigint };
  /** Gas that it takes, for the decision whether it pays. */
  readonly gas: bigint;
  /** The call, which pays out the collateral's token itself. */
  liquidate(repay: bigint, self: Address): ContractCall;
  /** How the collateral becomes a token that trades, where it is a claim on one (a cToken). Absent: it is one itself. */
  readonly unwrap?: Unwrapping;
}

/** The exchange of a claim for the token behind it. */
export interface Unwrapping {
  readonly token: Token;
  /** What a claim of `received` pays, base units of the token. */
  amount(received: bigint): bigint;
  call(received: bigint, self: Address): ContractCall;
}

/** A market in which borrowers are liquidated, whatever its design: what liquidators and borrowers see of it. */
export interface LendingMarket {
  /** What can be supplied or borrowed. */
  readonly tokens: readonly Token[];
  /** Positions of the accounts that are observed, those with nothing in the market left out. */
  readonly positions: readonly LendingPosition[];
  /** The ways in which a position can be liquidated now; none of a healthy one. */
  liquidations(position: LendingPosition): readonly LiquidationOption[];
  /** The price of a token as the market sees it, US dollars a whole unit; `undefined` while its oracle fails. */
  price(token: Address): number | undefined;
  /** What an account has supplied of a token, whether it counts as collateral or not, base units. */
  supplied(account: Address, token: Address): bigint;
  /** What everybody has supplied of a token, and what of it nobody has borrowed: what can be withdrawn. Base units. */
  liquidity(token: Address): { readonly supplied: bigint; readonly available: bigint };
  /** How much of a token an account may still borrow, base units. */
  borrowable(account: Address, token: Address): bigint;
  /** @param amount - base units */
  supply(token: Address, amount: bigint, self: Address): ContractCall;
  withdraw(token: Address, amount: bigint, self: Address): ContractCall;
  borrow(token: Address, amount: bigint, self: Address): ContractCall;
  /** @param amount - base units; more than is owed repays everything */
  repay(token: Address, amount: bigint, self: Address): ContractCall;
}
