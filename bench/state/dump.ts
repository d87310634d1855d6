import type { EthereumProvider } from "hardhat/types/providers";
import type { Address, Hex } from "viem";

import type { MiniMainnetSource } from "../../test/mini-mainnet/fork-source.js";
import type { Fork } from "../../test/mini-mainnet/fork.js";

import { numberToHex } from "viem";

/** An account in the genesis file format, which `vm.loadAllocs` takes. */
export interface Alloc {
  readonly balance: Hex;
  readonly nonce: Hex;
  readonly code?: Hex;
  readonly storage?: Readonly<Record<Hex, Hex>>;
}

export type Allocs = Readonly<Record<Address, Alloc>>;

/** All touched slots, by account. */
export type Touched = Map<Address, Set<Hex>>;

/** The prestate tracer's report of an account. */
type Traced = Readonly<Record<Address, { readonly storage?: Readonly<Record<Hex, Hex>> }>>;

const ZERO = numberToHex(0, { size: 32 });

/** The accounts and slots that every transaction of a range of blocks read or wrote. */
export async function touchedBy(request: Request, blocks: readonly [first: number, last: number]): Promise<Touched> {
  const touched: Touched = new Map();
  for (let number = blocks[0]; number <= blocks[1]; number++) {
    const block = (await request("eth_getBlockByNumber", [numberToHex(number), true])) as {
      readonly transactions: readonly { readonly hash: Hex }[];
    };
    for (const { hash } of block.transactions) {
      // reads, and writes: slots that it was the first to write are only in the difference
      const before = (await request("debug_traceTransaction", [hash, { tracer: "prestateTracer" }])) as Traced;
      const difference = (await request("debug_traceTransaction", [
        hash,
        { tracer: "prestateTracer", tracerConfig: { diffMode: true } },
      ])) as { readonly pre: Traced; readonly post: Traced };
      for (const traced of [before, difference.pre, difference.post]) add(touched, traced);
    }
  }
  return touched;
}

/** JSON-RPC. */
export type Request = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** JSON-RPC to an endpoint. */
export function requestTo(url: string): Request {
  return async (method, params) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    const { result, error } = (await response.json()) as { readonly result?: unknown; readonly error?: object };
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  };
}

/** JSON-RPC to a chain of this process. */
export function requestOf(provider: EthereumProvider): Request {
  return async (method, params): Promise<unknown> => provider.request({ method, params: [...params] });
}

/**
 * Records the slots and the accounts that cheats write on a fork from now on: no transaction contains them.
 *
 * A connection's provider is a single object, so its requests are recorded whoever makes them.
 */
export function noteCheats({ connection }: Fork<MiniMainnetSource>, touched: Touched): void {
  const { provider } = connection;
  const original = provider.request.bind(provider);
  provider.request = async (asked): Promise<unknown> => {
    const { method, params } = asked as { readonly method: string; readonly params?: readonly unknown[] };
    if (method === "hardhat_setStorageAt" || method === "hardhat_setBalance") {
      const [account, slot] = params as readonly [Address, Hex];
      slotsOf(touched, account).add(method === "hardhat_setStorageAt" ? wordOf(slot) : ZERO);
    }
    return original(asked);
  };
}

/** The present state of the touched accounts. */
export async function allocsOf(request: Request, touched: Touched): Promise<Allocs> {
  const allocs: Record<Address, Alloc> = {};
  for (const [account, slots] of [...touched].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const storage: Record<Hex, Hex> = {};
    for (const slot of [...slots].sort()) {
      const value = (await request("eth_getStorageAt", [account, slot, "latest"])) as Hex;
      if (BigInt(value) !== 0n) storage[slot] = value;
    }
    const code = (await request("eth_getCode", [account, "latest"])) as Hex;
    allocs[account] = {
      balance: (await request("eth_getBalance", [account, "latest"])) as Hex,
      nonce: (await request("eth_getTransactionCount", [account, "latest"])) as Hex,
      ...(code === "0x" ? {} : { code }),
      ...(Object.keys(storage).length === 0 ? {} : { storage }),
    };
  }
  return allocs;
}

export function merge(...all: readonly Touched[]): Touched {
  const merged: Touched = new Map();
  for (const touched of all) {
    for (const [account, slots] of touched) for (const slot of slots) slotsOf(merged, account).add(slot);
    for (const account of touched.keys()) slotsOf(merged, account);
  }
  return merged;
}

function add(touched: Touched, traced: Traced): void {
  for (const [account, { storage = {} }] of Object.entries(traced) as [Address, Traced[Address]][]) {
    const slots = slotsOf(touched, account);
    for (const slot of Object.keys(storage)) slots.add(wordOf(slot as Hex));
  }
}

function slotsOf(touched: Touched, account: Address): Set<Hex> {
  const key = account.toLowerCase() as Address;
  const slots = touched.get(key) ?? new Set<Hex>();
  touched.set(key, slots);
  return slots;
}

function wordOf(slot: Hex): Hex {
  return numberToHex(BigInt(slot), { size: 32 });
}
