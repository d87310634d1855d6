import type { Address, Hex } from "viem";

/** What became of a recorded transaction. `left out`: the block had no room for it. */
export type FlowEnd = "succeeds" | "reverts" | "left out" | "refused";

/** A recorded transaction and its outcome in a simulated block. */
export interface FlowOutcome {
  readonly hash: Hex;
  readonly from: Address;
  readonly to: Address | undefined;
  readonly end: FlowEnd;
}

/** A recorded transaction whose outcome differs from what it would be without the scenario's agents. */
export interface Interference extends Omit<FlowOutcome, "end"> {
  readonly block: number;
  /** Its outcome without the agents. */
  readonly was: FlowEnd;
  readonly is: FlowEnd;
}

/** The recorded transactions of a block whose outcome changes. @param undisturbed - their outcomes without agents, by hash */
export function interferences(
  block: number,
  outcomes: readonly FlowOutcome[],
  undisturbed: ReadonlyMap<Hex, FlowEnd>,
): readonly Interference[] {
  return outcomes.flatMap(({ end, ...transaction }) => {
    const was = undisturbed.get(transaction.hash) ?? end;
    return was === end ? [] : [{ block, ...transaction, was, is: end }];
  });
}
