import type { Address } from "viem";

import type { Token } from "../../protocols/token.js";
import type { BlockEnvironment } from "../chain/chain.js";
import type { Place } from "../events/place.js";
import type { PlacedCall } from "../world/executor/executor.js";
import type { ObservedView } from "../world/observed-view.js";
import type { AgentIntent } from "./intent.js";
import type { Returned } from "./seen.js";

/** A state on which calls can be tried. */
export interface Rehearsal {
  /** The state now. */
  readonly view: ObservedView;
  /** Of the block in which the next call is made. */
  readonly environment: BlockEnvironment;
  /** Gives an account a token, as a loan does. @param amount - base units */
  lend(token: Token, account: Address, amount: bigint): Promise<void>;
  /** Makes a call. @returns whether it succeeded; if it reverted, nothing has changed */
  attempt(intent: AgentIntent): Promise<boolean>;
}

/** The moment at which agents decide. */
export interface Moment extends Place {
  /** The state after the previous block, at current prices. */
  readonly view: ObservedView;
  readonly start: ObservedView;
  /** Of the coming block. */
  readonly environment: BlockEnvironment;
  /** The feeds' rounds in this block. */
  readonly publications: readonly PlacedCall[];
  /** What agents remember, by name; new memories are written into it. */
  readonly memories: Map<string, unknown>;
  /** Counts calls that were tried to resolve moves. */
  readonly spent: (trials: number) => void;
  /** Remembers words that calls returned when they were tried: ids of what they made, amounts. */
  readonly learnt: (returned: readonly Returned[]) => void;
  /** Tries calls on the state, which is restored afterwards. */
  rehearse<T>(play: (rehearsal: Rehearsal) => Promise<T>): Promise<T>;
}
