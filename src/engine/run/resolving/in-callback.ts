import type { Address } from "viem";

import type { OpenCall } from "../../../protocols/open-amount.js";
import type { Inside } from "../free-move.js";
import type { Alternative } from "./pack.js";
import type { Next, Queued, Waiting } from "./queue.js";

import { withFound } from "../../../protocols/open-amount.js";
import { withAmountOf } from "../called-back.js";

import { NOTHING, pairsOf, within } from "./composed-call.js";

/** A move, and others that are to be made in its callback. */
export interface CalledBackMove {
  readonly kind: "calledBack";
  /** Whose moves they are. */
  readonly from: Address;
  /** The ways to make it, the first as it was drawn. */
  readonly outer: readonly OpenCall[];
  readonly inside: readonly InnerMove[];
}

interface InnerMove {
  readonly ways: readonly OpenCall[];
  readonly how: Inside;
}

type Numbered = InnerMove & { readonly number: number };

/**
 * How a move and those inside it are resolved. First the outer call is tried with one inside it that does nothing, which tells
 * whether the callback comes; if it is refused as it was drawn, it is tried together with the first move inside. Then each inner move
 * is sought where it happens, behind those before it: a way to make it is accepted if it succeeds in the callback and the outer call
 * still does. The others, and all of them if the callback does not come, are refused.
 *
 * @param first - the number of the outer move; those inside have the next ones
 */
export function calledBackWaiting({ from, outer, inside }: CalledBackMove, first: number): Waiting {
  const numbered = inside.map((move, index) => ({ ...move, number: first + 1 + index }));
  const [innermost, ...others] = numbered;
  const how = innermost?.how;
  const alone = outer.map((call, index) => ({ index, call, inner: undefined, way: 0 }));
  const together = pairsOf(outer[0], innermost?.ways ?? []).map((pair) => ({ index: 0, ...pair }));
  const tries = [...alone.slice(0, 1), ...together, ...alone.slice(1)];
  return {
    kind: "asking",
    refused: 0,
    alternatives: tries
      .map(({ call, inner }) =>
        inner === undefined ? within(from, call, how, [NOTHING]) : whole(within(from, call, how, [inner])),
      )
      .map(by(from)),
    then: (outcome) => {
      const tried = outcome.alternative === undefined ? undefined : tries[outcome.alternative];
      if (tried === undefined) return { settled: [[first, outcome]], queue: [] };
      const call = withFound(tried.call, outcome.amount);
      const settled = [first, { ...outcome, alternative: tried.index, call }] as const;
      if (tried.inner !== undefined && innermost !== undefined) {
        const inner = withFound(tried.inner, outcome.amount);
        const its = [innermost.number, { ...outcome, alternative: tried.way, call: inner }] as const;
        return { settled: [settled, its], queue: seeking(from, call, how, [inner], others) };
      }
      const comes = BigInt(outcome.returned) === 0n;
      return {
        settled: [settled],
        queue: comes ? seeking(from, call, how, [], numbered) : [{ kind: "made", from, call }],
      };
    },
  };
}

/** The next inner move, behind those that were found, or the whole call if there is none. */
function seeking(
  from: Address,
  call: OpenCall,
  how: Inside | undefined,
  found: readonly OpenCall[],
  [move, ...others]: readonly Numbered[],
): readonly Queued[] {
  if (move === undefined) {
    return [{ kind: "made", from, call: found.length === 0 ? call : within(from, call, how, found) }];
  }
  const [drawn] = move.ways;
  const same = move.how.same && drawn !== undefined ? [withAmountOf(call, drawn)] : [];
  const ways: readonly OpenCall[] = [...same, ...move.ways];
  const then: Waiting["then"] = (outcome): Next => {
    const way = outcome.alternative === undefined ? undefined : ways[outcome.alternative];
    if (way === undefined) return { settled: [[move.number, outcome]], queue: seeking(from, call, how, found, others) };
    const inner = withFound(way, outcome.amount);
    const alternative = Math.max(0, ways.indexOf(way) - same.length);
    return {
      settled: [[move.number, { ...outcome, alternative, call: inner }]],
      queue: seeking(from, call, how, [...found, inner], others),
    };
  };
  const alternatives = ways.map((way) => whole(within(from, call, how, [...found, way]))).map(by(from));
  return [{ kind: "move", alternatives, refused: 0, isLast: true, then }];
}

/** The call, refused unless everything inside it is made. */
function whole(call: OpenCall): OpenCall {
  return { ...call, code: 0 };
}

function by(from: Address): (call: OpenCall) => Alternative {
  return (call) => ({ from, call });
}
