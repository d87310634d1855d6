import type { Address } from "viem";

import type { ReadPlan } from "../../protocols/read-plan.js";
import type { Token } from "../../protocols/token.js";

import { encodeFunctionData, erc20Abi, zeroAddress } from "viem";

import { list, map } from "../../protocols/read-plan.js";
import { addressKey } from "../../quantity/address.js";

/** Balances of accounts: native coin and tokens. */
export interface BalanceSheet {
  native(account: Address): bigint;
  token(token: Address, account: Address): bigint;
}

/** Reads every account's native coin and its balance of every token. */
export function balanceSheet(tokens: readonly Token[], accounts: readonly Address[]): ReadPlan<BalanceSheet> {
  const keys = accounts.flatMap((account) => [
    key(zeroAddress, account),
    ...tokens.map((token) => key(token.address, account)),
  ]);
  const words = accounts.flatMap((account) => [
    word(zeroAddress, account),
    ...tokens.map(({ address }) =>
      word(address, encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [account] })),
    ),
  ]);
  return map(list(words), (values) => {
    const sheet = new Map(keys.map((name, index) => [name, values[index] ?? 0n]));
    return {
      native: (account) => sheet.get(key(zeroAddress, account)) ?? 0n,
      token: (token, account) => sheet.get(key(token, account)) ?? 0n,
    };
  });
}

/** One word; 0 if the call failed, as for a token that reverts. */
function word(to: Address, data: `0x${string}`): ReadPlan<bigint> {
  return {
    calls: [{ to, data }],
    simulations: [],
    decode: ([result]) =>
      result?.success === true && result.data.length >= 66 ? BigInt(result.data.slice(0, 66)) : 0n,
  };
}

function key(token: Address, account: Address): string {
  return `${addressKey(token)} ${addressKey(account)}`;
}
