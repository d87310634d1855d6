import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** The direction of a position: `long` gains when the price rises. */
export type Side = "long" | "short";

/** An account's position on a margin market. */
export interface MarginPosition {
  readonly account: Address;
  /** Whole units of the asset; positive for long, negative for short. Includes the position that its liquidity holds. */
  readonly size: number;
  /** Value of the position at the mark price, US dollars, never negative. */
  readonly notional: number;
  /** Gain (positive) or loss since it was opened, US dollars at the mark price. */
  readonly unrealizedPnl: number;
  /** Collateral plus all gains and losses, US dollars at the mark price. Below 0: bad debt. */
  readonly accountValue: number;
  /** The account value as a fraction of the notional of all its positions; infinite without any. */
  readonly marginRatio: number;
  /** Whether it can be liquidated now. */
  readonly isLiquidatable: boolean;
}

/** One way to liquidate a position: taking it over, in whole or in part. */
export interface MarginLiquidation {
  readonly trader: Address;
  /** The most that one liquidation takes over, whole units of the asset, with the position's sign. */
  readonly maxSize: number;
  /** US dollars that a liquidator earns by taking over a share of `maxSize`, before gas and before closing its position. */
  reward(share: number): number;
  /** Free collateral that a liquidator needs for a share of `maxSize`, US dollars. */
  marginNeeded(share: number): number;
  /** Gas used by the liquidation, to decide whether it pays off. */
  readonly gas: bigint;
  /** The liquidating call. @param share - the share of `maxSize` to take over, above 0, at most 1 */
  liquidate(share: number, self: Address): ContractCall;
}

/** A market order, sized in US dollars. */
export interface MarginOrder {
  readonly side: Side;
  /** US dollars by which the position grows. */
  readonly notional: number;
  /** The price at which it stops filling, US dollars. Default: none. */
  readonly limit?: number;
  readonly self: Address;
}

/** A market for leveraged positions on one asset, whatever its design, as traders and their liquidators see it. */
export interface MarginMarket {
  /** The scenario's asset whose price it tracks. */
  readonly asset: string;
  /** The token in which collateral and gains are paid. */
  readonly collateral: Token;
  /** The price at which positions are valued, US dollars; `undefined` while it cannot be computed. */
  readonly markPrice: number | undefined;
  /** Price of the underlying asset according to the market's oracle, US dollars; `undefined` while the oracle fails. */
  readonly indexPrice: number | undefined;
  /** The price at which the next trade would start, US dollars. */
  readonly tradePrice: number;
  /** Initial margin ratio: the minimum for opening a position, as a fraction: 0.1. */
  readonly initialMargin: number;
  /** Maintenance margin ratio, below which a position can be liquidated, as a fraction: 0.0625. */
  readonly maintenanceMargin: number;
  /** The insurance fund's cover for bad debt, US dollars. */
  readonly insurance: number;
  /** Debt of the observed accounts beyond their collateral, US dollars at the mark price. */
  readonly badDebt: number;
  /** Positions of the observed accounts that have one. */
  readonly positions: readonly MarginPosition[];
  /** The ways in which a position can be liquidated now; none for a healthy one. */
  liquidations(position: MarginPosition): readonly MarginLiquidation[];
  /** What an account can still use as margin or withdraw, base units of the collateral token. */
  freeCollateral(account: Address): bigint;
  /** What closing `size` whole units costs now, US dollars relative to the mark price: fees and slippage. */
  closingCost(size: number): number;
  /** Gas used to close a position. */
  readonly closingGas: bigint;
  /** Adds collateral. @param amount - base units of the collateral token */
  deposit(amount: bigint, self: Address): ContractCall;
  /** Withdraws collateral, base units. */
  withdraw(amount: bigint, self: Address): ContractCall;
  /** Opens or enlarges a position. */
  open(order: MarginOrder): ContractCall;
  /** Closes the account's whole position at any price. */
  close(self: Address): ContractCall;
}

/** The role of a market for leveraged positions. */
export const marginMarket: Role<MarginMarket> = defineRole<MarginMarket>("margin market", {
  example: "{ perp: perpV2(clearingHouse, options) }",
});
