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
  /** Everything that the plan brings into a block, as a text: two runs whose texts are the same up to a block are there, too. */
  key(block: number): string;
  /** Reorganisations, in order. */
  readonly reorganisations: readonly { readonly block: number; readonly depth: number }[];
  /** What happens in a block before anything is executed, kind by kind. */
  events(place: Place): readonly EventStep[];
  /** What the agents that do not watch the mempool want in a block, and the transactions that no agent sends. */
  intents(moment: Moment): Promise<readonly AgentIntent[]>;
  /** What those want that do; their view has what is pending. */
  reactions(moment: Moment): readonly AgentIntent[];
}
