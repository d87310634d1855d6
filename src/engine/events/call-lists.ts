import type { AbiFunction, AbiParameter } from "viem";

import type { Way } from "../../protocols/open-amount.js";
import type { TreeCall } from "../run/call-tree.js";
import type { CallList } from "./kind.js";

import { changedAt } from "../../protocols/open-amount.js";
import { mappedParts, partsIn } from "../run/call-tree.js";

/** The parts of a call that hold lists. */
interface Call {
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
}

/** A call that makes others. */
interface OuterCall<InnerT> extends Call {
  readonly inner?: readonly InnerT[];
}

interface MadeCall<InnerT> extends Call, TreeCall<InnerT> {
  readonly function: AbiFunction;
}

interface Place {
  readonly way: Way;
  readonly length: number;
}

/**
 * The lists of any length in a call's arguments and in those of the calls that it makes. Lists of the same length in one call
 * (targets, values, calldatas) mostly belong together: they come as one first, and then each by itself.
 */
export function listsOfCall<InnerT extends MadeCall<InnerT>>(call: OuterCall<InnerT>): readonly CallList[] {
  return [
    { made: call as Call, inner: undefined },
    ...partsIn<InnerT>(call.inner).map((made, inner) => ({ made, inner })),
  ].flatMap(({ made, inner }) => {
    const places = made.function.inputs.flatMap((input, at) => listsIn(input, made.args[at], [at]));
    const lengths = [...new Set(places.map(({ length }) => length))];
    const together = lengths.map((length) => places.filter((place) => place.length === length));
    return [...together.filter(({ length }) => length > 1), ...places.map((place) => [place])].map(
      (lists): CallList => ({ inner, ways: lists.map(({ way }) => way), length: lists[0]?.length ?? 0 }),
    );
  });
}

/** The call with only some elements of the lists, by index. */
export function keepingInLists<T extends OuterCall<InnerT>, InnerT extends MadeCall<InnerT>>(
  call: T,
  { inner, ways }: CallList,
  places: readonly number[],
): T {
  const kept = (list: unknown): unknown =>
    (list as readonly unknown[]).filter((_item, index) => places.includes(index));
  const shorter = <CallT extends Call>(made: CallT): CallT => ({
    ...made,
    args: ways.reduce<readonly unknown[]>((args, way) => changedAt(args, way, kept) as readonly unknown[], made.args),
  });
  if (inner === undefined) return shorter(call);
  return {
    ...call,
    inner: mappedParts<InnerT>(call.inner ?? [], (made, index) => (index === inner ? shorter(made) : made)),
  };
}

function listsIn(parameter: AbiParameter, value: unknown, way: Way): readonly Place[] {
  const components: readonly AbiParameter[] = "components" in parameter ? parameter.components : [];
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    const element = { ...parameter, type: parameter.type.replace(/\[\d*\]$/, "") };
    if (element.type === parameter.type) {
      // a tuple whose components have no names
      return items.flatMap((item, index) => listsIn(components[index] ?? NOTHING, item, [...way, index]));
    }
    const inside = items.flatMap((item, index) => listsIn(element, item, [...way, index]));
    const isOfAnyLength = parameter.type.endsWith("[]");
    return isOfAnyLength && items.length > 0 ? [{ way, length: items.length }, ...inside] : inside;
  }
  if (typeof value !== "object" || value === null) return [];
  return components.flatMap((component) =>
    component.name === undefined
      ? []
      : listsIn(component, (value as Readonly<Record<string, unknown>>)[component.name], [...way, component.name]),
  );
}

const NOTHING: AbiParameter = { type: "" };
