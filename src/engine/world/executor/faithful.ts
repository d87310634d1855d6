import type { Address, Hex } from "viem";

import type { FlowEnd, FlowOutcome } from "../../../order-flow/interference.js";
import type { PlacedTransaction } from "../../../order-flow/interleave.js";
import type { RecordedTransaction } from "../../../order-flow/recorded.js";
import type { BlockEnvironment, Chain } from "../../chain/chain.js";
import type { Transaction } from "../../chain/transaction.js";
import type { Observation } from "../observation.js";
import type { CallReceipt, CallResult, ExecutedBlock, Executor, Inclusion, PlacedCall } from "./executor.js";
import type { Sent } from "./mine-affordable.js";

import { encodeCall } from "../../../protocols/call.js";

import { descending } from "./fees.js";
import { mineAffordable } from "./mine-affordable.js";

/** What the faithful executor needs of a world. */
interface FaithfulParameters {
  readonly chain: Chain;
  readonly observe: () => Promise<Observation>;
  /** Lets an account send transactions. */
  readonly impersonate: (account: Address) => Promise<void>;
}

/**
 * One transaction per call. The order is exact under both of EDR's mempool orders: calls are sent in order, and each
 * offers at least one wei per unit of gas less than the one before it.
 */
export class FaithfulExecutor implements Executor {
  readonly kind = "faithful";
  readonly #parameters: FaithfulParameters;

  constructor(parameters: FaithfulParameters) {
    this.#parameters = parameters;
  }

  async execute(
    environment: BlockEnvironment,
    calls: readonly PlacedCall[],
    flow: readonly PlacedTransaction[] = [],
  ): Promise<ExecutedBlock> {
    const { chain, observe, impersonate } = this.#parameters;
    await chain.prepareBlock(environment);
    const queue = queued(calls, flow, environment.baseFee);
    for (const { transaction } of queue) await impersonate(transaction.from);
    const ends = await mineAffordable(
      chain,
      queue.map(({ transaction }) => transaction),
    );
    const sent = queue.flatMap((entry, index) => {
      const end = ends[index];
      return end === undefined ? [] : [{ ...entry, ...end }];
    });
    // a scenario's calls fit into the block that was built for them; between recorded transactions there may be no room
    const left = flow.length === 0 ? new Set<Hex>() : await this.#leftOut(sent);
    const accepted = sent.flatMap((entry) => ("hash" in entry && !left.has(entry.hash) ? [entry] : []));
    const inclusions = sent.flatMap((entry): Inclusion[] => {
      if (entry.recorded !== undefined) return [];
      if ("refused" in entry) return [{ kind: "refused", reason: entry.refused }];
      const { hash, transaction } = entry;
      return [left.has(hash) ? { kind: "refused", reason: FULL } : { kind: "transaction", hash, transaction }];
    });
    const outcomes: FlowOutcome[] = [];
    for (const entry of sent) {
      if (entry.recorded === undefined) continue;
      const { hash, from, to } = entry.recorded;
      outcomes.push({ hash, from, to, end: await this.#endOf(entry, left) });
    }
    return {
      inclusions,
      flow: outcomes,
      mined: accepted.map(({ hash, transaction }) => ({ hash, transaction })),
      observation: await observe(),
    };
  }

  /** Removes unmined transactions from the mempool, so that no later block includes them. */
  async #leftOut(sent: readonly Sent[]): Promise<ReadonlySet<Hex>> {
    const { chain } = this.#parameters;
    const left = new Set<Hex>();
    // a transaction without a receipt would be looked up at the upstream
    const mined = new Set(await chain.latestTransactions());
    for (const entry of sent) {
      if ("refused" in entry || mined.has(entry.hash)) continue;
      await chain.drop(entry.hash);
      left.add(entry.hash);
    }
    return left;
  }

  async #endOf(sent: Sent, left: ReadonlySet<Hex>): Promise<FlowEnd> {
    if ("refused" in sent) return "refused";
    if (left.has(sent.hash)) return "left out";
    return (await this.#parameters.chain.receipt(sent.hash))?.success === true ? "succeeds" : "reverts";
  }

  async receipts(inclusions: readonly Inclusion[]): Promise<readonly (CallReceipt | undefined)[]> {
    const { chain } = this.#parameters;
    return Promise.all(
      inclusions.map(async (inclusion) =>
        inclusion.kind === "transaction" ? chain.receipt(inclusion.hash) : undefined,
      ),
    );
  }

  async results(inclusions: readonly Inclusion[]): Promise<readonly (CallResult | undefined)[]> {
    const results: (CallResult | undefined)[] = [];
    for (const inclusion of inclusions) {
      results.push(inclusion.kind === "transaction" ? await this.#parameters.chain.result(inclusion.hash) : undefined);
    }
    return results;
  }
}

const FULL = "The block was full";

/** A transaction at its position. */
interface Queued {
  readonly transaction: Transaction;
  /** `undefined`: one of the scenario's calls. */
  readonly recorded: RecordedTransaction | undefined;
}

/** Everything to send, in block order. */
function queued(calls: readonly PlacedCall[], flow: readonly PlacedTransaction[], baseFee: bigint): readonly Queued[] {
  const places = [
    ...calls.map(({ from, call, gas, tip }, index) => ({
      at: index,
      tip,
      recorded: undefined,
      transaction: { from, to: call.to, data: encodeCall(call), value: call.value ?? 0n, gas },
    })),
    ...flow.map(({ transaction: recorded, behind }) => {
      const { from, to, data, value, gas, tip } = recorded;
      // between the call before it and the one after it
      return { at: behind - 0.5, tip, recorded, transaction: { from, to, data, value, gas } };
    }),
  ].sort((a, b) => a.at - b.at);
  const fees = descending(places.map(({ tip }) => tip));
  return places.map(({ transaction, recorded }, index) => {
    const fee = fees[index] ?? 0n;
    return { recorded, transaction: { ...transaction, maxFeePerGas: baseFee + fee, maxPriorityFeePerGas: fee } };
  });
}
