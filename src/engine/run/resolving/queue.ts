import type { Address } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { OpenAmount, OpenCall } from "../../../protocols/open-amount.js";
import type { Alternative, Resolved } from "./pack.js";

import { withFound } from "../../../protocols/open-amount.js";

/** A call that is made whatever comes of it. */
export interface Made {
  readonly kind: "made";
  readonly from: Address;
  readonly call: ContractCall;
}

/** What became of a move. */
export interface Settled extends Resolved {
  /** The call that it became, if the state accepted one. */
  readonly call?: OpenCall;
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
 * A move in the queue that is nothing but itself: it is made as it was accepted. A call that leaves two amounts open is accepted with
 * a guess of the second, which is sought next; nothing behind it is resolved before.
 */
export function waiting(move: number, alternatives: readonly Alternative[]): Waiting {
  const isLast = alternatives.some(({ call }) => call.open?.next !== undefined);
  return {
    kind: "move",
    alternatives,
    refused: 0,
    ...(isLast ? { isLast } : {}),
    then: (outcome) => {
      const accepted = outcome.alternative === undefined ? undefined : alternatives[outcome.alternative];
      if (accepted === undefined) return { settled: [[move, outcome]], queue: [] };
      const { from } = accepted;
      const call = withFound(accepted.call, outcome.amount);
      const next = accepted.call.open?.next;
      if (next !== undefined) return { settled: [], queue: [sought(move, outcome, { from, call }, next)] };
      return { settled: [[move, { ...outcome, call }]], queue: [{ kind: "made", from, call }] };
    },
  };
}

/** A move that is accepted as it is, with another amount in it to be sought. */
function sought(move: number, first: Resolved, { from, call }: Alternative, open: OpenAmount): Waiting {
  const seeking = waiting(move, [
    { from, call: { ...call, open } },
    { from, call },
  ]);
  return {
    ...seeking,
    then: (outcome) => {
      const { settled, queue } = seeking.then(outcome);
      return { settled: settled.map(([at, its]) => [at, { ...its, alternative: first.alternative }]), queue };
    },
  };
}

export function isWaiting(queued: Queued): queued is Waiting {
  return queued.kind !== "made";
}
