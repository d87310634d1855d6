import type { Address, Hex } from "viem";

import type { ContractCall } from "../protocols/call.js";
import type { BlockEnvironment, Chain, Transaction } from "./chain.js";

import { encodeCall } from "../protocols/call.js";

/** A call with its sender and fee, in its place in a block. */
export interface PlacedCall {
  /** The agent's name, or the feed's. */
  readonly sender: string;
  readonly from: Address;
  readonly call: ContractCall;
  /** wei a gas */
  readonly tip: bigint;
  readonly gas: bigint;
}

/** What became of a call: a transaction, or a refusal by the mempool with its reason. */
export type Inclusion = { readonly hash: Hex; readonly transaction: Transaction } | { readonly refused: string };

/** Turns the ordered calls of a block into a mined block. */
export interface Executor {
  execute(environment: BlockEnvironment, calls: readonly PlacedCall[]): Promise<readonly Inclusion[]>;
}

/**
 * One transaction a call. The order is exact under both of EDR's mempool orders: calls are sent in order, and each
 * offers at least one wei a gas less than the one before it.
 */
export class FaithfulExecutor implements Executor {
  readonly #chain: Chain;

  constructor(chain: Chain) {
    this.#chain = chain;
  }

  async execute(environment: BlockEnvironment, calls: readonly PlacedCall[]): Promise<readonly Inclusion[]> {
    await this.#chain.prepareBlock(environment);
    const inclusions: Inclusion[] = [];
    for (const [index, { from, call, tip, gas }] of calls.entries()) {
      const fee = tip + BigInt(calls.length - index);
      const transaction: Transaction = {
        from,
        to: call.to,
        data: encodeCall(call),
        value: call.value ?? 0n,
        gas,
        maxFeePerGas: environment.baseFee + fee,
        maxPriorityFeePerGas: fee,
      };
      const sent = await this.#chain.send(transaction);
      inclusions.push("refused" in sent ? sent : { hash: sent.hash, transaction });
    }
    await this.#chain.mine();
    return inclusions;
  }
}
