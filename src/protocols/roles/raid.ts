import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { FlashCallback, FlashLender } from "./flash-lender.js";

import { parseAbi, zeroAddress } from "viem";

/** Their numbers in contracts/Raider.sol: 0 is none. */
const FLASH_CALLBACKS: readonly FlashCallback[] = ["aaveV3", "uniswapV2", "uniswapV3", "morphoBlue"];

const [raidFunction] = parseAbi([
  "function raid(Loan loan, Step[] steps)",
  "struct Loan { uint8 callback; address lender; address token; uint256 amount; uint256 fee; }",
  "struct Step { address to; uint256 value; bytes data; }",
]);

/** A loan for the length of a transaction. */
export interface FlashLoan {
  readonly from: FlashLender;
  /** Base units. */
  readonly amount: bigint;
}

/** One transaction that makes calls, with or without a loan; for accounts with the Raider's code. */
export function raid(self: Address, loan: FlashLoan | undefined, inner: readonly ContractCall[]): ContractCall {
  return {
    to: self,
    function: raidFunction,
    args: [
      {
        callback: loan === undefined ? 0 : FLASH_CALLBACKS.indexOf(loan.from.callback) + 1,
        lender: loan?.from.lender ?? zeroAddress,
        token: loan?.from.token.address ?? zeroAddress,
        amount: loan?.amount ?? 0n,
        fee: loan?.from.fee(loan.amount) ?? 0n,
      },
    ],
    inner,
  };
}

/** The loan in a raid's arguments, if it takes one. */
export function loanIn(
  args: readonly unknown[],
): { readonly lender: Address; readonly token: Address; readonly amount: bigint } | undefined {
  const [loan] = args as readonly (LoanArgument | undefined)[];
  return loan === undefined || loan.callback === 0 ? undefined : loan;
}

interface LoanArgument {
  readonly callback: number;
  readonly lender: Address;
  readonly token: Address;
  readonly amount: bigint;
  readonly fee: bigint;
}
