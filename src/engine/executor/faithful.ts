import type { Address } from "viem";

import type { BlockEnvironment, Chain, Transaction } from "../chain.js";
import type { Observation } from "../observation.js";
import type { CallResult, ExecutedBlock, Executor, Inclusion, PlacedCall } from "./executor.js";

import { encodeCall } from "../../protocols/call.js";

/** What the faithful executor needs of a world. */
export interface FaithfulParameters {
  readonly chain: Chain;
  readonly observe: () => Promise<Observation>;
  /** Makes an account's transactions possible. */
  readonly impersonate: (account: Address) => Promise<void>;
}

/**
 * One transaction a call. The order is exact under both of EDR's mempool orders: calls are sent in order, and each
 * offers at least one wei a gas less than the one before it.
 */
export class FaithfulExecutor implements Executor {
  readonly kind = "faithful";
  readonly #parameters: FaithfulParameters;

  constructor(parameters: FaithfulParameters) {
    this.#parameters = parameters;
  }

  async execute(environment: BlockEnvironment, calls: readonly PlacedCall[]): Promise<ExecutedBlock> {
    const { chain, observe, impersonate } = this.#parameters;
    await chain.prepareBlock(environment);
    const inclusions: Inclusion[] = [];
    const fees = descending(calls.map(({ tip }) => tip));
    for (const [index, { from, call, gas }] of calls.entries()) {
      await impersonate(from);
      const fee = fees[index] ?? 0n;
      const transaction: Transaction = {
        from,
        to: call.to,
        data: encodeCall(call),
        value: call.value ?? 0n,
        gas,
        maxFeePerGas: environment.baseFee + fee,
        maxPriorityFeePerGas: fee,
      };
      const sent = await chain.send(transaction);
      inclusions.push(
        "refused" in sent
          ? { kind: "refused", reason: sent.refused }
          : { kind: "transaction", hash: sent.hash, transaction },
      );
    }
    await chain.mine();
    return { inclusions, observation: await observe() };
  }

  async results(inclusions: readonly Inclusion[]): Promise<readonly (CallResult | undefined)[]> {
    const results: (CallResult | undefined)[] = [];
    for (const inclusion of inclusions) {
      results.push(inclusion.kind === "transaction" ? await this.#parameters.chain.result(inclusion.hash) : undefined);
    }
    return results;
  }
}

/**
 * Fees of which each is above the next and above its tip. A call that a builder put before a better paying one pays as much
 * as that one: a fee order is the only order that every mempool keeps.
 */
function descending(tips: readonly bigint[]): readonly bigint[] {
  let next = 0n;
  return tips
    .toReversed()
    .map((tip) => {
      next = (tip > next ? tip : next) + 1n;
      return next;
    })
    .toReversed();
}
