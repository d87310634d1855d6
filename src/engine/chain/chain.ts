import type { Address, Hex } from "viem";

import type { LensCall } from "./lens.js";
import type { Opcode } from "./opcodes.js";
import type { Provider } from "./rpc.js";
import type { Accesses, CallFrame, TracedCall } from "./traces.js";
import type { Log, Receipt, Transaction } from "./transaction.js";
import type { Patience, Upstream } from "./upstream.js";

import { numberToHex, zeroAddress } from "viem";

import { SiegeError } from "../../errors.js";

import { opcodesIn, STACK_ONLY } from "./opcodes.js";
import { hex, messageOf, nonsense, record, Rpc } from "./rpc.js";
import { callFrame, callsIn, delegatesIn, PRESTATE, slotsIn, storageOf } from "./traces.js";
import { parametersOf } from "./transaction.js";
import { PATIENCE } from "./upstream.js";

/** Milliseconds between blocks that a chain mines by itself, `0` for off, or a range from which each pause is drawn. */
export type IntervalMining = number | readonly [min: number, max: number];

/** The header fields that the engine uses. */
export interface Header {
  readonly number: number;
  readonly hash: Hex;
  readonly timestamp: number;
  readonly gasLimit: bigint;
}

/** A part of the state that a call sees differently: a storage slot, or the native coin of an account. */
export interface Replacement {
  readonly holder: Address;
  /** `undefined`: its native coin. */
  readonly slot: Hex | undefined;
  readonly value: bigint;
}

/** The pinned fields of a block, so that the same transactions give the same block. */
export interface BlockEnvironment {
  readonly timestamp: number;
  readonly baseFee: bigint;
  readonly prevRandao: Hex;
}

/** Empty blocks, one after the other. */
export interface EmptyBlocks {
  /** How many, at least 1. */
  readonly blocks: number;
  /** The timestamp of the first. */
  readonly first: number;
  /** Seconds between them. */
  readonly interval: number;
}

/** Why a block cannot be mined: the first transaction in it whose sender cannot pay for it at its place. */
export interface Unpaid {
  /** The transaction's {@link upfrontCost}: EDR names neither the transaction nor its sender. */
  readonly cost: bigint;
  /** The fault, for those to whom the transaction says nothing. */
  readonly error: unknown;
}

/** What replaces accounts' code and native coin while a call runs. */
export type AccountOverrides = Readonly<Record<Address, { readonly code?: Hex; readonly balance?: Hex }>>;

/** How much of a call's return data is kept, bytes. contracts/Sequencer.sol holds the same constant. */
const MAX_RETURNED = 4_096;

/** Gas of a look ahead: the most that EDR grants a call (EIP-7825). */
export const AHEAD_GAS = 16_777_216n;

/** Gas of a view function, with room for proxies and indices. */
const VIEW_GAS = 3_000_000n;

/** The most blocks that EDR makes at once when it is asked to mine them. */
const MADE_AT_ONCE = 6;

/** In how many blocks time passes where EDR makes each: a tenth of a second and 8 MB. */
export const MOST_MADE = 1_200;

/** Version 0 with a denominator and an elasticity, or 1 with a minimum besides: https://specs.optimism.io/protocol/holocene/exec-engine.html */
const FEE_PARAMETERS = /^0x(00[0-9a-f]{16}|01[0-9a-f]{32})$/i;

/** The builder of every run's blocks, so that `block.coinbase` is the same wherever a run is played. */
export const BLOCK_BUILDER: Address = "0x00000000000000000000000000000051e6eb10c5";

/**
 * A simulated chain. The only file that speaks JSON-RPC: everything else says what it means with these methods.
 * Faults of the chain are `RPC_FAILED`; a response of the wrong type for its method is `RPC_INVALID_RESPONSE`.
 */
export class Chain {
  readonly #upstream: Upstream | undefined;
  readonly #rpc: Rpc;
  #feeParameters: Promise<boolean> | undefined;

  /** @param upstream - the endpoint that the chain forks from, if it does: its faults are waited for, and it is named in errors */
  constructor(provider: Provider, upstream?: Upstream, patience: Patience = PATIENCE) {
    this.#upstream = upstream;
    this.#rpc = new Rpc(provider, upstream, patience);
  }

  /**
   * Makes sure that the endpoint still serves the chain that was forked: another chain's state would be read as this one's. An
   * endpoint that does not answer is none that serves another chain.
   *
   * @throws SiegeError `RPC_INVALID_RESPONSE`
   */
  async requireSameUpstream(): Promise<void> {
    if (this.#upstream === undefined) return;
    const served = await this.#upstream.chainId().catch(() => undefined);
    if (served === undefined) return;
    const { forkedNetwork } = record("hardhat_metadata", await this.#rpc.request("hardhat_metadata"));
    const { chainId } = record("hardhat_metadata", forkedNetwork);
    if (chainId === served) return;
    throw new SiegeError("RPC_INVALID_RESPONSE", {
      message: `The RPC endpoint ${this.#upstream.host} serves chain ${served} now, but the network was forked from chain ${String(chainId)}.`,
      hint: "Open the connection anew, or check the endpoint's URL; nothing was concluded from this campaign.",
    });
  }

  async snapshot(): Promise<Hex> {
    return hex("evm_snapshot", await this.#rpc.request("evm_snapshot"));
  }

  /** Reverts to a snapshot, which consumes it. */
  async revert(snapshot: Hex): Promise<void> {
    if ((await this.#rpc.request("evm_revert", [snapshot])) !== true) {
      throw new SiegeError("INTERNAL", {
        message: `Snapshot ${snapshot} no longer exists.`,
        hint: "The connection was reverted during a campaign; do not use it elsewhere meanwhile.",
      });
    }
  }

  async isAutomining(): Promise<boolean> {
    return (await this.#rpc.request("hardhat_getAutomine")) === true;
  }

  async setAutomine(on: boolean): Promise<void> {
    await this.#rpc.request("evm_setAutomine", [on]);
  }

  async setIntervalMining(interval: IntervalMining): Promise<void> {
    await this.#rpc.request("evm_setIntervalMining", [interval]);
  }

  async setCoinbase(account: Address): Promise<void> {
    await this.#rpc.request("hardhat_setCoinbase", [account]);
  }

  async impersonate(account: Address): Promise<void> {
    await this.#rpc.request("hardhat_impersonateAccount", [account]);
  }

  async stopImpersonating(account: Address): Promise<void> {
    await this.#rpc.request("hardhat_stopImpersonatingAccount", [account]);
  }

  async setBalance(account: Address, wei: bigint): Promise<void> {
    await this.#rpc.request("hardhat_setBalance", [account, numberToHex(wei)]);
  }

  async setCode(account: Address, code: Hex): Promise<void> {
    await this.#rpc.request("hardhat_setCode", [account, code]);
  }

  async setStorage(account: Address, slot: Hex, value: Hex): Promise<void> {
    // the method takes the slot as a quantity, without leading zeros
    await this.#rpc.request("hardhat_setStorageAt", [account, numberToHex(BigInt(slot)), value]);
  }

  async code(account: Address): Promise<Hex> {
    return hex("eth_getCode", await this.#rpc.request("eth_getCode", [account, "latest"]));
  }

  /** Balance, nonce and code of an account at the latest state. */
  async account(account: Address): Promise<{ readonly balance: Hex; readonly nonce: Hex; readonly code: Hex }> {
    const [balance, nonce, code] = await Promise.all([
      this.#rpc.request("eth_getBalance", [account, "latest"]),
      this.#rpc.request("eth_getTransactionCount", [account, "latest"]),
      this.code(account),
    ]);
    return { balance: hex("eth_getBalance", balance), nonce: hex("eth_getTransactionCount", nonce), code };
  }

  /** How many transactions an account has sent or, of a contract, how many contracts it has created and one. */
  async nonce(account: Address): Promise<number> {
    return Number(
      hex("eth_getTransactionCount", await this.#rpc.request("eth_getTransactionCount", [account, "latest"])),
    );
  }

  async storage(account: Address, slot: Hex): Promise<Hex> {
    return hex("eth_getStorageAt", await this.#rpc.request("eth_getStorageAt", [account, slot, "latest"]));
  }

  async chainId(): Promise<number> {
    return Number(hex("eth_chainId", await this.#rpc.request("eth_chainId")));
  }

  /** Whether the chain began as a copy of another. */
  async isFork(): Promise<boolean> {
    return (await this.forkedFrom()) !== undefined;
  }

  /** The id of the chain that this one began as a copy of; `undefined` if it is none. */
  async forkedFrom(): Promise<number | undefined> {
    const { forkedNetwork } = record("hardhat_metadata", await this.#rpc.request("hardhat_metadata"));
    if (forkedNetwork === undefined || forkedNetwork === null) return undefined;
    const { chainId } = record("hardhat_metadata", forkedNetwork);
    if (typeof chainId === "number") return chainId;
    throw nonsense("hardhat_metadata", forkedNetwork);
  }

  /**
   * Who has sent transactions here, not on the chain that it was forked from: the latest first, each once.
   *
   * @param most - how many blocks are looked through, and how many senders are enough
   */
  async localSenders(most: { readonly blocks: number; readonly senders: number }): Promise<readonly Address[]> {
    const { forkedNetwork } = record("hardhat_metadata", await this.#rpc.request("hardhat_metadata"));
    const { forkBlockNumber = 0 } = (forkedNetwork ?? {}) as { readonly forkBlockNumber?: number };
    const { number } = await this.latest();
    const senders = new Set<Address>();
    for (let block = number; block > Math.max(forkBlockNumber, number - most.blocks); block--) {
      const header = await this.#rpc.request("eth_getBlockByNumber", [numberToHex(block), true]);
      const { transactions } = record("eth_getBlockByNumber", header);
      if (!Array.isArray(transactions)) throw nonsense("eth_getBlockByNumber", transactions);
      for (const transaction of transactions.toReversed()) {
        const { from } = record("eth_getBlockByNumber", transaction);
        // the node returns addresses in this form
        senders.add(hex("eth_getBlockByNumber", from));
        if (senders.size >= most.senders) return [...senders];
      }
    }
    return [...senders];
  }

  async latest(): Promise<Header> {
    const block = await this.#rpc.request("eth_getBlockByNumber", ["latest", false]);
    const { number, hash, timestamp, gasLimit } = record("eth_getBlockByNumber", block);
    return {
      number: Number(hex("eth_getBlockByNumber", number)),
      hash: hex("eth_getBlockByNumber", hash),
      timestamp: Number(hex("eth_getBlockByNumber", timestamp)),
      gasLimit: BigInt(hex("eth_getBlockByNumber", gasLimit)),
    };
  }

  /** The header of the latest block as the chain returned it, for a reproduction. */
  async latestRaw(): Promise<Readonly<Record<string, unknown>>> {
    return record("eth_getBlockByNumber", await this.#rpc.request("eth_getBlockByNumber", ["latest", false]));
  }

  /** The header of an older block, or `undefined` if the chain has no block of that number. */
  async rawHeader(blockNumber: number): Promise<Readonly<Record<string, unknown>> | undefined> {
    const block = await this.#rpc.request("eth_getBlockByNumber", [numberToHex(blockNumber), false]);
    return block === null ? undefined : record("eth_getBlockByNumber", block);
  }

  /**
   * Runs the Lens on the latest state.
   *
   * @param at - or on the state of the coming block, if the mempool were mined now
   */
  async read(lens: LensCall, at: "latest" | "pending" = "latest"): Promise<Hex> {
    const { to, data, gas, overrides } = lens;
    const more = Object.keys(overrides).length === 0 ? [] : [overrides];
    return hex("eth_call", await this.#rpc.request("eth_call", [{ to, data, gas }, at, ...more]));
  }

  /** The calls that a mined transaction made, as a tree. Executes it once more. */
  async callTreeOf(transaction: Hex): Promise<CallFrame> {
    const trace = await this.#rpc.request("debug_traceTransaction", [transaction, { tracer: "callTracer" }]);
    return callFrame("debug_traceTransaction", trace);
  }

  /** The storage that a mined transaction touched, and what of it it changed. Executes it twice more. */
  async accessesOf(transaction: Hex): Promise<Accesses> {
    const trace = async (options: object): Promise<unknown> =>
      this.#rpc.request("debug_traceTransaction", [transaction, options]);
    const before = storageOf("debug_traceTransaction", await trace(PRESTATE));
    const { pre, post } = record(
      "debug_traceTransaction",
      await trace({ ...PRESTATE, tracerConfig: { diffMode: true } }),
    );
    // a slot that becomes zero is only in `pre`
    const changed = [pre, post].map((state) => slotsIn(storageOf("debug_traceTransaction", state)));
    return { touched: slotsIn(before), written: new Set(changed.flatMap((slots) => [...slots])) };
  }

  /**
   * A call on the state before the coming block, that sees the block's number, time and prevrandao; the base fee is 0, as in
   * every call. What it sees stays pinned for the next block.
   */
  async ahead(
    { timestamp, prevRandao }: Pick<BlockEnvironment, "timestamp" | "prevRandao">,
    { to, data, overrides }: Omit<LensCall, "gas" | "overrides"> & { readonly overrides: AccountOverrides },
  ): Promise<Hex> {
    await Promise.all([
      this.#rpc.request("evm_setNextBlockTimestamp", [numberToHex(timestamp)]),
      this.#rpc.request("hardhat_setPrevRandao", [prevRandao]),
    ]);
    const more = Object.keys(overrides).length === 0 ? [] : [overrides];
    // an explicit sender: contracts see it as tx.origin, and each connection has another by default
    const call = { from: zeroAddress, to, data, gas: numberToHex(AHEAD_GAS) };
    return hex("eth_call", await this.#rpc.request("eth_call", [call, "pending", ...more]));
  }

  /**
   * A plain call on the latest state with some of it replaced, to find out where a contract keeps a number.
   *
   * @returns `undefined` if it reverts
   */
  async callWith(to: Address, data: Hex, replaced: readonly Replacement[]): Promise<Hex | undefined> {
    const overrides = replaced.map((one) => [
      one.holder,
      one.slot === undefined
        ? { balance: numberToHex(one.value) }
        : { stateDiff: { [one.slot]: numberToHex(one.value, { size: 32 }) } },
    ]);
    const params = [{ to, data, gas: numberToHex(VIEW_GAS) }, "latest", Object.fromEntries(overrides)];
    try {
      return hex("eth_call", await this.#rpc.ask("eth_call", params));
    } catch (error) {
      if (isRevert(error)) return undefined;
      throw this.#rpc.failed("eth_call", error);
    }
  }

  /** What a call at the latest state returns; `undefined` if it reverts. */
  async call(to: Address, data: Hex): Promise<Hex | undefined> {
    // traced: eth_call reports a revert and a failing upstream in the same way
    const { output, error } = await this.#traceCall(to, data, { onlyTopCall: true });
    if (error !== undefined) return undefined;
    return output === undefined ? "0x" : hex("debug_traceCall", output);
  }

  /** How a call at the latest state ends, with the gas that a transaction would take; without the calls that it makes. */
  async tried(to: Address, data: Hex): Promise<Pick<CallFrame, "gasUsed" | "output" | "reverted">> {
    return callFrame("debug_traceCall", await this.#traceCall(to, data, { onlyTopCall: true }));
  }

  /** The contracts whose code a call at the latest state runs in place of the called contract's, outermost first. */
  async delegatesOf(to: Address, data: Hex): Promise<readonly Address[]> {
    const { calls } = await this.#traceCall(to, data, {});
    return delegatesIn(calls, data);
  }

  async #traceCall(to: Address, data: Hex, tracerConfig: object): Promise<Readonly<Record<string, unknown>>> {
    const options = { tracer: "callTracer", tracerConfig };
    return record("debug_traceCall", await this.#rpc.request("debug_traceCall", [{ to, data }, "latest", options]));
  }

  /** Storage slots with their values, by account, that a call at the latest state touches. */
  async touchedStorage(to: Address, data: Hex): Promise<ReadonlyMap<Address, ReadonlyMap<Hex, bigint>>> {
    const storage = storageOf(
      "debug_traceCall",
      await this.#rpc.request("debug_traceCall", [{ to, data }, "latest", PRESTATE]),
    );
    return new Map(
      [...storage].map(([account, slots]) => [
        account,
        new Map([...slots].map(([slot, value]) => [slot, BigInt(hex("debug_traceCall", value))])),
      ]),
    );
  }

  /** Storage slots, by account, that a mined transaction touched. */
  async storageTouchedBy(transaction: Hex): Promise<ReadonlyMap<Address, readonly Hex[]>> {
    const trace = await this.#rpc.request("debug_traceTransaction", [transaction, PRESTATE]);
    const storage = storageOf("debug_traceTransaction", trace);
    return new Map([...storage].map(([account, slots]) => [account, [...slots.keys()]]));
  }

  /**
   * Puts a transaction into the mempool.
   *
   * @returns its hash, or the reason why the node refused it
   */
  async send(transaction: Transaction): Promise<{ readonly hash: Hex } | { readonly refused: string }> {
    const params = [parametersOf(transaction)];
    try {
      return { hash: hex("eth_sendTransaction", await this.#rpc.ask("eth_sendTransaction", params)) };
    } catch (error) {
      if (isRefusal(error)) return { refused: messageOf(error) };
      throw this.#rpc.failed("eth_sendTransaction", error);
    }
  }

  /** The hashes of the latest block's transactions, in block order. */
  async latestTransactions(): Promise<readonly Hex[]> {
    const block = await this.#rpc.request("eth_getBlockByNumber", ["latest", false]);
    const { transactions } = record("eth_getBlockByNumber", block);
    if (!Array.isArray(transactions)) throw nonsense("eth_getBlockByNumber", transactions);
    return transactions.map((hash) => hex("eth_getBlockByNumber", hash));
  }

  /** Drops a pending transaction from the mempool. */
  async drop(transaction: Hex): Promise<void> {
    await this.#rpc.request("hardhat_dropTransaction", [transaction]);
  }

  /** Pins the environment of the next block. */
  async prepareBlock({ timestamp, prevRandao, baseFee }: BlockEnvironment): Promise<void> {
    // they are independent, and latency is most of the cost of a small request
    await Promise.all([
      this.#rpc.request("evm_setNextBlockTimestamp", [numberToHex(timestamp)]),
      this.#rpc.request("hardhat_setPrevRandao", [prevRandao]),
      this.#rpc.request("hardhat_setNextBlockBaseFeePerGas", [numberToHex(baseFee)]),
    ]);
  }

  /** Sets the prevrandao from which the chain goes on by itself, each value the hash of the one before. */
  async setPrevRandao(next: Hex): Promise<void> {
    await this.#rpc.request("hardhat_setPrevRandao", [next]);
  }

  /**
   * Lets time pass in empty blocks. Tens of thousands take no longer than one, as the chain makes them when they are asked for. On
   * OP Stack chains since Holocene it has to make each of them: there, a long time passes in {@link MOST_MADE} blocks.
   *
   * @param next - prevrandao from which the chain goes on afterwards
   */
  async pass(empty: EmptyBlocks, next: Hex): Promise<void> {
    this.#feeParameters ??= this.#hasFeeParameters();
    if (await this.#feeParameters) {
      await this.#passMaking(empty);
    } else {
      await this.#passIn(empty);
    }
    await this.setPrevRandao(next);
  }

  async #passIn({ blocks, first, interval }: EmptyBlocks): Promise<void> {
    await this.#rpc.request("evm_setNextBlockTimestamp", [numberToHex(first)]);
    await this.#rpc.request("hardhat_mine", [numberToHex(blocks), numberToHex(interval)]);
  }

  /** EDR ends the process when a block that has these parameters follows one that it has not made yet. */
  async #passMaking({ blocks, first, interval }: EmptyBlocks): Promise<void> {
    const made = Math.min(blocks, MOST_MADE);
    const apart = made === blocks ? interval : Math.floor(((blocks - 1) * interval) / (made - 1));
    for (let passed = 0; passed < made; passed += MADE_AT_ONCE) {
      const part = { blocks: Math.min(MADE_AT_ONCE, made - passed), first: first + passed * apart };
      await this.#passIn({ ...part, interval: apart });
    }
  }

  /** Whether each block says in its `extraData` how the next one's base fee follows from it, as on OP Stack chains since Holocene. */
  async #hasFeeParameters(): Promise<boolean> {
    const { extraData } = await this.latestRaw();
    return typeof extraData === "string" && FEE_PARAMETERS.test(extraData);
  }

  /** Mines the mempool into one block. */
  async mine(): Promise<void> {
    const unpaid = await this.mineIfPaid();
    if (unpaid !== undefined) throw unpaid.error;
  }

  /**
   * Mines the mempool into one block if all senders can pay for their transactions at their places in it. Otherwise nothing
   * happens: mempool and pinned fields stay as they are (measured).
   *
   * @returns `undefined` if the block was mined
   */
  async mineIfPaid(): Promise<Unpaid | undefined> {
    try {
      await this.#rpc.request("evm_mine");
      return undefined;
    } catch (error) {
      const cost = error instanceof Error ? UNPAID.exec(messageOf(error.cause))?.[1] : undefined;
      if (cost === undefined) throw error;
      return { cost: BigInt(cost), error };
    }
  }

  /**
   * Mines a block of one transaction, on a chain with automine whose prevrandao goes on by itself.
   *
   * @returns its hash and its logs
   */
  async mineAtOnce(
    environment: BlockEnvironment,
    transaction: Transaction,
  ): Promise<{ readonly hash: Hex; readonly logs: readonly Log[] }> {
    await Promise.all([
      this.#rpc.request("evm_setNextBlockTimestamp", [numberToHex(environment.timestamp)]),
      this.#rpc.request("hardhat_setNextBlockBaseFeePerGas", [numberToHex(environment.baseFee)]),
    ]);
    const hash = hex(
      "eth_sendTransaction",
      await this.#rpc.request("eth_sendTransaction", [parametersOf(transaction)]),
    );
    const receipt = await this.receipt(hash);
    if (receipt?.success === true) return { hash, logs: receipt.logs };
    throw new SiegeError("INTERNAL", {
      message: `The transaction of a batched block ${receipt === undefined ? "was not mined" : "reverted"}.`,
      hint: 'Search with { executor: "faithful" } and report this with the scenario.',
    });
  }

  /** The return data of a mined transaction. Executes it once more. */
  async result(transaction: Hex): Promise<{ readonly success: boolean; readonly returned: Hex }> {
    const trace = record(
      "debug_traceTransaction",
      await this.#rpc.request("debug_traceTransaction", [
        transaction,
        { tracer: "callTracer", tracerConfig: { onlyTopCall: true } },
      ]),
    );
    const returned = trace.output === undefined ? "0x" : hex("debug_traceTransaction", trace.output);
    return { success: trace.error === undefined, returned: `0x${returned.slice(2, 2 + 2 * MAX_RETURNED)}` };
  }

  /** The accounts of which a mined transaction changed storage or native coin. Executes it once more. */
  async changedBy(transaction: Hex): Promise<readonly { readonly account: Address; readonly storage: boolean }[]> {
    const options = { ...PRESTATE, tracerConfig: { diffMode: true } };
    const { post } = record(
      "debug_traceTransaction",
      await this.#rpc.request("debug_traceTransaction", [transaction, options]),
    );
    return Object.entries(record("debug_traceTransaction", post)).map(([account, change]) => ({
      // the tracer's keys are addresses
      account: account as Address,
      storage: "storage" in record("debug_traceTransaction", change),
    }));
  }

  /** The calls of a mined transaction, its own first. Executes it once more. */
  async callsOf(transaction: Hex): Promise<readonly TracedCall[]> {
    return callsIn(await this.#rpc.request("debug_traceTransaction", [transaction, { tracer: "callTracer" }]));
  }

  /** The instructions of a mined transaction. Executes it once more. */
  async opcodesOf(transaction: Hex): Promise<readonly Opcode[]> {
    const trace = await this.#rpc.request("debug_traceTransaction", [transaction, STACK_ONLY]);
    return opcodesIn("debug_traceTransaction", trace);
  }

  /** The gas that a call on the latest state takes. */
  async gasOfCall({ to, data, gas }: Pick<LensCall, "to" | "data" | "gas">): Promise<bigint> {
    const options = { tracer: "callTracer", tracerConfig: { onlyTopCall: true } };
    const trace = await this.#rpc.request("debug_traceCall", [{ to, data, gas }, "latest", options]);
    const { gasUsed } = record("debug_traceCall", trace);
    return BigInt(hex("debug_traceCall", gasUsed));
  }

  /** The instructions of a call on the latest state. Nothing in the state can be replaced for it. */
  async opcodesOfCall({ to, data, gas }: Pick<LensCall, "to" | "data" | "gas">): Promise<readonly Opcode[]> {
    const trace = await this.#rpc.request("debug_traceCall", [{ to, data, gas }, "latest", STACK_ONLY]);
    return opcodesIn("debug_traceCall", trace);
  }

  async receipt(transaction: Hex): Promise<Receipt | undefined> {
    const answer = await this.#rpc.request("eth_getTransactionReceipt", [transaction]);
    if (answer === null) return undefined;
    const { status, gasUsed, logs } = record("eth_getTransactionReceipt", answer);
    return {
      success: status === "0x1",
      gasUsed: BigInt(hex("eth_getTransactionReceipt", gasUsed)),
      // the node returns logs in this form for every receipt
      logs: logs as Log[],
    };
  }
}

/** How EDR says that a transaction in a block cannot be paid for. */
const UNPAID = /^Sender doesn't have enough funds to send tx\. The max upfront cost is: (\d+)/;

/**
 * How EDR's mempool refuses a transaction. The error code (-32000) is also that of a failing
 * upstream, so only these messages count as refusals; everything else is a fault of the chain.
 */
const REFUSALS = [/^Sender doesn't have enough funds/, /^Transaction gas limit is/, /^Transaction requires at least/];

function isRefusal(error: unknown): boolean {
  return error instanceof Error && REFUSALS.some((refusal) => refusal.test(error.message));
}

/** The code of an execution that failed; an upstream that fails has others. EDR has none for a lack of gas. */
function isRevert(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === 3) || error.message.startsWith("Transaction ran out of gas");
}
