import type { Address, Hex } from "viem";

import type { AccountState } from "../chain/state-upstream/state-bundle.js";
import type { ForkSnapshot } from "./fork-snapshot.js";

import { numberToHex, pad } from "viem";

import { SiegeError } from "../../errors.js";
import { hex, record } from "../chain/rpc.js";

import { blockOf } from "./fork-snapshot.js";

/** A node to compare with. */
export interface Node {
  /** All that may be printed of it. */
  readonly host: string;
  /** @throws SiegeError `RPC_FAILED` */
  request(method: string, params: readonly unknown[]): Promise<unknown>;
}

/** Something of which the node says something else than the snapshot. */
export interface Difference {
  readonly address: Address;
  /** A slot, or what else an account has. */
  readonly of: "balance" | "nonce" | "code" | Hex;
  readonly held: Hex;
  readonly actual: Hex;
}

/** What comparing a snapshot with a node showed. */
export interface Verification {
  readonly accounts: number;
  readonly slots: number;
  /** In the order of the accounts. */
  readonly differences: readonly Difference[];
}

/** Accounts that are asked about at a time; a client puts their requests into batches. */
const AT_A_TIME = 16;

/**
 * Compares everything that a snapshot holds with what a node says of that block.
 *
 * @throws SiegeError `SNAPSHOT_MISMATCH` if the node serves another chain, or has not that block; `RPC_FAILED`
 */
export async function verifySnapshot(snapshot: ForkSnapshot, node: Node): Promise<Verification> {
  const { state } = snapshot;
  await requireSameBlock(snapshot, node);
  const accounts = Object.entries(state.accounts) as [Address, AccountState][];
  const differences: Difference[] = [];
  for (let at = 0; at < accounts.length; at += AT_A_TIME) {
    const some = accounts.slice(at, at + AT_A_TIME);
    const found = await Promise.all(some.map((account) => differencesIn(account, blockOf(snapshot), node)));
    differences.push(...found.flat());
  }
  const slots = accounts.reduce((sum, [, { storage }]) => sum + Object.keys(storage).length, 0);
  return { accounts: accounts.length, slots, differences };
}

async function requireSameBlock(snapshot: ForkSnapshot, node: Node): Promise<void> {
  const { chainId, block } = snapshot.state;
  const served = Number(hex("eth_chainId", await node.request("eth_chainId", [])));
  if (served !== chainId) {
    throw new SiegeError("SNAPSHOT_MISMATCH", {
      message: `The snapshot is of chain ${chainId}, but ${node.host} serves chain ${served}.`,
      hint: `Name a node of chain ${chainId} with --rpc.`,
    });
  }
  const number = blockOf(snapshot);
  const there = await node.request("eth_getBlockByNumber", [numberToHex(number), false]);
  const hash = there === null ? undefined : hex("eth_getBlockByNumber", record("eth_getBlockByNumber", there).hash);
  if (hash === block.hash) return;
  throw new SiegeError("SNAPSHOT_MISMATCH", {
    message: `The snapshot is of block ${number} with the hash ${String(block.hash)}, but ${node.host} ${hash === undefined ? "has no block of that number" : `has ${hash} there`}.`,
    hint: "The node may lag behind, or the chain was reorganised: take the snapshot again, of a block that is final.",
  });
}

async function differencesIn(
  [address, { balance, nonce, code, storage }]: readonly [Address, AccountState],
  number: number,
  node: Node,
): Promise<readonly Difference[]> {
  const block = numberToHex(number);
  const asked: readonly (readonly [Difference["of"], Hex, string, readonly unknown[]])[] = [
    ["balance", balance, "eth_getBalance", [address, block]],
    ["nonce", nonce, "eth_getTransactionCount", [address, block]],
    ["code", code, "eth_getCode", [address, block]],
    ...(Object.entries(storage) as [Hex, Hex][]).map(
      ([slot, value]) => [slot, value, "eth_getStorageAt", [address, slot, block]] as const,
    ),
  ];
  const answers = await Promise.all(
    asked.map(async ([of, held, method, params]) => {
      const answer = hex(method, await node.request(method, params));
      // nodes differ in how they write a word
      const actual = method === "eth_getStorageAt" ? pad(answer, { size: 32 }) : answer;
      return actual.toLowerCase() === held.toLowerCase() ? undefined : { address, of, held, actual };
    }),
  );
  return answers.filter((one) => one !== undefined);
}
