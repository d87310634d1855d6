import type { Address } from "viem";

import type { AccountName } from "./accounts.js";
import type { AddressBook } from "./address-book.js";
import type { Tokens } from "./deploy-tokens.js";
import type { PinnedChain } from "./pinned-chain.js";

import { erc20Abi, poolAbi, wethAbi } from "./abis.js";
import { ACCOUNTS } from "./accounts.js";

/** What the whale lends. */
const LENT = { weth: 5_000n * 10n ** 18n, usdc: 10_000_000n * 10n ** 6n };

/** WETH supplied, in ether, and USDC borrowed against it, in dollars. */
const BORROWERS: readonly { readonly name: AccountName; readonly collateral: bigint; readonly debt: bigint }[] = [
  { name: "alice", collateral: 100n, debt: 158_500n }, // health factor 1.041
  { name: "bob", collateral: 200n, debt: 250_000n }, // 1.32
  { name: "carol", collateral: 500n, debt: 330_000n }, // 2.5
];

/** Aave's variable rate. */
const VARIABLE = 2n;

/** The whale lends on Aave; three others borrow from it, each nearer to liquidation or farther from it. */
export async function openPositions(chain: PinnedChain, tokens: Tokens, aave: AddressBook["aaveV3"]): Promise<void> {
  const { weth, usdc } = tokens;
  const pool = { address: aave.pool, abi: poolAbi };
  const supply = async (user: Address, asset: Address, amount: bigint): Promise<void> => {
    await chain.write(user, { address: asset, abi: erc20Abi }, "approve", [aave.pool, amount]);
    await chain.write(user, pool, "supply", [asset, amount, user, 0]);
  };

  await supply(ACCOUNTS.whale, weth, LENT.weth);
  await supply(ACCOUNTS.whale, usdc, LENT.usdc);
  for (const { name, collateral, debt } of BORROWERS) {
    const user = ACCOUNTS[name];
    const wei = collateral * 10n ** 18n;
    await chain.write(user, { address: weth, abi: wethAbi }, "deposit", [], wei);
    await supply(user, weth, wei);
    await chain.write(user, pool, "borrow", [usdc, debt * 10n ** 6n, VARIABLE, 0, user]);
  }
}
