import type { Address, Hex } from "viem";

import type { BlockHeader, StateBundle } from "../../src/engine/chain/state-upstream/state-bundle.js";

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import { numberToHex, pad } from "viem";

/** Beside the project, where there is one; data that is read in place and never copied. */
const FOLDER = new URL("../../../shared/recorded-state/attacks/", import.meta.url);

export type AttackName = "onyx-18476512" | "cream-13125070" | "earningfarm-15746199" | "rikkei-bsc-16956473";

/** Whether the recorded attacks are on this machine. */
export function hasRecordedAttacks(): boolean {
  return existsSync(fileURLToPath(FOLDER));
}

interface JsonMeta {
  readonly chainId: number;
  readonly block: number;
}

interface JsonCache {
  readonly accounts: Readonly<Record<Address, JsonAccount>>;
  readonly storage: Readonly<Record<Address, Readonly<Record<Hex, Hex>>>>;
}

interface JsonAccount {
  readonly balance: Hex;
  readonly nonce: number;
  readonly code: { readonly LegacyAnalyzed: { readonly bytecode: Hex; readonly original_len: number } };
}

/** The state that an attack touched, one block before it. */
export function recordedAttack(name: AttackName): StateBundle {
  // recorded data of known shapes
  const { chainId } = JSON.parse(readFileSync(fileOf(name, "meta.json"), "utf8")) as JsonMeta;
  const { result } = unzipped(name, "block.json.gz") as { readonly result: BlockHeader };
  const { accounts, storage } = unzipped(name, "foundry-cache.json.gz") as JsonCache;
  return {
    chainId,
    block: { ...result, transactions: [], uncles: [], withdrawals: undefined, withdrawalsRoot: undefined },
    accounts: Object.fromEntries(
      Object.entries(accounts).map(([address, { balance, nonce, code }]) => [
        address.toLowerCase(),
        { balance, nonce: numberToHex(nonce), code: codeOf(code), storage: slotsOf(storage[address as Address]) },
      ]),
    ),
  };
}

function fileOf(name: AttackName, file: string): string {
  return fileURLToPath(new URL(`${name}/${file}`, FOLDER));
}

function unzipped(name: AttackName, file: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(fileOf(name, file))).toString("utf8"));
}

/** The recording pads code for the analysis of its jumps; `original_len` says where it ends. */
function codeOf({ LegacyAnalyzed: { bytecode, original_len: length } }: JsonAccount["code"]): Hex {
  return bytecode.slice(0, 2 + length * 2) as Hex;
}

function slotsOf(slots: Readonly<Record<Hex, Hex>> = {}): Readonly<Record<Hex, Hex>> {
  return Object.fromEntries(
    Object.entries(slots).map(([slot, value]) => [pad(slot as Hex, { size: 32 }), pad(value, { size: 32 })]),
  );
}
