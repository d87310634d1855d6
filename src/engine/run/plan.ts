import type { EventStep, Place } from "../events/place.js";
import type { AgentIntent } from "./intent.js";
import type { Moment } from "./moment.js";

/**
 * Where the events of a run come from: a genome with policies that react (`genome-plan.ts`), or an explicit trace
 * (`trace-plan.ts`). The block pipeline does not know which.
 */
export interface RunPlan {
  /** The last block of the run. */
  readonly blocks: number;
  /** Seed of the policies' randomness. */
  readonly seed: number;
  /** Set if policies are derived again, see `Trace.derives`. */
  readonly derives?: true;
  /** All that the plan adds to a block, as a string: two runs with equal strings up to a block are in the same state there. */
  key(block: number): string;
  /** Agents that make calls in callbacks: their accounts have code from the start of the run. */
  readonly calledBack: readonly string[];
  /** Reorganisations, in order. */
  readonly reorganisations: readonly { readonly block: number; readonly depth: number }[];
  /** The events of a block before anything is executed, kind by kind. */
  events(place: Place): readonly EventStep[];
  /** The intents of agents that do not watch the mempool, and the transactions that no agent sends. */
  intents(moment: Moment): Promise<readonly AgentIntent[]>;
  /** The intents of agents that watch the mempool; their view includes pending transactions. */
  reactions(moment: Moment): readonly AgentIntent[];
}
