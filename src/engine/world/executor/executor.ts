import type { Address, Hex } from "viem";

import type { FlowOutcome } from "../../../order-flow/interference.js";
import type { PlacedTransaction } from "../../../order-flow/interleave.js";
import type { ContractCall } from "../../../protocols/call.js";
import type { BlockEnvironment } from "../../chain/chain.js";
import type { Log, Transaction } from "../../chain/transaction.js";
import type { Observation } from "../observation.js";

/** A call with its sender and fee, at its position in a block. */
export interface PlacedCall {
  /** The agent's name, or the feed's. */
  readonly sender: string;
  readonly from: Address;
  readonly call: ContractCall;
  /** wei per unit of gas */
  readonly tip: bigint;
  readonly gas: bigint;
}

/** The outcome of a call. */
export interface CallResult {
  readonly success: boolean;
  /** Its return or revert data; the first 4,096 bytes of longer data. */
  readonly returned: Hex;
}

/** What a call left behind. */
export interface CallReceipt {
  readonly success: boolean;
  /** Of a batched call without what a transaction costs before it runs. */
  readonly gasUsed: bigint;
  readonly logs: readonly Log[];
}

/** What became of a call: refused by the mempool, a transaction of its own, or part of the block's only transaction. */
export type Inclusion =
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "transaction"; readonly hash: Hex; readonly transaction: Transaction }
  | ({ readonly kind: "batched"; readonly hash: Hex } & BatchedCall);

/** A block that was mined. */
export interface ExecutedBlock {
  /** One for each call, in order. */
  readonly inclusions: readonly Inclusion[];
  /** The outcomes of the recorded transactions, in their order. */
  readonly flow: readonly FlowOutcome[];
  /** All transactions of the block, in their order, with their hashes; none if calls are batched. */
  readonly mined: readonly { readonly hash: Hex; readonly transaction: Transaction }[];
  /** The state after it. */
  readonly observation: Observation;
}

/**
 * Turns the ordered calls of a block into a mined block, and reads the state after it. There are two: the faithful one
 * (`faithful.ts`), which has the final say, and the batched one (`batched.ts`), which explores.
 */
export interface Executor {
  readonly kind: "faithful" | "batched" | "solidity";
  /** @param flow - recorded transactions between them; the batched executor accepts none */
  execute(
    environment: BlockEnvironment,
    calls: readonly PlacedCall[],
    flow?: readonly PlacedTransaction[],
  ): Promise<ExecutedBlock>;
  /** Whether an executed block's calls succeeded, and their logs; `undefined` for those that were refused. */
  receipts(inclusions: readonly Inclusion[]): Promise<readonly (CallReceipt | undefined)[]>;
  /** The outcomes of an executed block's calls, in order; `undefined` for those that were refused. */
  results(inclusions: readonly Inclusion[]): Promise<readonly (CallResult | undefined)[]>;
}

/** The Sequencer's log of one call. */
export interface BatchedCall {
  readonly result: CallResult;
  readonly gasUsed: bigint;
  /** The logs of the call's contracts. */
  readonly logs: readonly Log[];
  /** What its sender paid for gas, wei; absent if nothing. */
  readonly fee?: bigint;
}
