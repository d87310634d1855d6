import type { Address, Hex } from "viem";

import type { BlockEnvironment, Header } from "../chain.js";
import type { Provider } from "../rpc.js";
import type { LaneChannel } from "./channel.js";

import { keccak256, numberToHex } from "viem";

import { SiegeError } from "../../../errors.js";
import { addressKey } from "../../../quantity/address.js";
import { BLOCK_BUILDER } from "../chain.js";

import { COMMANDS } from "./commands.js";

/** A snapshot, and what the frame that it began has changed for good. */
interface Frame {
  readonly id: Hex;
  /** The block of the moment. */
  readonly head: Head;
  /** What accounts had before they were given something: the EVM does not revert what is dealt. */
  readonly dealt: Map<Address, bigint>;
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
    return answer(params);
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
    hardhat_setCode: async ([account, code]) =>
      this.#channel.ask(COMMANDS.setCode(account as Address, code as Hex)).then(() => true),
    hardhat_setStorageAt: async ([account, slot, value]) =>
      this.#channel
        .ask(COMMANDS.setStorage(account as Address, BigInt(slot as Hex), BigInt(value as Hex)))
        .then(() => true),
    hardhat_setBalance: async ([account, wei]) => this.#setBalance(account as Address, BigInt(wei as Hex)),
    eth_getCode: async ([account]) => (await this.#account(account as Address)).code,
    eth_getBalance: async ([account]) => numberToHex((await this.#account(account as Address)).balance),
    eth_getTransactionCount: async ([account]) => numberToHex((await this.#account(account as Address)).nonce),
    eth_getStorageAt: async ([account, slot]) =>
      this.#channel.ask(COMMANDS.storage(account as Address, BigInt(slot as Hex))),
    eth_getBlockByNumber: async ([block]) => {
      if (block !== "latest") throw cannot("eth_getBlockByNumber of an earlier block");
      return this.#header();
    },
    eth_call: async ([call, , overrides]) => {
      if (overrides !== undefined) throw cannot("eth_call with overrides");
      const { to, data } = call as { readonly to: Address; readonly data: Hex };
      const answer = await this.#channel.ask(COMMANDS.call(to, data));
      if (answer.slice(2, 4) === "01") return `0x${answer.slice(4)}`;
      throw Object.assign(new Error("execution reverted"), { code: 3 });
    },
  };

  async #account(account: Address): Promise<{ readonly balance: bigint; readonly nonce: number; readonly code: Hex }> {
    const answer = await this.#channel.ask(COMMANDS.account(account));
    return {
      balance: BigInt(answer.slice(0, 66)),
      nonce: Number(`0x${answer.slice(66, 130)}`),
      code: `0x${answer.slice(130)}`,
    };
  }

  async #snapshot(): Promise<Hex> {
    const id = numberToHex(++this.#taken);
    this.#frames.push({ id, head: this.#head, dealt: new Map() });
    await this.#channel.ask(COMMANDS.snapshot(this.#frames.length));
    return id;
  }

  async #revert(id: Hex): Promise<boolean> {
    const at = this.#frames.findIndex((frame) => frame.id === id);
    const [first, ...later] = at === -1 ? [] : this.#frames.splice(at);
    if (first === undefined) return false;
    this.#head = first.head;
    const asked = [this.#channel.ask(COMMANDS.revert(at + 1))];
    const before = new Map([...later.toReversed(), first].flatMap(({ dealt }) => [...dealt]));
    for (const [account, wei] of before) asked.push(this.#channel.ask(COMMANDS.setBalance(account, wei)));
    await Promise.all(asked);
    return true;
  }

  async #setBalance(account: Address, wei: bigint): Promise<boolean> {
    const dealt = this.#frames.at(-1)?.dealt;
    if (dealt !== undefined && !dealt.has(addressKey(account))) {
      dealt.set(addressKey(account), (await this.#account(account)).balance);
    }
    await this.#channel.ask(COMMANDS.setBalance(account, wei));
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
