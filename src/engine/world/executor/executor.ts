import type { Address, Hex } from "viem";

import type { FlowOutcome } from "../../../order-flow/interference.js";
import type { PlacedTransaction } from "../../../order-flow/interleave.js";
import type { ContractCall } from "../../../protocols/call.js";
import type { BlockEnvironment, Log, Transaction } from "../../chain/chain.js";
import type { Observation } from "../observation.js";

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

/** What a call did. */
export interface CallResult {
  readonly success: boolean;
  /** What it answered or reverted with; of long answers the first 4,096 bytes. */
  readonly returned: Hex;
}

/** What became of a call: refused by the mempool, a transaction of its own, or a part of the block's only one. */
export type Inclusion =
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "transaction"; readonly hash: Hex; readonly transaction: Transaction }
  | ({ readonly kind: "batched"; readonly hash: Hex } & BatchedCall);

/** A block that was mined. */
export interface ExecutedBlock {
  /** One for each call, in order. */
  readonly inclusions: readonly Inclusion[];
  /** What became of the recorded transactions, in their order. */
  readonly flow: readonly FlowOutcome[];
  /** All transactions of the block, in their order, with their hashes; none where calls are batched. */
  readonly mined: readonly { readonly hash: Hex; readonly transaction: Transaction }[];
  /** The state after it. */
  readonly observation: Observation;
}

/**
 * Turns the ordered calls of a block into a mined block, and reads the state after it. There are two: the faithful one
 * (`faithful.ts`), whose word is final, and the batched one (`batched.ts`), which explores.
 */
export interface Executor {
  readonly kind: "faithful" | "batched";
  /** @param flow - recorded transactions between them; the batched executor takes none */
  execute(
    environment: BlockEnvironment,
    calls: readonly PlacedCall[],
    flow?: readonly PlacedTransaction[],
  ): Promise<ExecutedBlock>;
  /** What the calls of an executed block did, in order; `undefined` for those that were refused. */
  results(inclusions: readonly Inclusion[]): Promise<readonly (CallResult | undefined)[]>;
}

/** What the Sequencer logged of one call. */
export interface BatchedCall {
  readonly result: CallResult;
  readonly gasUsed: bigint;
  /** The logs of the call's contracts. */
  readonly logs: readonly Log[];
}
