import type { Address, Hex } from "viem";

/** What became of a recorded transaction. `left out`: there was no room for it. */
export type FlowEnd = "succeeds" | "reverts" | "left out" | "refused";

/** A recorded transaction in a block that was simulated. */
export interface FlowOutcome {
  readonly hash: Hex;
  readonly from: Address;
  readonly to: Address | undefined;
  readonly end: FlowEnd;
}

/** A recorded transaction that has a different outcome than without the scenario's agents. */
export interface Interference extends Omit<FlowOutcome, "end"> {
  readonly block: number;
  /** Without the agents. */
  readonly was: FlowEnd;
  readonly is: FlowEnd;
}

/** The recorded transactions of a block that the agents interfered with. @param undisturbed - their outcomes without agents, by hash */
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
