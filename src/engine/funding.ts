import type { Address, Hex } from "viem";

import { encodeFunctionData, erc20Abi, numberToHex, pad } from "viem";

import type { Token } from "../protocols/protocol.js";
import type { Chain } from "./chain.js";

import { SiegeError } from "../errors.js";

/**
 * Gives an account a token balance by writing the token's storage. The total supply stays as it is: agents are few
 * and small against a real token's supply.
 *
 * The slot is found, not assumed: the slots that `balanceOf(account)` reads are tried one by one until overriding one
 * of them changes the answer to the balance asked for.
 *
 * @throws SiegeError `UNFUNDABLE_TOKEN` where no single slot is the balance (rebasing tokens, packed balances)
 */
export async function setTokenBalance(chain: Chain, token: Token, account: Address, amount: bigint): Promise<void> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [account] });
  const value = pad(numberToHex(amount), { size: 32 });
  const touched = await chain.touchedStorage(token.address, data);
  for (const [holder, slots] of touched) {
    for (const slot of slots) {
      if (await answersWith(chain, token.address, data, holder, slot, value)) {
        await chain.setStorage(holder, slot, value);
        return;
      }
    }
  }
  throw new SiegeError("UNFUNDABLE_TOKEN", {
    message: `No storage slot of ${token.symbol} (${token.address}) is the balance that an agent needs.`,
    hint: "Give the agents another asset as capital; rebasing tokens cannot be handed out by writing storage.",
  });
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
    // a proxy's implementation slot overwritten with an amount: not the slot that we look for
    return false;
  }
}
