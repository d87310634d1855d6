import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { ChainNumber } from "../on-chain.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** An amount of a token. */
export interface Holding {
  readonly token: Token;
  /** Base units. */
  readonly amount: bigint;
}

/** An account's supply and debt. */
export interface LendingPosition {
  readonly account: Address;
  /**
   * Below 1 the position can be liquidated; infinite without debt. `undefined` while the market has no price to compute it
   * from.
   */
  readonly healthFactor: number | undefined;
  /** The holdings that count as collateral. */
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
  /** The most that one liquidation may repay (the close factor), base units of the debt token. */
  readonly maxRepay: bigint;
  /**
   * The amounts that a liquidation of `repay` moves.
   *
   * @returns base units: `paid` of the debt token, less than offered where the collateral is insufficient, and `received`
   * of the collateral token, net of the protocol's fee
   */
  amounts(repay: bigint): { readonly paid: bigint; readonly received: bigint };
  /** Gas used by the liquidation, to decide whether it pays off. */
  readonly gas: bigint;
  /** The liquidating call, which pays out the collateral token itself. */
  liquidate(repay: bigint, self: Address): ContractCall;
  /** How to redeem collateral that is a claim on a tradable token (a cToken). Absent if it is tradable itself. */
  readonly unwrap?: Unwrapping;
}

/** The redemption of a claim for its underlying token. */
export interface Unwrapping {
  readonly token: Token;
  /** What a claim of `received` pays out, base units of the token. */
  amount(received: bigint): bigint;
  /** The redeeming call. */
  call(received: bigint, self: Address): ContractCall;
}

/** An amount of a token as a number that the chain tells. */
export interface HoldingOnChain {
  readonly token: Token;
  /** Base units. */
  readonly number: ChainNumber;
}

/** A market in which borrowers are liquidated, whatever its design, as liquidators and borrowers see it. */
export interface LendingMarket {
  /** The tokens that can be supplied or borrowed. */
  readonly tokens: readonly Token[];
  /** Positions of the observed accounts, except those with nothing in the market. */
  readonly positions: readonly LendingPosition[];
  /** The ways in which a position can be liquidated now; none for a healthy one. */
  liquidations(position: LendingPosition): readonly LiquidationOption[];
  /** The market's own price of a token, US dollars per whole unit; `undefined` while its oracle fails. */
  price(token: Address): number | undefined;
  /** An account's supply of a token, whether or not it counts as collateral, base units. */
  supplied(account: Address, token: Address): bigint;
  /**
   * An account's supplies and debts as numbers that the chain tells, for exports to other test frameworks; those of zero included.
   * Default: they are worked out.
   */
  onChain?(account: Address): {
    readonly supplied: readonly HoldingOnChain[];
    readonly owed: readonly HoldingOnChain[];
  };
  /** The total supply of a token, and the part that is not borrowed, which can be withdrawn. Base units. */
  liquidity(token: Address): { readonly supplied: bigint; readonly available: bigint };
  /** How much more of a token an account may borrow, base units. */
  borrowable(account: Address, token: Address): bigint;
  /** Supplies a token. @param amount - base units */
  supply(token: Address, amount: bigint, self: Address): ContractCall;
  /** Withdraws a supply. Base units. */
  withdraw(token: Address, amount: bigint, self: Address): ContractCall;
  /** Borrows a token. Base units. */
  borrow(token: Address, amount: bigint, self: Address): ContractCall;
  /** Repays a debt. @param amount - base units; more than is owed repays everything */
  repay(token: Address, amount: bigint, self: Address): ContractCall;
}

/** The role of a market whose borrowers can be liquidated. */
export const lendingMarket: Role<LendingMarket> = defineRole<LendingMarket>("lending market", {
  example: "{ lending: aaveV3(address) }",
});
