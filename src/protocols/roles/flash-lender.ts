import type { Address, Hex } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** What a loan is asked for with. */
export interface FlashRequest {
  /** Base units. */
  readonly amount: bigint;
  /** Who borrows, and is called back. */
  readonly receiver: Address;
  /** What the lender hands to the callback. */
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
   * The call of the lender that borrows. The lender calls the receiver back, under whatever name, and hands it `data`, which
   * is the last argument of the call that is not of a fixed size.
   */
  borrow(request: FlashRequest): ContractCall;
  /** How it is paid: it takes what it is owed with an allowance (`approve`), or looks whether it was sent (`transfer`). */
  readonly repayment: "approve" | "transfer";
  /** What the callback has to return, ABI-encoded. Default: `true`, which most expect or do not look at. */
  readonly reply?: Hex;
}

/** The role of a protocol that lends for the length of a transaction: one lender a token. */
export const flashLenders: Role<readonly FlashLender[]> = defineRole<readonly FlashLender[]>("flash lender", {
  example: "{ lending: aaveV3(address) }",
});
