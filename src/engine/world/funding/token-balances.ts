import type { Address } from "viem";

import type { Token } from "../../../protocols/token.js";
import type { Chain } from "../../chain/chain.js";
import type { Read, StoredNumber } from "./stored-number.js";

import { encodeFunctionData, erc20Abi } from "viem";

import { SiegeError } from "../../../errors.js";
import { addressKey } from "../../../quantity/address.js";

import { changeStoredNumber, findStoredNumber, numberOf } from "./stored-number.js";

/**
 * Writes token balances into storage, and remembers where they are, which is the same on all forks of a chain. The total
 * supply stays as it is: see `raiseSupply`.
 */
export class TokenBalances {
  readonly #places = new Map<string, StoredNumber>();

  /**
   * @returns by how much the balance changed, base units
   * @throws SiegeError `UNFUNDABLE_TOKEN` if nothing in storage is the balance
   */
  async set(chain: Chain, token: Token, account: Address, amount: bigint): Promise<bigint> {
    const balance = await numberOf(chain, balanceRead(token, account));
    if (balance === undefined) throw unfundable(token);
    await this.add(chain, token, account, amount - balance);
    return amount - balance;
  }

  /**
   * @param change - base units
   * @throws SiegeError `UNFUNDABLE_TOKEN` if nothing in storage is the balance
   */
  async add(chain: Chain, token: Token, account: Address, change: bigint): Promise<void> {
    if (change === 0n) return;
    const key = `${addressKey(token.address)} ${addressKey(account)}`;
    const known = this.#places.get(key) ?? (await findStoredNumber(chain, balanceRead(token, account), change));
    if (known === undefined) throw unfundable(token);
    this.#places.set(key, known);
    await changeStoredNumber(chain, known, change);
  }
}

/** The call of `balanceOf`. */
export function balanceRead(token: Token, account: Address): Read {
  return {
    to: token.address,
    data: encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [account] }),
  };
}

function unfundable({ symbol, address }: Token): SiegeError {
  return new SiegeError("UNFUNDABLE_TOKEN", {
    message: `Nothing in the storage that ${symbol} (${address}) reads is the balance that an agent or a condition needs.`,
    hint: "Give the agents another asset as capital; of conditions, liveness({ pays }) and liquidatable({ liquidate }) need balances.",
  });
}
