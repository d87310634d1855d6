import type { Address } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { OpenCall } from "../../../protocols/open-amount.js";
import type { Alternative, Resolved } from "./pack.js";

import { withFound } from "../../../protocols/open-amount.js";

/** A call that is made whatever comes of it. */
export interface Made {
  readonly kind: "made";
  /** Set if it was tried and succeeded: it may take all the gas that it takes. */
  readonly wasAccepted?: true;
  readonly from: Address;
  readonly call: ContractCall;
}

/** What became of a move. */
export interface Settled extends Resolved {
  /** The call that it became, if the state accepted one. */
  readonly call?: OpenCall;
  /** Of a move that is made in a callback: how deep, see `Inside.depth`. */
  readonly depth?: number;
}

/** What an outcome leads to. */
export interface Next {
  /** What became of moves, by number. */
  readonly settled: readonly (readonly [number, Settled])[];
  /** What takes the place of the move in the queue. */
  readonly queue: readonly Queued[];
}

/** A move that waits for its outcome. */
export interface Waiting {
  readonly kind: "move" | "asking";
  readonly alternatives: readonly Alternative[];
  /** How many of its alternatives were refused already, and are no longer among them. */
  readonly refused: number;
  /** Set if nothing behind it can be resolved before it is. */
  readonly isLast?: true;
  /** @param outcome - with the alternative as it was counted at first */
  readonly then: (outcome: Resolved) => Next;
}

export type Queued = Made | Waiting;

/**
 * A move in the queue that is nothing but itself: it is made as it was accepted. A call that leaves several amounts open is accepted
 * with a guess of the others, which are sought next, one after the other; nothing behind it is resolved before.
 *
 * @param accepted - which alternative the move was accepted as, if amounts of that one are still sought
 */
export function waiting(move: number, alternatives: readonly Alternative[], accepted?: number): Waiting {
  const isLast = alternatives.some(({ call }) => call.open?.next !== undefined);
  return {
    kind: "move",
    alternatives,
    refused: 0,
    ...(isLast ? { isLast } : {}),
    then: (outcome) => {
      const found = outcome.alternative === undefined ? undefined : alternatives[outcome.alternative];
      if (found === undefined) return { settled: [[move, outcome]], queue: [] };
      const alternative = accepted ?? outcome.alternative;
      const { from } = found;
      const call = withFound(found.call, outcome.amount);
      const open = found.call.open?.next;
      if (open !== undefined) {
        return {
          settled: [],
          queue: [
            waiting(
              move,
              [
                { from, call: { ...call, open } },
                { from, call },
              ],
              alternative,
            ),
          ],
        };
      }
      return {
        settled: [[move, { ...outcome, alternative, call }]],
        queue: [{ kind: "made", wasAccepted: true, from, call }],
      };
    },
  };
}

export function isWaiting(queued: Queued): queued is Waiting {
  return queued.kind !== "made";
}
