import type { Address } from "viem";
import type { Hex } from "viem";

import type { BlockEnvironment, Chain } from "../../chain/chain.js";
import type { Observation } from "../observation.js";
import type { CallReceipt, CallResult, ExecutedBlock, Executor, Inclusion, PlacedCall } from "./executor.js";

import { packBlock, receiptsOf, refusalOf, resultsOf, SEQUENCER_ADDRESS, unpackBlock, UNPAID } from "./batch.js";

/** The sender of the blocks of batched worlds: their `tx.origin`. */
export const BLOCK_SENDER: Address = "0x00000000000000000000000000000051e6eb10c6";

/** More than the gas limit of any block; the underlying world has no limit of its own. */
const BLOCK_GAS = 1_000_000_000n;

/** What the batched executor needs of a world. */
interface BatchedParameters {
  readonly chain: Chain;
  /** Makes an observation of the batched read's result. */
  readonly observation: (answer: Hex) => Observation;
  /** Reads the state, for worlds without a plan in their state. */
  readonly observe: () => Promise<Observation>;
  /** Makes an account a puppet. */
  readonly enlist: (account: Address) => Promise<void>;
}

/**
 * The calls of a block and the read after them in one transaction, through puppets at the senders' addresses.
 *
 * It agrees with the faithful executor (a property test over all fixtures) except for what a call can see of its
 * sender and its transaction: `tx.origin` and the gas price are the same for all, senders have code, fees are not paid,
 * slots touched by an earlier call of the block are warm, and transient storage outlives calls. Its
 * findings are therefore only candidates; the faithful executor decides.
 */
export class BatchedExecutor implements Executor {
  readonly kind = "batched";
  readonly #parameters: BatchedParameters;

  constructor(parameters: BatchedParameters) {
    this.#parameters = parameters;
  }

  async execute(environment: BlockEnvironment, calls: readonly PlacedCall[]): Promise<ExecutedBlock> {
    const { chain, observation, observe, enlist } = this.#parameters;
    const refusals = calls.map(refusalOf);
    const included = calls.filter((_call, index) => refusals[index] === undefined);
    for (const { from } of included) await enlist(from);
    const { hash, logs } = await chain.mineAtOnce(environment, {
      from: BLOCK_SENDER,
      to: SEQUENCER_ADDRESS,
      data: packBlock(included, environment.baseFee),
      value: 0n,
      gas: BLOCK_GAS,
      maxFeePerGas: environment.baseFee,
      maxPriorityFeePerGas: 0n,
    });
    const answer = unpackBlock(logs, included.length);
    let next = 0;
    const inclusions = refusals.map((reason): Inclusion => {
      const call = reason === undefined ? answer.calls[next++] : undefined;
      return call === undefined ? { kind: "refused", reason: reason ?? UNPAID } : { kind: "batched", hash, ...call };
    });
    return {
      inclusions,
      flow: [],
      mined: [],
      observation: answer.read === undefined ? await observe() : observation(answer.read),
    };
  }

  async receipts(inclusions: readonly Inclusion[]): Promise<readonly (CallReceipt | undefined)[]> {
    return receiptsOf(inclusions);
  }

  async results(inclusions: readonly Inclusion[]): Promise<readonly (CallResult | undefined)[]> {
    return resultsOf(inclusions);
  }
}
