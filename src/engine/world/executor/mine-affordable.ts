import type { Hex } from "viem";

import type { Chain } from "../../chain/chain.js";
import type { Transaction } from "../../chain/transaction.js";

import { upfrontCost } from "../../chain/transaction.js";

/** What became of a transaction on its way into the block. */
export type Sent = { readonly hash: Hex } | { readonly refused: string };

/** Why a builder leaves out a transaction that the mempool took. */
const UNPAID = "Sender doesn't have enough funds at its place in the block";

/**
 * Sends transactions in order and mines them. One that its sender cannot pay for before the block is refused by the mempool;
 * one that its sender can no longer pay for at its place, because of what it has spent in the same block, is left out, as any
 * builder does.
 */
export async function mineAffordable(chain: Chain, transactions: readonly Transaction[]): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (const transaction of transactions) sent.push(await chain.send(transaction));
  // a block that cannot be mined leaves everything as it was, so the mempool is only looked through when one cannot
  for (let unpaid = await chain.mineIfPaid(); unpaid !== undefined; unpaid = await chain.mineIfPaid()) {
    const { cost } = unpaid;
    const at = sent.findIndex((one, index) => {
      const transaction = transactions[index];
      return "hash" in one && transaction !== undefined && upfrontCost(transaction) === cost;
    });
    // a transaction from somewhere else, such as the user's own mempool
    if (at === -1) throw unpaid.error;
    await withoutOne(chain, transactions, sent, at);
  }
  return sent;
}

/** Takes a transaction out of the mempool, and sends those behind it again: their place and their nonces follow from it. */
async function withoutOne(chain: Chain, transactions: readonly Transaction[], sent: Sent[], at: number): Promise<void> {
  for (const one of sent.slice(at)) if ("hash" in one) await chain.drop(one.hash);
  sent[at] = { refused: UNPAID };
  for (const [index, transaction] of transactions.entries()) {
    const one = sent[index];
    if (index > at && one !== undefined && "hash" in one) sent[index] = await chain.send(transaction);
  }
}
