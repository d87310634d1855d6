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

/** A recorded transaction that fares otherwise than without the scenario's agents. */
export interface Disturbance extends Omit<FlowOutcome, "end"> {
  readonly block: number;
  /** Without the agents. */
  readonly was: FlowEnd;
  readonly is: FlowEnd;
}

/** Which of the recorded transactions of a block fare otherwise. @param undisturbed - how they ended without agents, by hash */
export function disturbances(
  block: number,
  outcomes: readonly FlowOutcome[],
  undisturbed: ReadonlyMap<Hex, FlowEnd>,
): readonly Disturbance[] {
  return outcomes.flatMap(({ end, ...transaction }) => {
    const was = undisturbed.get(transaction.hash) ?? end;
    return was === end ? [] : [{ block, ...transaction, was, is: end }];
  });
}
