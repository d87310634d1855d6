import type { Address, Hex } from "viem";

import type { ContractCall } from "../call.js";
import type { FlashLender } from "./flash-lender.js";

import { concatHex, numberToHex, parseAbi, size, slice, stringToHex, zeroAddress } from "viem";

import { SiegeError } from "../../errors.js";
import { encodeCall } from "../call.js";

const [raidFunction] = parseAbi([
  "function raid(Loan loan, Step[] steps)",
  "struct Loan { address lender; address token; uint256 amount; uint256 fee; bool pulls; uint16[] amountAt; bytes request; bytes reply; }",
  "struct Step { address to; uint256 value; bytes data; }",
]);

/** The default return value of a callback: `true`. */
const TRUE = numberToHex(1, { size: 32 });

/** Data with which a lender's request is probed. */
const SOME_DATA = stringToHex("data", { size: 32 });

/** A loan for the length of a transaction. */
export interface FlashLoan {
  readonly from: FlashLender;
  /** Base units. */
  readonly amount: bigint;
}

/**
 * One transaction that makes several calls, with or without a flash loan; for accounts with the Raider's code.
 *
 * @throws SiegeError `INVALID_INTENT` if the lender's `borrow` does not pass on the amount or the data
 */
export function raid(self: Address, loan: FlashLoan | undefined, inner: readonly ContractCall[]): ContractCall {
  return { to: self, function: raidFunction, args: [loan === undefined ? NO_LOAN : argumentOf(self, loan)], inner };
}

/** The loan in a raid's arguments, if it takes one. */
export function loanIn(
  args: readonly unknown[],
): { readonly lender: Address; readonly token: Address; readonly amount: bigint } | undefined {
  const [loan] = args as readonly (LoanArgument | undefined)[];
  return loan === undefined || loan.lender === zeroAddress ? undefined : loan;
}

/** The loan as contracts/Raider.sol takes it. */
interface LoanArgument {
  readonly lender: Address;
  readonly token: Address;
  readonly amount: bigint;
  readonly fee: bigint;
  /** Whether the lender pulls the repayment with an allowance. */
  readonly pulls: boolean;
  /** Byte offsets of the amount in the request. The Raider fills it in, as the minimiser may reduce it. */
  readonly amountAt: readonly number[];
  /** The calldata of the borrowing call, with empty data for the Raider to fill in. */
  readonly request: Hex;
  readonly reply: Hex;
}

const NO_LOAN: LoanArgument = {
  lender: zeroAddress,
  token: zeroAddress,
  amount: 0n,
  fee: 0n,
  pulls: false,
  amountAt: [],
  request: "0x",
  reply: "0x",
};

function argumentOf(receiver: Address, { from, amount }: FlashLoan): LoanArgument {
  const { lender, token, repayment, reply = TRUE } = from;
  const asked = (units: bigint, data: Hex): Hex => encodeCall(from.borrow({ amount: units, receiver, data }));
  const [request, other] = [asked(1n, "0x"), asked(2n, "0x")];
  const amountAt = differences(request, other);
  const withData = concatHex([slice(request, 0, -32), numberToHex(32, { size: 32 }), SOME_DATA]);
  if (amountAt.length === 0 || asked(1n, SOME_DATA) !== withData) {
    throw new SiegeError("INVALID_INTENT", {
      message: `The flash lender ${lender} of ${token.symbol} has a borrow() that does not pass on its ${amountAt.length === 0 ? "amount" : "data as the last argument"}.`,
      hint: "borrow({ amount, receiver, data }) has to pass all three on, the data as the last argument of dynamic size.",
    });
  }
  return {
    lender,
    token: token.address,
    amount,
    fee: from.fee(amount),
    pulls: repayment === "approve",
    amountAt,
    request,
    reply,
  };
}

/** Byte offsets of the words in which two encodings of one call differ. */
function differences(one: Hex, other: Hex): readonly number[] {
  const words = (size(one) - 4) / 32;
  return Array.from({ length: words }, (_value, index) => 4 + 32 * index).filter(
    (at) => slice(one, at, at + 32) !== slice(other, at, at + 32),
  );
}
