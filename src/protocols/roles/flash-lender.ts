import type { Address, Hex } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** A request for a flash loan. */
export interface FlashRequest {
  /** Base units. */
  readonly amount: bigint;
  /** The borrower, whom the lender calls back. */
  readonly receiver: Address;
  /** Passed through to the callback. */
  readonly data: Hex;
}

/** A lender of a token for the length of one transaction. */
export interface FlashLender {
  /** The contract that lends and calls back. */
  readonly lender: Address;
  readonly token: Token;
  /** The most that it can lend now, base units. */
  readonly available: bigint;
  /** The fee to repay on top of a loan, base units. */
  fee(amount: bigint): bigint;
  /**
   * The call that borrows. The lender then calls the receiver back, in a function of any name that takes `data` among its
   * arguments. In the borrowing call, `data` has to be the last argument of dynamic size.
   */
  borrow(request: FlashRequest): ContractCall;
  /** How a loan is repaid: the lender pulls it using an allowance (`approve`), or checks that it was sent (`transfer`). */
  readonly repayment: "approve" | "transfer";
  /** What the callback has to return, ABI-encoded. Default: `true`, which most lenders expect or ignore. */
  readonly reply?: Hex;
}

/** The role of a protocol that lends for the length of a transaction: one lender per token. */
export const flashLenders: Role<readonly FlashLender[]> = defineRole<readonly FlashLender[]>("flash lender", {
  example: "{ lending: aaveV3(address) }",
});
