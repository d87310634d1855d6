import type { Address } from "viem";

import type { Token } from "../../../protocols/token.js";
import type { Chain } from "../../chain/chain.js";
import type { FundingNote } from "./funding-note.js";
import type { Read, StoredNumber } from "./stored-number.js";

import { encodeFunctionData, parseAbi } from "viem";

import { changeStoredNumber, findStoredNumber, numberOf, ROUNDING } from "./stored-number.js";
import { balanceRead } from "./token-balances.js";

const abi = parseAbi([
  "function totalSupply() view returns (uint256)",
  // of ERC-4626
  "function convertToAssets(uint256 shares) view returns (uint256)",
  // of Lido's stETH and of those who rebase as it does
  "function getTotalShares() view returns (uint256)",
  "function sharesOf(address account) view returns (uint256)",
  // of ERC-6372 and ERC-5805
  "function clock() view returns (uint48)",
  "function getPastTotalSupply(uint256 timepoint) view returns (uint256)",
]);

/**
 * Adds to a token's total supply what was written into balances, so that the sum of all balances is still the supply: in
 * its storage; for wrapped native coin, whose supply is what the contract holds, with native coin; for tokens that rebase,
 * in shares. Nobody's balance and no share price changes by it.
 *
 * @param added - base units, by account
 * @returns what could not be made consistent; a token without `totalSupply()` has nothing to be consistent with
 */
export async function raiseSupply(
  chain: Chain,
  token: Token,
  added: ReadonlyMap<Address, bigint>,
): Promise<readonly FundingNote[]> {
  const change = [...added.values()].reduce((sum, amount) => sum + amount, 0n);
  const supply: Read = { to: token.address, data: encodeFunctionData({ abi, functionName: "totalSupply" }) };
  if (change === 0n || (await numberOf(chain, supply)) === undefined) return [];
  const accounts = [...added.keys()];
  // 2 ** 64: enough digits of a price for 18 decimals, and no overflow
  const price = {
    to: token.address,
    data: encodeFunctionData({ abi, functionName: "convertToAssets", args: [1n << 64n] }),
  };
  const unchanged = [...accounts.slice(0, 1).map((account) => balanceRead(token, account)), price];
  const stored = await findStoredNumber(chain, supply, change, unchanged);
  if (stored !== undefined) {
    await changeStoredNumber(chain, stored, change);
    return raisePastSupply(chain, token, change);
  }
  const disturbing = await findStoredNumber(chain, supply, change);
  if (disturbing === undefined) {
    return [note(token, "the agents' capital is not in its totalSupply(), which nothing in its storage is")];
  }
  if (await raiseWithShares(chain, token, { added, change, supply: disturbing })) return [];
  return [
    note(
      token,
      "the agents' capital is not in its totalSupply(): more of it would change what balances or shares are worth",
    ),
  ];
}

/**
 * Adds to the supply of a rebasing token, and to its number of shares those that were written into balances.
 *
 * @returns whether every balance is still what it was; nothing has changed otherwise
 */
async function raiseWithShares(
  chain: Chain,
  token: Token,
  {
    added,
    change,
    supply,
  }: { readonly added: ReadonlyMap<Address, bigint>; readonly change: bigint; readonly supply: StoredNumber },
): Promise<boolean> {
  const total: Read = { to: token.address, data: encodeFunctionData({ abi, functionName: "getTotalShares" }) };
  let shares = 0n;
  for (const [account, amount] of added) {
    const held = await numberOf(chain, sharesRead(token, account));
    const balance = await numberOf(chain, balanceRead(token, account));
    if (held === undefined || balance === undefined || balance === 0n) return false;
    shares += (held * amount) / balance;
  }
  const stored = shares === 0n ? undefined : await findStoredNumber(chain, total, shares);
  if (stored === undefined) return false;
  const [account] = added.keys();
  const balance = account === undefined ? undefined : balanceRead(token, account);
  const before = balance === undefined ? undefined : await numberOf(chain, balance);
  await changeStoredNumber(chain, stored, shares);
  await changeStoredNumber(chain, supply, change);
  const after = balance === undefined ? undefined : await numberOf(chain, balance);
  if (before !== undefined && after !== undefined && after - before <= ROUNDING && before - after <= ROUNDING)
    return true;
  await changeStoredNumber(chain, stored, -shares);
  await changeStoredNumber(chain, supply, -change);
  return false;
}

/** Votes are counted against an earlier supply, which a token with delegation keeps apart. */
async function raisePastSupply(chain: Chain, token: Token, change: bigint): Promise<readonly FundingNote[]> {
  const clock = await numberOf(chain, { to: token.address, data: encodeFunctionData({ abi, functionName: "clock" }) });
  const timepoint = (clock ?? BigInt((await chain.latest()).number)) - 1n;
  const past: Read = {
    to: token.address,
    data: encodeFunctionData({ abi, functionName: "getPastTotalSupply", args: [timepoint < 0n ? 0n : timepoint] }),
  };
  if ((await numberOf(chain, past)) === undefined) return [];
  const stored = await findStoredNumber(chain, past, change);
  if (stored !== undefined) {
    await changeStoredNumber(chain, stored, change);
    return [];
  }
  return [note(token, "the agents' capital is not in its getPastTotalSupply(), of which a quorum may be a part")];
}

function sharesRead(token: Token, account: Address): Read {
  return { to: token.address, data: encodeFunctionData({ abi, functionName: "sharesOf", args: [account] }) };
}

function note({ symbol, address }: Token, why: string): FundingNote {
  return { token: symbol, address, why };
}
