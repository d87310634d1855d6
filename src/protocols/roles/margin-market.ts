import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";

/** Which way a position gains: `long` when the price rises. */
export type Side = "long" | "short";

/** What an account has at stake on a margin market. */
export interface MarginPosition {
  readonly account: Address;
  /** Whole units of the asset; above 0 long, below 0 short. Includes what lent liquidity turned into. */
  readonly size: number;
  /** What the position is worth at the mark price, US dollars, never negative. */
  readonly notional: number;
  /** US dollars that it has gained (above 0) or lost since it was opened, at the mark price. */
  readonly unrealizedPnl: number;
  /** Collateral and all gains and losses, US dollars at the mark price. Below 0: bad debt. */
  readonly accountValue: number;
  /** The account's value as a fraction of what all its positions are worth; infinite without any. */
  readonly marginRatio: number;
  /** Whether it can be liquidated now. */
  readonly isLiquidatable: boolean;
}

/** One way to liquidate a position: to take it over, wholly or in part. */
export interface MarginLiquidation {
  readonly trader: Address;
  /** The most that one liquidation takes over, whole units of the asset, with the position's sign. */
  readonly maxSize: number;
  /** US dollars that a liquidator earns on taking over a part of `maxSize`, before gas and before it closes what it took. */
  reward(share: number): number;
  /** US dollars of free collateral that a liquidator needs for a part of `maxSize`. */
  marginNeeded(share: number): number;
  /** Gas that it takes, for the decision whether it pays. */
  readonly gas: bigint;
  /** @param share - the part of `maxSize` that is taken over, above 0, at most 1 */
  liquidate(share: number, self: Address): ContractCall;
}

/** An order at the market, of an amount of US dollars. */
export interface MarginOrder {
  readonly side: Side;
  /** US dollars that the position grows by. */
  readonly notional: number;
  /** The price at which it stops filling, US dollars. Default: none. */
  readonly limit?: number;
  readonly self: Address;
}

/** A market in leveraged positions on one asset, whatever its design: what traders and their liquidators see of it. */
export interface MarginMarket {
  /** The scenario's asset whose price it follows. */
  readonly asset: string;
  /** What collateral and gains are paid in. */
  readonly collateral: Token;
  /** Price at which positions are valued, US dollars; `undefined` while it cannot be computed. */
  readonly markPrice: number | undefined;
  /** Price of the underlying asset as the market's oracle sees it, US dollars; `undefined` while the oracle fails. */
  readonly indexPrice: number | undefined;
  /** Price at which the next trade begins, US dollars. */
  readonly tradePrice: number;
  /** Least margin ratio with which a position may be opened, as a fraction: 0.1. */
  readonly initialMargin: number;
  /** Margin ratio below which a position can be liquidated, as a fraction: 0.0625. */
  readonly maintenanceMargin: number;
  /** US dollars that stand behind bad debt. */
  readonly insurance: number;
  /** US dollars that observed accounts owe beyond their collateral, at the mark price. */
  readonly badDebt: number;
  /** Positions of the accounts that are observed, those without any left out. */
  readonly positions: readonly MarginPosition[];
  /** The ways in which a position can be liquidated now; none of a healthy one. */
  liquidations(position: MarginPosition): readonly MarginLiquidation[];
  /** What an account may still risk or withdraw, base units of the collateral's token. */
  freeCollateral(account: Address): bigint;
  /** US dollars that an account loses by closing `size` whole units now, against the mark price: fees and slippage. */
  closingCost(size: number): number;
  /** Gas that closing takes. */
  readonly closingGas: bigint;
  /** @param amount - base units of the collateral's token */
  deposit(amount: bigint, self: Address): ContractCall;
  withdraw(amount: bigint, self: Address): ContractCall;
  open(order: MarginOrder): ContractCall;
  /** Closes everything that the account has at any price. */
  close(self: Address): ContractCall;
}
