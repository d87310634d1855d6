import type { ContractCall } from "../../../protocols/call.js";
import type { OpenCall } from "../../../protocols/open-amount.js";
import type { World } from "../../world/world.js";
import type { Resolved, ResolverItem } from "./pack.js";

import { withAmount } from "../../../protocols/open-amount.js";

import { packMoves, unpackMoves } from "./pack.js";

const REFUSED: Resolved = { alternative: undefined, amount: 0n, gasUsed: 0n, returned: "0x" };

/** The outcomes of moves, in order, and what they cost. */
export interface Resolution {
  readonly moves: readonly Resolved[];
  /** Calls that were tried. */
  readonly trials: number;
}

/**
 * Finds out which moves the state before a block accepts, each behind those before it. One call, unless its gas does not
 * suffice for all of them; a move that takes more than a call has is refused.
 *
 * @param timestamp - of the coming block, seconds
 */
export async function resolveMoves(
  world: World,
  timestamp: number,
  items: readonly ResolverItem[],
): Promise<Resolution> {
  const outcomes: Resolved[] = [];
  let trials = 0;
  let waiting = [...items];
  while (waiting.some(({ kind }) => kind !== "made")) {
    const senders = waiting.flatMap((item) =>
      item.kind === "made" ? [item.from] : item.alternatives.map(({ from }) => from),
    );
    const answer = unpackMoves(await world.tryAhead(timestamp, [...new Set(senders)], packMoves(waiting)));
    trials += answer.trials;
    const moves = answer.moves.length === 0 ? [REFUSED] : answer.moves;
    outcomes.push(...moves);
    const left = [...moves];
    waiting = waiting.flatMap((item): readonly ResolverItem[] => {
      if (item.kind === "made") return [item];
      const outcome = left.shift();
      return outcome === undefined ? [item] : madeOf(item, outcome);
    });
  }
  return { moves: outcomes, trials };
}

/** The call that a move became, for those that are resolved behind it. */
function madeOf(
  { kind, alternatives }: Extract<ResolverItem, { kind: "move" | "trial" }>,
  { alternative, amount }: Resolved,
): readonly ResolverItem[] {
  const accepted = alternative === undefined || kind === "trial" ? undefined : alternatives[alternative];
  if (accepted === undefined) return [];
  return [{ kind: "made", from: accepted.from, call: explicit(accepted.call, amount) }];
}

/** The call with the amount that was found. */
export function explicit({ open, ...call }: OpenCall, amount: bigint): ContractCall {
  if (open === undefined) return call;
  const filled = withAmount(call, open.way, amount);
  return open.isValue ? { ...filled, value: amount } : filled;
}
