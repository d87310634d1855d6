import type { Extent, WrittenArguments } from "../../protocols/action.js";
import type { PlacedCall } from "../world/executor/executor.js";
import type { AgentIntent } from "./intent.js";

/** What a callback may return besides what an account without code does, in the order of contracts/Raider.sol. */
export const ANSWERS = ["nothing", "selector", "true"] as const;

/** How a move is made in a callback. */
export interface Inside {
  /** Which of the callbacks, counted from 1. */
  readonly callback: number;
  /** What the callback returns where no standard says it. */
  readonly answer: (typeof ANSWERS)[number];
  /** Whether its amounts are that of the call which calls back. */
  readonly same: boolean;
  /**
   * How deep: 2 in a callback of the nearest move before it that is made in a callback, 3 in one of the nearest that is 2 deep, and
   * so on. 1 if absent; at most one more than the move before it.
   */
  readonly depth?: number;
}

/** A free move of an agent: an action from the catalogue with its operands. */
export interface FreeMove {
  readonly agent: string;
  readonly action: string;
  /** Parts per million. */
  readonly operands: readonly number[];
  readonly position: "front" | "back";
  /** From which follows what is done instead if the state refuses the move. Without it, the move is made as it is. */
  readonly luck?: number;
  /** Set if its amounts are as large, or as small, as the state accepts, whatever its operands say. */
  readonly extent?: Extent | undefined;
  /** Set if its arguments were written down: it is made with these, and its operands say nothing. */
  readonly given?: WrittenArguments | undefined;
  /** Set if it is made in a callback of the nearest move before it that is not, of the same agent in the same block. */
  readonly inside?: Inside | undefined;
}

/** Operands of calls that succeeded, by the name of the action: a few of each. */
export type AcceptedOperands = Readonly<Record<string, readonly (readonly number[])[]>>;

/** What is known of actions, by name, when a move is made. */
export interface KnownActions {
  /** Those that have succeeded least often first; those that are missing come before them. */
  readonly ranks?: readonly string[] | undefined;
  /** Agents whose first moves after a moment these are: what only that allows is tried before what was drawn. */
  readonly afterMoment?: readonly string[] | undefined;
  /** Those that are known to call agents back. */
  readonly callers?: readonly string[] | undefined;
  /** Those that only give away what their agent has. */
  readonly gifts?: readonly string[] | undefined;
  /** Operands with which they have succeeded. */
  readonly accepted?: AcceptedOperands | undefined;
  /** Whether refused moves are made as they were drawn. */
  readonly asDrawn?: true | undefined;
}

/** What free moves are resolved behind. */
export interface Before extends KnownActions {
  /** The feeds' rounds. */
  readonly publications: readonly PlacedCall[];
  /** What policies submitted. */
  readonly intents: readonly AgentIntent[];
}
