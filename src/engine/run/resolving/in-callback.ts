import type { Address } from "viem";

import type { OpenCall } from "../../../protocols/open-amount.js";
import type { TreeNode } from "../call-tree.js";
import type { Inside } from "../free-move.js";
import type { InnerCall } from "./composed-call.js";
import type { Alternative } from "./pack.js";
import type { Next, Queued, Settled, Waiting } from "./queue.js";

import { withFound } from "../../../protocols/open-amount.js";
import { around, grown } from "../call-tree.js";
import { withAmountOf } from "../called-back.js";

import { NOTHING, pairsOf, within } from "./composed-call.js";

/** A move, and others that are to be made in its callback, or in that of one of those. */
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
  /**
   * Further ways, which are only tried where the call around it is refused unless this one is made: transfers that pay for it.
   */
  readonly payments?: readonly OpenCall[];
  readonly how: Inside;
}

/** Where amounts are neither large nor small, among those that a call is tried with. */
const MODERATE = [0.25, 0.5];

/** Of a call that is refused without another inside it: how many of that one's ways are tried, besides its payments. */
const MOST_PAIRED = 2;

type Numbered = InnerMove & { readonly number: number };

/** What is behind the next inner move. */
interface Around {
  readonly from: Address;
  /** The outermost call. */
  readonly call: OpenCall;
  /** How those in its own callback are made. */
  readonly how: Inside | undefined;
  readonly found: readonly TreeNode<InnerCall>[];
}

/** A way to try a move: alone, or together with the first move inside it. */
interface Try {
  /** Which of its ways. */
  readonly index: number;
  readonly call: OpenCall;
  readonly inner: OpenCall | undefined;
  /** Which of the other's ways. */
  readonly way: number;
}

/**
 * How a move and those inside it are resolved. First the outer call is tried with one inside it that does nothing, which tells
 * whether the callback comes; if it is refused as it was drawn, it is tried together with the first move inside. Then each inner move
 * is sought where it happens, behind those before it: a way to make it is accepted if it succeeds in the callback and the outer call
 * still does. The others, and all of them if the callback does not come, are refused. A move inside an inner move is sought in the same
 * way in the callback of that one or, if that does not come, behind it.
 *
 * @param first - the number of the outer move; those inside have the next ones
 */
export function calledBackWaiting({ from, outer, inside }: CalledBackMove, first: number): Waiting {
  const numbered = inside.map((move, index) => ({ ...move, number: first + 1 + index }));
  const [innermost, ...others] = numbered;
  const how = innermost?.how;
  const tries = triesOf(outer, innermost);
  const nothing = how === undefined ? [] : [leaf(NOTHING, how)];
  return {
    kind: "asking",
    refused: 0,
    alternatives: tries
      .map(({ call, inner }) =>
        inner === undefined || how === undefined
          ? within(from, call, how, nothing)
          : whole(within(from, call, how, [leaf(inner, how)])),
      )
      .map(by(from)),
    then: (outcome) => {
      const tried = outcome.alternative === undefined ? undefined : tries[outcome.alternative];
      if (tried === undefined) return { settled: [[first, outcome]], queue: [] };
      const call = withFound(tried.call, outcome.amount);
      const settled = [first, { ...outcome, alternative: tried.index, call }] as const;
      if (tried.inner !== undefined && innermost !== undefined) {
        const inner = withFound(tried.inner, outcome.amount);
        const its = [innermost.number, { ...outcome, alternative: tried.way, call: inner, depth: 1 }] as const;
        const found = [leaf(inner, innermost.how)];
        return { settled: [settled, its], queue: seeking({ from, call, how, found }, others) };
      }
      const comes = BigInt(outcome.returned) === 0n;
      return {
        settled: [settled],
        queue: comes
          ? seeking({ from, call, how, found: [] }, numbered)
          : [{ kind: "made", wasAccepted: true, from, call }],
      };
    },
  };
}

/** The next inner move, behind those that were found, or the whole call if there is none. */
function seeking(behind: Around, moves: readonly Numbered[]): readonly Queued[] {
  const { from, call, how, found } = behind;
  const [move] = moves;
  if (move === undefined) {
    const made = found.length === 0 ? call : within(from, call, how, found);
    return [{ kind: "made", wasAccepted: true, from, call: made }];
  }
  const depth = deepest(found, move.how.depth ?? 1);
  const parent = around(found, depth - 1);
  // whether one calls back in which nothing was made so far has to be seen
  return parent === undefined || parent.inside.length > 0
    ? seekingAt(behind, moves, depth)
    : asking(behind, moves, depth);
}

/** Whether the move before calls back: if not, the next one is made behind it. */
function asking(behind: Around, moves: readonly Numbered[], depth: number): readonly Queued[] {
  const { from, call, how, found } = behind;
  const [move] = moves;
  if (move === undefined) return [];
  const asked = within(from, call, how, grown(found, { call: NOTHING, how: move.how }, depth - 1));
  const then: Waiting["then"] = (outcome): Next => {
    const comes = outcome.alternative !== undefined && BigInt(outcome.returned) === 0n;
    return { settled: [], queue: seekingAt(behind, moves, comes ? depth : depth - 1) };
  };
  return [{ kind: "asking", alternatives: [by(from)(asked)], refused: 0, isLast: true, then }];
}

function seekingAt(behind: Around, [move, ...others]: readonly Numbered[], depth: number): readonly Queued[] {
  if (move === undefined) return [];
  const { from, call, how, found } = behind;
  const outer = around(found, depth - 1)?.item.call ?? call;
  const [drawn] = move.ways;
  const same = move.how.same && drawn !== undefined ? [withAmountOf(outer, drawn)] : [];
  const [next, ...rest] = others;
  const isAround = next !== undefined && (next.how.depth ?? 1) > depth;
  const tries = triesOf([...same, ...move.ways], isAround ? next : undefined);
  const treeOf = (one: OpenCall, inner: OpenCall | undefined): readonly TreeNode<InnerCall>[] => {
    const tree = grown(found, { call: one, how: move.how }, depth - 1);
    return inner === undefined || next === undefined ? tree : grown(tree, { call: inner, how: next.how }, depth);
  };
  const then: Waiting["then"] = (outcome): Next => {
    const tried = outcome.alternative === undefined ? undefined : tries[outcome.alternative];
    if (tried === undefined) return { settled: [[move.number, outcome]], queue: seeking(behind, others) };
    const one = withFound(tried.call, outcome.amount);
    const settled = (number: number, its: Partial<Settled>): readonly [number, Settled] => [
      number,
      { ...outcome, ...its },
    ];
    const own = settled(move.number, { alternative: Math.max(0, tried.index - same.length), call: one, depth });
    if (tried.inner === undefined || next === undefined) {
      return { settled: [own], queue: seeking({ ...behind, found: treeOf(one, undefined) }, others) };
    }
    const inner = withFound(tried.inner, outcome.amount);
    return {
      settled: [own, settled(next.number, { alternative: tried.way, call: inner, depth: depth + 1 })],
      queue: seeking({ ...behind, found: treeOf(one, inner) }, rest),
    };
  };
  const alternatives = tries
    .map(({ call: one, inner }) => whole(within(from, call, how, treeOf(one, inner))))
    .map(by(from));
  return [{ kind: "move", alternatives, refused: 0, isLast: true, then }];
}

/** How a move is tried: as it was drawn, together with the first inside it, and in other ways. */
function triesOf(ways: readonly OpenCall[], innermost: InnerMove | undefined): readonly Try[] {
  const alone = ways.map((call, index): Try => ({ index, call, inner: undefined, way: 0 }));
  const { ways: drawn = [], payments = [] } = innermost ?? {};
  const together = [
    ...pairsOf(ways[0], drawn.slice(0, MOST_PAIRED)),
    ...paidFor(ways[0]).flatMap((call) =>
      pairsOf(call, payments).map((pair) => ({ ...pair, way: drawn.length + pair.way })),
    ),
  ].map((pair): Try => ({ index: 0, ...pair }));
  return [...alone.slice(0, 1), ...together, ...alone.slice(1)];
}

/**
 * A call that has to be paid for: as it is, and with moderate amounts, of which the payment says the rest. The largest that is accepted
 * if it is paid back in full tells nothing about what else it costs.
 */
function paidFor(call: OpenCall | undefined): readonly OpenCall[] {
  const amounts = call?.open?.amounts ?? [];
  const places = new Set(MODERATE.map((part) => Math.floor(part * amounts.length)));
  const fixed = [...places].flatMap((place) => {
    const amount = amounts[place];
    return call === undefined || amount === undefined ? [] : [withFound(call, amount)];
  });
  return [...(call === undefined ? [] : [call]), ...fixed];
}

/** How deep the next move can be, at most as deep as it is to be: inside the last one is one deeper than that. */
function deepest(found: readonly TreeNode<InnerCall>[], wanted: number): number {
  let depth = 1;
  for (let last = found.at(-1); last !== undefined && depth < wanted; last = last.inside.at(-1)) depth += 1;
  return depth;
}

function leaf(call: OpenCall, how: Inside): TreeNode<InnerCall> {
  return { item: { call, how }, inside: [] };
}

/** The call, refused unless everything inside it is made. */
function whole(call: OpenCall): OpenCall {
  return { ...call, code: 0 };
}

function by(from: Address): (call: OpenCall) => Alternative {
  return (call) => ({ from, call });
}
