import type { Address } from "viem";

import type { Intent } from "../agents/agent.js";
import type { ObservedView } from "./view.js";

/** An intent with the agent that has it. */
export interface AgentIntent {
  readonly agent: string;
  readonly from: Address;
  readonly intent: Intent;
}

/** A change of a fair price, parts per million. */
export interface PriceMove {
  readonly asset: string;
  readonly change: number;
}

/**
 * Where the events of a run come from: a genome with policies that react (`genome-plan.ts`), or an explicit trace
 * (`trace-plan.ts`). The block pipeline does not know which.
 */
export interface RunPlan {
  /** The last block of the run. */
  readonly blocks: number;
  /** Everything that the plan brings into a block, as a text: two runs whose texts are the same up to a block are there, too. */
  key(block: number): string;
  /** Price moves at the start of a block. */
  moves(block: number): readonly PriceMove[];
  /** Feeds that fall silent in this block, and for how many blocks. */
  silences(block: number): readonly { readonly oracle: string; readonly blocks: number }[];
  /**
   * What the agents want in a block.
   *
   * @param view - the state after the block before, at today's prices
   * @param memories - what agents remember, by name; those that remember something new are written into it
   */
  intents(view: ObservedView, start: ObservedView, memories: Map<string, unknown>): readonly AgentIntent[];
}
