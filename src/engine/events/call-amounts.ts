import type { AbiFunction, AbiParameter } from "viem";

import type { TreeCall } from "../run/call-tree.js";
import type { CallAmount } from "./kind.js";

import { withAmount } from "../../protocols/open-amount.js";
import { lastInteger, roleOfUnsigned } from "../../target/arguments/role.js";
import { NO_THINGS } from "../../target/arguments/things.js";
import { mappedParts, partsIn } from "../run/call-tree.js";

/** The parts of a call that hold amounts. */
interface Call {
  readonly function: AbiFunction;
  readonly args: readonly unknown[];
  readonly value: bigint;
}

/** A call that makes others. */
interface OuterCall<InnerT> extends Call {
  readonly inner?: readonly InnerT[];
}

interface MadeCall<InnerT> extends Call, TreeCall<InnerT> {
  readonly function: AbiFunction;
}

type Leaf = Omit<CallAmount, "inner">;

/** All amounts of a call and of those that it makes: unsigned integers of at least 32 bits, and values. Deadlines are not amounts. */
export function amountsOfCall<InnerT extends MadeCall<InnerT>>(call: OuterCall<InnerT>): readonly CallAmount[] {
  return [
    { made: call as Call, inner: undefined },
    ...partsIn<InnerT>(call.inner).map((made, inner) => ({ made, inner })),
  ].flatMap(({ made, inner }) => {
    const { inputs } = made.function;
    const inArgs = inputs.flatMap((input, at) => leaves(input, made.args[at], [at], at === lastInteger(inputs)));
    const value = made.value === 0n ? [] : [{ way: [], amount: made.value, bits: 256 }];
    return [...inArgs, ...value].map((leaf): CallAmount => ({ inner, ...leaf }));
  });
}

/** The call with other amounts, none larger than its type allows. */
export function withAmountsOfCall<T extends OuterCall<InnerT>, InnerT extends MadeCall<InnerT>>(
  call: T,
  amounts: ReadonlyMap<CallAmount, bigint>,
): T {
  let changed = call;
  for (const [leaf, wanted] of amounts) {
    const most = 2n ** BigInt(leaf.bits) - 1n;
    const amount = wanted < most ? wanted : most;
    const { inner: place } = leaf;
    changed =
      place === undefined
        ? withAmount(changed, leaf.way, amount)
        : {
            ...changed,
            inner: mappedParts<InnerT>(changed.inner ?? [], (made, at) =>
              at === place ? withAmount(made, leaf.way, amount) : made,
            ),
          };
  }
  return changed;
}

/** @param isLast - see {@link roleOf} */
function leaves(
  parameter: AbiParameter,
  value: unknown,
  way: readonly (number | string)[],
  isLast: boolean,
): readonly Leaf[] {
  // `args` may omit parameters: the calls that a transaction makes are not among them
  if (value === undefined) return [];
  if (Array.isArray(value)) {
    const element = { ...parameter, type: parameter.type.replace(/\[\d*\]$/, "") };
    const isList = element.type !== parameter.type;
    return (value as readonly unknown[]).flatMap((item, index) => {
      const components = componentsOf(parameter);
      const inner = isList ? element : components[index];
      const ofInner = isList ? isLast : index === lastInteger(components);
      return inner === undefined ? [] : leaves(inner, item, [...way, index], ofInner);
    });
  }
  if (typeof value === "object" && value !== null) {
    const fields = value as Readonly<Record<string, unknown>>;
    return componentsOf(parameter).flatMap((component, index, components) =>
      component.name === undefined
        ? []
        : leaves(component, fields[component.name], [...way, component.name], index === lastInteger(components)),
    );
  }
  const bits = /^uint(\d+)$/.exec(parameter.type)?.[1];
  if (typeof value !== "bigint" || value === 0n || parameter.name === "deadline") return [];
  // signed integers are not amounts to pay with, and may be negative
  if (bits === undefined || Number(bits) < 32) return [];
  const isId = roleOfUnsigned(parameter, isLast, NO_THINGS) === "id";
  return [{ way, amount: value, bits: Number(bits), ...(isId ? { isId } : {}) }];
}

function componentsOf(parameter: AbiParameter): readonly AbiParameter[] {
  return "components" in parameter ? parameter.components : [];
}
