import type { ContractCall } from "../../protocols/call.js";
import type { LiquidationOption } from "../../protocols/roles/lending-market.js";
import type { Token } from "../../protocols/token.js";

/** Who pays what a liquidation repays: the liquidator itself, or somebody who lends it the money. */
export interface RepaymentFunds {
  /** The most of a token that there is to repay with, base units. */
  most(token: Token): bigint;
  /** What having that much costs, US dollars: the fee of a loan. */
  cost(token: Token, amount: bigint): number;
  /** Gas that it takes on top of the liquidation and the sale. */
  readonly gas: bigint;
  /** The calls that carry a liquidation out, in their order. What they leave unsold is sold in the next block. */
  calls(liquidation: Liquidation): readonly ContractCall[];
}

/** A liquidation of a certain size. */
export interface Liquidation {
  readonly option: LiquidationOption;
  /** Base units of the debt's token. */
  readonly repay: bigint;
  /** What it brings once what it seized is sold, US dollars, the costs of the funds taken off; gas is not. */
  readonly profit: number;
  /** Gas of the liquidation and the sale. */
  readonly gas: bigint;
}
