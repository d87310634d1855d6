import type { Address } from "viem";

import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

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

/** The role of a protocol that lends for the length of a transaction: one lender a token. */
export const flashLenders: Role<readonly FlashLender[]> = defineRole<readonly FlashLender[]>("flash lender", {
  example: "{ lending: aaveV3(address) }",
});
