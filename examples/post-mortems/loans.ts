import type { Address } from "viem";

import type { FixtureFork } from "../../test/fixtures/fixture.js";
import type { AddressBook } from "../../test/mini-mainnet/address-book.js";

import { parseAbi, parseEther } from "viem";

import { person } from "../../test/fixtures/give.js";
import { erc20Abi, poolAbi } from "../../test/mini-mainnet/abis.js";

const mintAbi = parseAbi(["function mint(address to, uint256 amount)"]);

/** Aave's variable rate. */
const VARIABLE = 2n;

/** A loan of WETH against a collateral that can be minted. */
export interface Loan {
  readonly name: string;
  /** Whole tokens. */
  readonly collateral: number;
  /** Whole WETH. */
  readonly debt: number;
}

/** Opens loans on an Aave V3, each for a person of its name. */
export async function openLoans(
  fork: FixtureFork,
  { pool: address }: Pick<AddressBook["aaveV3"], "pool">,
  token: Address,
  loans: readonly Loan[],
): Promise<Readonly<Record<string, Address>>> {
  const { chain, addresses, account } = fork;
  const pool = { address, abi: poolAbi };
  const people: Record<string, Address> = {};
  for (const { name, collateral, debt } of loans) {
    const borrower = await person(fork, name);
    const amount = parseEther(collateral.toFixed(18));
    await chain.write(account, { address: token, abi: mintAbi }, "mint", [borrower, amount]);
    await chain.write(borrower, { address: token, abi: erc20Abi }, "approve", [pool.address, amount]);
    await chain.write(borrower, pool, "supply", [token, amount, borrower, 0]);
    await chain.write(borrower, pool, "borrow", [addresses.weth, parseEther(debt.toFixed(18)), VARIABLE, 0, borrower]);
    people[name] = borrower;
  }
  return people;
}
