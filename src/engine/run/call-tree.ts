import type { AbiFunction } from "viem";

import { parseAbi } from "viem";

const raider = parseAbi([
  "function reenter(uint8 callback, uint8 answer, Step[] steps)",
  "struct Step { address to; uint256 value; bytes data; }",
]);

/** What an account calls itself with to make a call, and others when it is called back, see contracts/Raider.sol. */
export const REENTER: AbiFunction = raider[0];

/** Whether a call waits for a callback. */
export function isCalledBack({ function: { name, inputs } }: { readonly function: AbiFunction }): boolean {
  return name === REENTER.name && inputs.length === REENTER.inputs.length;
}

/** A call with those that it makes. Of one that waits for a callback, the first is made at once, and the others in the callback. */
export interface TreeCall<CallT> {
  readonly function: AbiFunction;
  readonly inner?: readonly CallT[];
}

/**
 * The calls that a transaction makes, one after the other, without those that only wait for a callback: one that calls back comes before
 * those inside it.
 */
export function partsIn<CallT extends TreeCall<CallT>>(inner: readonly CallT[] = []): readonly CallT[] {
  return inner.flatMap((call) => (isCalledBack(call) ? partsIn(call.inner) : [call]));
}

/** The calls of a transaction, changed. @param change - gets each with its place in {@link partsIn} */
export function mappedParts<CallT extends TreeCall<CallT>>(
  inner: readonly CallT[],
  change: (call: CallT, place: number) => CallT,
): readonly CallT[] {
  let places = 0;
  const mapped = (call: CallT): CallT => {
    if (isCalledBack(call)) return { ...call, inner: (call.inner ?? []).map(mapped) };
    places += 1;
    return change(call, places - 1);
  };
  return inner.map(mapped);
}

/**
 * The calls of a transaction without some. What is inside one that is left out is made in the callback around that one, or,
 * if there is none, inside the first of them.
 *
 * @param kept - places in {@link partsIn}
 */
export function keptParts<CallT extends TreeCall<CallT>>(
  inner: readonly CallT[],
  kept: readonly number[],
): readonly CallT[] {
  let places = 0;
  const isKept = (): boolean => {
    places += 1;
    return kept.includes(places - 1);
  };
  const left = (call: CallT): readonly CallT[] => {
    const [outer, ...inside] = isCalledBack(call) ? (call.inner ?? []) : [];
    if (outer === undefined) return isKept() ? [call] : [];
    const isOuterKept = isKept();
    const calls = inside.flatMap(left);
    if (!isOuterKept) return calls;
    return calls.length === 0 ? [outer] : [{ ...call, inner: [outer, ...calls] }];
  };
  const [first, ...others] = inner.flatMap(left);
  if (first === undefined) return [];
  return isCalledBack(first) ? [...(first.inner ?? []), ...others] : [first, ...others];
}

/** Something with what is inside it. */
export interface TreeNode<T> {
  readonly item: T;
  readonly inside: readonly TreeNode<T>[];
}

/**
 * The forest with one more, behind its last one, and inside of that as deep as is wanted, or as it is deep itself.
 *
 * @param depth - 0 for inside of nothing
 */
export function grown<T>(forest: readonly TreeNode<T>[], item: T, depth: number): readonly TreeNode<T>[] {
  const last = forest.at(-1);
  if (depth === 0 || last === undefined) return [...forest, { item, inside: [] }];
  return [...forest.slice(0, -1), { ...last, inside: grown(last.inside, item, depth - 1) }];
}

/** The node that the next one would be inside of, if it is as deep; `undefined` if inside of none. */
export function around<T>(forest: readonly TreeNode<T>[], depth: number): TreeNode<T> | undefined {
  const last = forest.at(-1);
  if (depth === 0 || last === undefined) return undefined;
  return around(last.inside, depth - 1) ?? last;
}
