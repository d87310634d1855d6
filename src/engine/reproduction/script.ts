import type { Hex } from "viem";

import type { BlockEnvironment, Chain, EmptyBlocks } from "../chain/chain.js";
import type { LensCall } from "../chain/lens.js";
import type { Log, Transaction } from "../chain/transaction.js";

import { concatHex, keccak256, stringToHex } from "viem";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";

/** What a transaction of a script did when it was recorded. */
interface ScriptReceipt {
  readonly success: boolean;
  readonly gasUsed: bigint;
  /** keccak-256 of the address, topics and data of all its logs. */
  readonly logs: Hex;
}

/** One block of a script. */
export interface ScriptBlock {
  /** Empty blocks before it. */
  readonly empty?: EmptyBlocks;
  readonly environment: BlockEnvironment;
  readonly transactions: readonly Transaction[];
  readonly receipts: readonly ScriptReceipt[];
}

/**
 * A run at the level of the chain: blocks with pinned environments, transactions, and the read that the condition was judged
 * on, with its result. Playing it takes neither the scenario nor its code: a run with the same receipts and the same last
 * read, byte for byte, gets the same verdict.
 */
export interface Script {
  readonly blocks: readonly ScriptBlock[];
  readonly read: LensCall;
  readonly answer: Hex;
}

/** Sees a script being played. */
export interface ScriptWatcher {
  /** Called after each transaction of a block was sent, before the block is mined. */
  sent?(place: { readonly block: number; readonly transaction: number }): Promise<void>;
  /** Called after a block was mined, with its transactions in order. */
  mined?(block: number, hashes: readonly Hex[]): Promise<void>;
}

/** Where a run differed from its script. */
export interface Divergence {
  /** Counted from 1. */
  readonly block: number;
  readonly what: string;
}

/**
 * Plays a script on a chain at its base.
 *
 * @param watcher - is told blocks and transactions by their index, counted from 0
 * @returns where it first differed from the recording, or `undefined` if nothing did
 */
export async function playScript(
  chain: Chain,
  script: Script,
  watcher: ScriptWatcher = {},
): Promise<Divergence | undefined> {
  const senders = new Set(script.blocks.flatMap(({ transactions }) => transactions.map(({ from }) => from)));
  for (const sender of senders) await chain.impersonate(sender);
  for (const [index, { empty, environment, transactions, receipts }] of script.blocks.entries()) {
    const block = index + 1;
    if (empty !== undefined) await chain.pass(empty, environment.prevRandao);
    await chain.prepareBlock(environment);
    const hashes: Hex[] = [];
    for (const [at, transaction] of transactions.entries()) {
      const sent = await chain.send(transaction);
      if ("refused" in sent) return { block, what: `a transaction was refused: ${sent.refused}` };
      hashes.push(sent.hash);
      await watcher.sent?.({ block: index, transaction: at });
    }
    await chain.mine();
    for (const [at, hash] of hashes.entries()) {
      const what = difference(await receiptOf(chain, hash), receipts[at]);
      if (what !== undefined) return { block, what: `transaction ${at + 1} ${what}` };
    }
    await watcher.mined?.(index, hashes);
  }
  const answer = await chain.read(script.read);
  return answer === script.answer
    ? undefined
    : { block: script.blocks.length, what: "the state that the condition was judged on is different" };
}

/** Plays a script to its end, whatever its transactions do: other code may stand where it was recorded. */
export async function playThrough(chain: Chain, { blocks, read }: Script): Promise<void> {
  const senders = new Set(blocks.flatMap(({ transactions }) => transactions.map(({ from }) => from)));
  for (const sender of senders) await chain.impersonate(sender);
  for (const { empty, environment, transactions } of blocks) {
    if (empty !== undefined) await chain.pass(empty, environment.prevRandao);
    await chain.prepareBlock(environment);
    for (const transaction of transactions) await chain.send(transaction);
    await chain.mine();
  }
  await chain.read(read);
}

/** The receipt of a mined transaction, as scripts keep it. */
export async function receiptOf(chain: Chain, hash: Hex): Promise<ScriptReceipt> {
  const receipt = await chain.receipt(hash);
  if (receipt === undefined) {
    throw new SiegeError("RPC_INVALID_RESPONSE", {
      message: `Transaction ${hash} was accepted but is in no block.`,
      hint: "Its block was full; lower the gas limits of the scenario's agents.",
    });
  }
  return { success: receipt.success, gasUsed: receipt.gasUsed, logs: hashLogs(receipt.logs) };
}

function hashLogs(logs: readonly Log[]): Hex {
  return keccak256(
    concatHex(logs.map((log) => keccak256(stringToHex([addressKey(log.address), ...log.topics, log.data].join(" "))))),
  );
}

function difference(now: ScriptReceipt, then: ScriptReceipt | undefined): string | undefined {
  if (then === undefined) return "was not recorded";
  if (now.success !== then.success)
    return now.success ? "succeeded, but reverted when recorded" : "reverted, but succeeded when recorded";
  if (now.gasUsed !== then.gasUsed) return `used ${now.gasUsed} gas, but ${then.gasUsed} when recorded`;
  if (now.logs !== then.logs) return "emitted different logs";
  return undefined;
}
