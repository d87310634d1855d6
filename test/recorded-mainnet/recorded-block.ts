import type { Address, Hex, TransactionSerializable } from "viem";

import type { AccountState, StateBundle } from "../../src/engine/chain/state-upstream/state-bundle.js";

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import { numberToHex, pad, serializeTransaction } from "viem";

/** Beside the project, where there is one; data that is read in place and never copied. */
const FOLDER = new URL("../../../shared/recorded-state/mainnet-blocks/", import.meta.url);

/** Accounts that did not exist before a block and that only its contracts reach, never a transaction itself. */
const TOUCHED_INSIDE: Readonly<Record<number, readonly Address[]>> = {
  15_538_827: ["0x7031fc1384f466ed54d7be2a7afd9d57e46d61a6", "0x5217d327132c82de17582cabc927f0292524b67d"],
};

/** Whether the recorded blocks are on this machine. */
export function hasRecordedBlocks(): boolean {
  return existsSync(fileURLToPath(FOLDER));
}

/** A block as JSON-RPC gives it, with its transactions. */
export interface RecordedBlock {
  readonly number: number;
  readonly parentHash: Hex;
  readonly miner: Address;
  readonly timestamp: number;
  readonly gasLimit: bigint;
  readonly gasUsed: bigint;
  readonly receiptsRoot: Hex;
  readonly mixHash: Hex;
  /** `undefined` before London. */
  readonly baseFee: bigint | undefined;
  /** Signed, as they were sent, in the block's order. */
  readonly transactions: readonly { readonly hash: Hex; readonly raw: Hex }[];
  /** The block as JSON-RPC gives it. */
  readonly json: JsonBlock;
  /** The state after the block before, as far as this one touches it. */
  readonly before: StateBundle;
}

interface JsonTransaction {
  readonly hash: Hex;
  readonly from: Address;
  readonly type: Hex;
  readonly nonce: Hex;
  readonly to: Address | null;
  readonly value: Hex;
  readonly gas: Hex;
  readonly gasPrice: Hex;
  readonly maxFeePerGas?: Hex;
  readonly maxPriorityFeePerGas?: Hex;
  readonly input: Hex;
  readonly accessList?: readonly { readonly address: Address; readonly storageKeys: readonly Hex[] }[];
  readonly chainId?: Hex;
  readonly v: Hex;
  readonly r: Hex;
  readonly s: Hex;
}

type JsonBlock = Readonly<
  Record<"number" | "parentHash" | "timestamp" | "gasLimit" | "gasUsed" | "receiptsRoot" | "mixHash", Hex>
> & {
  readonly miner: Address;
  readonly baseFeePerGas?: Hex;
  readonly transactions: readonly JsonTransaction[];
};

type JsonState = Readonly<
  Record<
    Address,
    {
      readonly basic: { readonly balance: Hex; readonly nonce: number };
      readonly code_hash: Hex | null;
      readonly storage: Readonly<Record<Hex, Hex>>;
    }
  >
>;

type JsonCode = Readonly<Record<Hex, { readonly bytecode: Hex; readonly original_len: number }>>;

/** Reads a recorded block and the state before it. */
export function recordedBlock(number: number): RecordedBlock {
  // recorded data of known shapes; the tests that use them compare what comes out with the chain's own hashes
  const block = load(number, "block") as JsonBlock;
  const state = load(number, "pre_state") as JsonState;
  const held = accountsOf(state, load(number, "bytecodes") as JsonCode);
  return {
    number,
    parentHash: block.parentHash,
    miner: block.miner,
    timestamp: Number(block.timestamp),
    gasLimit: BigInt(block.gasLimit),
    gasUsed: BigInt(block.gasUsed),
    receiptsRoot: block.receiptsRoot,
    mixHash: block.mixHash,
    baseFee: block.baseFeePerGas === undefined ? undefined : BigInt(block.baseFeePerGas),
    json: block,
    transactions: block.transactions.map((transaction) => ({ hash: transaction.hash, raw: rawOf(transaction) })),
    before: {
      chainId: 1,
      block: parentOf(block),
      accounts: { ...notYet(number, block), ...held },
    },
  };
}

/**
 * The accounts that the block brings into being. The recording leaves out what did not exist (it holds slots that are
 * zero, but no empty account), so they are declared one by one and everything else that is not in it stays unknown.
 */
function notYet(number: number, { transactions }: JsonBlock): Readonly<Record<Address, AccountState>> {
  const empty: AccountState = { balance: "0x0", nonce: "0x0", code: "0x", storage: {} };
  const recipients = transactions.flatMap(({ to }) => (to === null ? [] : [to]));
  return Object.fromEntries(
    [...recipients, ...(TOUCHED_INSIDE[number] ?? [])].map((address) => [address.toLowerCase(), empty]),
  );
}

function load(number: number, name: string): unknown {
  const file = fileURLToPath(new URL(`${String(number)}/${name}.json.gz`, FOLDER));
  return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8"));
}

/** A header for the block before, of which only number and hash are recorded; what a block takes from it is pinned. */
function parentOf(block: JsonBlock): Readonly<Record<string, unknown>> {
  const zero = pad("0x", { size: 32 });
  return {
    number: numberToHex(Number(block.number) - 1),
    hash: block.parentHash,
    parentHash: zero,
    sha3Uncles: "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
    miner: block.miner,
    stateRoot: zero,
    transactionsRoot: zero,
    receiptsRoot: zero,
    logsBloom: pad("0x", { size: 256 }),
    difficulty: "0x0",
    totalDifficulty: "0x0",
    gasLimit: block.gasLimit,
    gasUsed: "0x0",
    timestamp: numberToHex(Number(block.timestamp) - 1),
    extraData: "0x",
    mixHash: zero,
    nonce: pad("0x", { size: 8 }),
    size: "0x0",
    ...(block.baseFeePerGas === undefined ? {} : { baseFeePerGas: block.baseFeePerGas }),
    transactions: [],
    uncles: [],
  };
}

function accountsOf(state: JsonState, codes: JsonCode): Readonly<Record<Address, AccountState>> {
  return Object.fromEntries(
    Object.entries(state).map(([address, { basic, code_hash: codeHash, storage }]) => [
      address.toLowerCase(),
      {
        balance: basic.balance,
        nonce: numberToHex(basic.nonce),
        code: codeHash === null ? "0x" : codeOf(codes, codeHash),
        storage: Object.fromEntries(
          Object.entries(storage).map(([slot, value]) => [
            // the recording leaves out leading zeros
            pad(slot as Hex, { size: 32 }),
            pad(value, { size: 32 }),
          ]),
        ),
      },
    ]),
  );
}

/** The recording pads code for the analysis of its jumps; `original_len` says where it ends. */
function codeOf(codes: JsonCode, hash: Hex): Hex {
  const code = codes[hash];
  if (code === undefined) throw new Error(`The recording has no code ${hash}.`);
  return code.bytecode.slice(0, 2 + code.original_len * 2) as Hex;
}

function rawOf(transaction: JsonTransaction): Hex {
  const { nonce, to, value, gas, gasPrice, input, accessList = [], v, r, s } = transaction;
  const common = {
    nonce: Number(nonce),
    ...(to === null ? {} : { to }),
    value: BigInt(value),
    gas: BigInt(gas),
    data: input,
  };
  // a legacy transaction without replay protection has no chain id in it
  const chainId = transaction.chainId === undefined ? undefined : Number(transaction.chainId);
  const withChain = chainId === undefined ? {} : { chainId };
  const byType: Record<string, () => TransactionSerializable> = {
    "0x0": () => ({ ...common, ...withChain, type: "legacy", gasPrice: BigInt(gasPrice) }),
    "0x1": () => ({ ...common, chainId: 1, type: "eip2930", gasPrice: BigInt(gasPrice), accessList }),
    "0x2": () => ({
      ...common,
      chainId: 1,
      type: "eip1559",
      maxFeePerGas: BigInt(transaction.maxFeePerGas ?? gasPrice),
      maxPriorityFeePerGas: BigInt(transaction.maxPriorityFeePerGas ?? gasPrice),
      accessList,
    }),
  };
  const make = byType[transaction.type];
  if (make === undefined) throw new Error(`Transactions of type ${transaction.type} are not recorded.`);
  return serializeTransaction(make(), {
    r,
    s,
    v: BigInt(v),
    ...(transaction.type === "0x0" ? {} : { yParity: Number(v) }),
  });
}
