import type { ContractCall } from "../../protocols/call.js";
import type { LiquidationOption } from "../../protocols/roles/lending-market.js";
import type { Token } from "../../protocols/token.js";

/** Where the money for a liquidation comes from: the liquidator's own balance, or a flash loan. */
export interface RepaymentFunds {
  /** The most that it can repay in a token, base units. */
  most(token: Token): bigint;
  /** The cost of that amount, US dollars: the fee of a loan. */
  cost(token: Token, amount: bigint): number;
  /** Gas on top of the liquidation and the sale. */
  readonly gas: bigint;
  /** The calls of a liquidation, in order. Collateral that they do not sell is sold in the next block. */
  calls(liquidation: Liquidation): readonly ContractCall[];
}

/** A liquidation of a certain size. */
export interface Liquidation {
  readonly option: LiquidationOption;
  /** Base units of the debt's token. */
  readonly repay: bigint;
  /** Profit once the seized collateral is sold, US dollars, after the cost of the funds, before gas. */
  readonly profit: number;
  /** Gas of the liquidation and the sale. */
  readonly gas: bigint;
}
