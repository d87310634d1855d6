import type { AbiParameter } from "viem";

import type { CallStep, Trace } from "../trace.js";

/** Where an amount stands: a step, and the way into its arguments; an empty way is the value sent along. */
export interface AmountLeaf {
  readonly step: number;
  readonly way: readonly (number | string)[];
  readonly amount: bigint;
  /** Of its type: an amount is below 2^bits. */
  readonly bits: number;
}

/** All amounts of a trace's calls: unsigned integers of at least 32 bits, and values. Deadlines are not amounts. */
export function amountsOf(trace: Trace): readonly AmountLeaf[] {
  return trace.steps.flatMap((step, index): AmountLeaf[] => {
    if (step.kind !== "call") return [];
    const inArgs = step.function.inputs.flatMap((input, at) => leaves(input, step.args[at], [at]));
    const value = step.value === 0n ? [] : [{ way: [], amount: step.value, bits: 256 }];
    return [...inArgs, ...value].map((leaf) => ({ step: index, ...leaf }));
  });
}

function leaves(
  parameter: AbiParameter,
  value: unknown,
  way: readonly (number | string)[],
): readonly Omit<AmountLeaf, "step">[] {
  if (Array.isArray(value)) {
    const element = { ...parameter, type: parameter.type.replace(/\[\d*\]$/, "") };
    const isList = element.type !== parameter.type;
    return (value as readonly unknown[]).flatMap((item, index) => {
      const inner = isList ? element : componentsOf(parameter)[index];
      return inner === undefined ? [] : leaves(inner, item, [...way, index]);
    });
  }
  if (typeof value === "object" && value !== null) {
    return componentsOf(parameter).flatMap((component) =>
      component.name === undefined
        ? []
        : leaves(component, (value as Readonly<Record<string, unknown>>)[component.name], [...way, component.name]),
    );
  }
  const bits = /^uint(\d+)$/.exec(parameter.type)?.[1];
  if (typeof value !== "bigint" || value === 0n || parameter.name === "deadline") return [];
  // signed ones are not amounts that something is paid with, and may be below zero
  if (bits === undefined || Number(bits) < 32) return [];
  return [{ way, amount: value, bits: Number(bits) }];
}

function componentsOf(parameter: AbiParameter): readonly AbiParameter[] {
  return "components" in parameter ? parameter.components : [];
}

/** The trace with other amounts at some leaves, none larger than its type allows. */
export function withAmounts(trace: Trace, amounts: ReadonlyMap<AmountLeaf, bigint>): Trace {
  const changed = new Map<number, CallStep>();
  for (const [leaf, wanted] of amounts) {
    const most = 2n ** BigInt(leaf.bits) - 1n;
    const amount = wanted < most ? wanted : most;
    const step = changed.get(leaf.step) ?? trace.steps[leaf.step];
    if (step?.kind !== "call") continue;
    changed.set(
      leaf.step,
      leaf.way.length === 0
        ? { ...step, value: amount }
        : { ...step, args: replaced(step.args, leaf.way, amount) as readonly unknown[] },
    );
  }
  return { ...trace, steps: trace.steps.map((step, index) => changed.get(index) ?? step) };
}

function replaced(value: unknown, way: readonly (number | string)[], amount: bigint): unknown {
  const [head, ...rest] = way;
  if (head === undefined) return amount;
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).map((item, index) => (index === head ? replaced(item, rest, amount) : item));
  }
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [head]: replaced(object[head], rest, amount) };
}
