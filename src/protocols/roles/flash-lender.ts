import type { Address } from "viem";

import type { Token } from "../token.js";

/** The callback in which the loan is used and repaid; contracts/Raider.sol knows these. */
export type FlashCallback = "aaveV3" | "uniswapV2" | "uniswapV3" | "morphoBlue";

/** A lender of a token for the length of one transaction. */
export interface FlashLender {
  readonly callback: FlashCallback;
  /** The contract that lends. */
  readonly lender: Address;
  readonly token: Token;
  /** The most that it can lend now, base units. */
  readonly available: bigint;
  /** The fee to repay on top of a loan, base units. */
  fee(amount: bigint): bigint;
}
