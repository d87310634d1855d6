import type { Address, Hex } from "viem";

import type { BlockEnvironment, Header } from "../chain.js";
import type { Provider } from "../rpc.js";
import type { LaneChannel } from "./channel.js";

import { keccak256, numberToHex } from "viem";

import { SiegeError } from "../../../errors.js";
import { addressKey } from "../../../quantity/address.js";
import { BLOCK_BUILDER } from "../chain.js";

import { COMMANDS } from "./commands.js";

/** A snapshot, and what the frame that it began has changed that does not come back when it is reverted. */
interface Frame {
  readonly id: Hex;
  /** The block of the moment. */
  readonly head: Head;
  /** What accounts had before they were given something: what a cheatcode deals stays. */
  readonly balances: Map<Address, bigint>;
  /** The code of accounts before they were given another: the EVM only knows accounts that get their first code. */
  readonly codes: Map<Address, Hex>;
}

type Head = Pick<Header, "number" | "timestamp"> & Pick<BlockEnvironment, "baseFee" | "prevRandao">;

type Method = (params: readonly unknown[]) => Promise<unknown>;

/**
 * The part of a chain's JSON-RPC that runs use between their blocks, for a lane in the Solidity test runner. Anything else is
 * refused as an infrastructure fault: such a run has to be played elsewhere.
 */
export class LaneProvider implements Provider {
  readonly #channel: LaneChannel;
  readonly #chainId: number;
  readonly #gasLimit: bigint;
  readonly #frames: Frame[] = [];
  #head: Head;
  #taken = 0;
  /** Why nothing can be asked any more. */
  #fault: Error | undefined;

  constructor(channel: LaneChannel, chainId: number, { number, timestamp, gasLimit }: Header) {
    this.#channel = channel;
    this.#chainId = chainId;
    this.#gasLimit = gasLimit;
    this.#head = { number, timestamp, baseFee: 0n, prevRandao: "0x" };
  }

  /** The number of the block that comes next. */
  get coming(): number {
    return this.#head.number + 1;
  }

  /** Called with every block that is played. */
  mined({ timestamp, baseFee, prevRandao }: BlockEnvironment): void {
    this.#head = { number: this.coming, timestamp, baseFee, prevRandao };
  }

  async request({ method, params = [] }: { readonly method: string; readonly params?: unknown[] }): Promise<unknown> {
    const answer = this.#methods[method];
    if (answer === undefined) throw cannot(method);
    if (this.#fault !== undefined) throw this.#fault;
    return answer(params);
  }

  /** Sends a command, unless the test has ended: what it knew of the state is lost then. */
  async #ask(command: Hex): Promise<Hex> {
    try {
      return await this.#channel.ask(command);
    } catch (error) {
      this.#fault ??= error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  /**
   * Sends commands that have no result. Whatever is asked next comes behind them, so nobody has to wait: half of the time of a
   * short run was that of its snapshots. Should the test end meanwhile, the next request says so.
   */
  #tell(commands: readonly Hex[]): void {
    for (const command of commands) {
      this.#ask(command).catch(() => {
        // it is the fault that is kept
      });
    }
  }

  readonly #methods: Readonly<Record<string, Method>> = {
    eth_chainId: async () => numberToHex(this.#chainId),
    evm_snapshot: async () => this.#snapshot(),
    evm_revert: async ([id]) => this.#revert(id as Hex),
    evm_setNextBlockTimestamp: async () => true,
    hardhat_setPrevRandao: async () => true,
    hardhat_mine: async ([blocks, interval]) => {
      const count = Number(blocks);
      const { number, timestamp, ...rest } = this.#head;
      this.#head = { ...rest, number: number + count, timestamp: timestamp + count * Number(interval) };
      return true;
    },
    hardhat_setCode: async ([account, code]) => this.#setCode(account as Address, code as Hex),
    hardhat_setStorageAt: async ([account, slot, value]) =>
      this.#ask(COMMANDS.setStorage(account as Address, BigInt(slot as Hex), BigInt(value as Hex))).then(() => true),
    hardhat_setBalance: async ([account, wei]) => this.#setBalance(account as Address, BigInt(wei as Hex)),
    eth_getCode: async ([account]) => (await this.#account(account as Address)).code,
    eth_getBalance: async ([account]) => numberToHex((await this.#account(account as Address)).balance),
    eth_getTransactionCount: async ([account]) => numberToHex((await this.#account(account as Address)).nonce),
    eth_getStorageAt: async ([account, slot]) => this.#ask(COMMANDS.storage(account as Address, BigInt(slot as Hex))),
    eth_getBlockByNumber: async ([block]) => {
      if (block !== "latest") throw cannot("eth_getBlockByNumber of an earlier block");
      return this.#header();
    },
    eth_call: async ([call, , overrides]) => {
      if (overrides !== undefined) throw cannot("eth_call with overrides");
      const { to, data } = call as { readonly to: Address; readonly data: Hex };
      const answer = await this.#ask(COMMANDS.call(to, data));
      if (answer.slice(2, 4) === "01") return `0x${answer.slice(4)}`;
      throw Object.assign(new Error("execution reverted"), { code: 3 });
    },
  };

  async #account(account: Address): Promise<{ readonly balance: bigint; readonly nonce: number; readonly code: Hex }> {
    const answer = await this.#ask(COMMANDS.account(account));
    return {
      balance: BigInt(answer.slice(0, 66)),
      nonce: Number(`0x${answer.slice(66, 130)}`),
      code: `0x${answer.slice(130)}`,
    };
  }

  async #snapshot(): Promise<Hex> {
    const id = numberToHex(++this.#taken);
    this.#frames.push({ id, head: this.#head, balances: new Map(), codes: new Map() });
    this.#tell([COMMANDS.snapshot(this.#frames.length)]);
    return id;
  }

  async #revert(id: Hex): Promise<boolean> {
    const at = this.#frames.findIndex((frame) => frame.id === id);
    const frames = at === -1 ? [] : this.#frames.splice(at);
    const [first] = frames;
    if (first === undefined) return false;
    this.#head = first.head;
    // of two that changed the same, the earlier one knows how it was
    const earliest = frames.toReversed();
    const balances = new Map(earliest.flatMap((frame) => [...frame.balances]));
    const codes = [...new Map(earliest.flatMap((frame) => [...frame.codes]))].filter(([, code]) => code !== "0x");
    const outer = this.#frames.at(-1);
    for (const [account, code] of codes) if (outer?.codes.has(account) === false) outer.codes.set(account, code);
    this.#tell([
      COMMANDS.revert(at + 1),
      ...[...balances].map(([account, wei]) => COMMANDS.setBalance(account, wei)),
      ...codes.map(([account, code]) => COMMANDS.setCode(account, code)),
    ]);
    return true;
  }

  async #setBalance(account: Address, wei: bigint): Promise<boolean> {
    const balances = this.#frames.at(-1)?.balances;
    const key = addressKey(account);
    if (balances?.has(key) === false) balances.set(key, (await this.#account(account)).balance);
    await this.#ask(COMMANDS.setBalance(account, wei));
    return true;
  }

  async #setCode(account: Address, code: Hex): Promise<boolean> {
    const { code: before } = await this.#account(account);
    if (before === code) return true;
    const codes = this.#frames.at(-1)?.codes;
    const key = addressKey(account);
    if (codes?.has(key) === false) codes.set(key, before);
    await this.#ask(COMMANDS.setCode(account, code));
    return true;
  }

  #header(): object {
    const { number, timestamp, baseFee, prevRandao } = this.#head;
    return {
      number: numberToHex(number),
      // of no block that anybody could ask for
      hash: keccak256(numberToHex(number)),
      timestamp: numberToHex(timestamp),
      gasLimit: numberToHex(this.#gasLimit),
      mixHash: prevRandao,
      baseFeePerGas: numberToHex(baseFee),
      miner: BLOCK_BUILDER,
    };
  }
}

function cannot(what: string): SiegeError {
  return new SiegeError("RPC_FAILED", {
    message: `A lane in the Solidity test runner cannot do ${what}.`,
    hint: "Nothing was concluded from this run; please report it with the scenario.",
  });
}
