import type { Address, Hex } from "viem";

import type { Token } from "../../protocols/token.js";
import type { Chain } from "../chain/chain.js";

import { encodeFunctionData, erc20Abi, numberToHex, pad } from "viem";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";

interface Slot {
  /** The contract that holds it: the token, or one that it reads from. */
  readonly holder: Address;
  readonly slot: Hex;
}

/**
 * Gives an account a token balance by writing the token's storage. The total supply stays as it is: agents are few
 * and small against a real token's supply.
 *
 * @throws SiegeError `UNFUNDABLE_TOKEN` if no single slot is the balance (rebasing tokens, packed balances)
 */
export async function setTokenBalance(chain: Chain, token: Token, account: Address, amount: bigint): Promise<void> {
  await new TokenBalances().set(chain, token, account, amount);
}

/** Writes token balances, and remembers their slots, which are the same on all forks of a chain. */
export class TokenBalances {
  readonly #slots = new Map<string, Slot>();

  /** @throws SiegeError `UNFUNDABLE_TOKEN`, see {@link setTokenBalance} */
  async set(chain: Chain, token: Token, account: Address, amount: bigint): Promise<void> {
    const key = `${addressKey(token.address)} ${addressKey(account)}`;
    const known = this.#slots.get(key) ?? (await balanceSlot(chain, token, account, amount));
    this.#slots.set(key, known);
    await chain.setStorage(known.holder, known.slot, word(amount));
  }
}

/**
 * The slot is found, not assumed: the slots that `balanceOf(account)` reads are tried one by one, until overriding one of
 * them makes it return the wanted balance.
 */
async function balanceSlot(chain: Chain, token: Token, account: Address, amount: bigint): Promise<Slot> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [account] });
  const touched = await chain.touchedStorage(token.address, data);
  for (const [holder, slots] of touched) {
    for (const slot of slots) {
      if (await answersWith(chain, token.address, data, holder, slot, word(amount))) return { holder, slot };
    }
  }
  throw new SiegeError("UNFUNDABLE_TOKEN", {
    message: `No storage slot of ${token.symbol} (${token.address}) is the balance that an agent needs.`,
    hint: "Give the agents another asset as capital; balances of rebasing tokens cannot be set by writing storage.",
  });
}

function word(amount: bigint): Hex {
  return pad(numberToHex(amount), { size: 32 });
}

async function answersWith(
  chain: Chain,
  token: Address,
  data: Hex,
  holder: Address,
  slot: Hex,
  value: Hex,
): Promise<boolean> {
  try {
    return (await chain.callWithStorage(token, data, { holder, slot, value })) === value;
  } catch {
    // a proxy's implementation slot overwritten with an amount: not the slot that we are looking for
    return false;
  }
}
