import type { Address } from "viem";

import type { Intent } from "../../agents/agent.js";
import type { OracleFault } from "../../oracles/faults.js";
import type { Token } from "../../protocols/token.js";
import type { ObservedView } from "../world/observed-view.js";

/** An intent with the agent that has it. */
export interface AgentIntent {
  readonly agent: string;
  readonly from: Address;
  readonly intent: Intent;
  /**
   * Where it comes from: its agent's policy, a free move, or a trace. What a trace says was in a block is in it, whatever
   * others pay.
   */
  readonly origin: "policy" | "move" | "trace";
}

/** What an adversarial builder does in a block. */
export interface BuilderAct {
  /**
   * - `censor`: keeps a sender's transactions out, `blocks` blocks from this one on;
   * - `first`, `last`: puts a sender's before or behind everybody else's;
   * - `reorg`: replaces the last `blocks` blocks, this one included.
   */
  readonly act: "censor" | "first" | "last" | "reorg";
  /** An agent, or a feed (`ETH feed`); empty for a reorganisation. */
  readonly sender: string;
  /** 0 for `first` and `last`. */
  readonly blocks: number;
}

/** A place in a run. */
export interface Place {
  readonly block: number;
  /** Whether a block of that height was there before: it replaces one that was reorganised away. */
  readonly again: boolean;
}

/** A state in which things can be tried. */
export interface Rehearsal {
  /** The state now. */
  readonly view: ObservedView;
  /** Gives an account a token, as a loan does. @param amount - base units */
  lend(token: Token, account: Address, amount: bigint): Promise<void>;
  /** Makes a call. @returns whether it came to its end without reverting; if not, nothing has changed */
  attempt(intent: AgentIntent): Promise<boolean>;
}

/** When agents decide. */
export interface Moment extends Place {
  /** The state after the block before, at today's prices. */
  readonly view: ObservedView;
  readonly start: ObservedView;
  /** What agents remember, by name; those that remember something new are written into it. */
  readonly memories: Map<string, unknown>;
  /** Tries calls on the state, which is afterwards as it was. */
  rehearse<T>(play: (rehearsal: Rehearsal) => Promise<T>): Promise<T>;
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
  /** Seed of the policies' randomness. */
  readonly seed: number;
  /** Everything that the plan brings into a block, as a text: two runs whose texts are the same up to a block are there, too. */
  key(block: number): string;
  /** Reorganisations, in order. */
  readonly reorganisations: readonly { readonly block: number; readonly depth: number }[];
  /** Price moves at the start of a block. */
  moves(block: number): readonly PriceMove[];
  /** Faults of oracles that begin in this block. */
  faults(block: number): readonly OracleFault[];
  /** How the others' demand for block space changes at the start of a block, parts per million. */
  demand(block: number): readonly number[];
  /** What the builder does in a block. */
  acts(place: Place): readonly BuilderAct[];
  /** What the agents want in a block that do not watch the mempool. */
  intents(moment: Moment): Promise<readonly AgentIntent[]>;
  /** What those want that do; their view has what is pending. */
  reactions(moment: Moment): readonly AgentIntent[];
}
