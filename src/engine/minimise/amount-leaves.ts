import type { AbiParameter } from "viem";

import type { CallStep, Trace } from "../events/trace.js";

/** Where an amount stands: a step, and the way into its arguments; an empty way is the value sent along. */
export interface AmountLeaf {
  readonly step: number;
  /** Which of the calls that the step makes; the step's own call is none of them. */
  readonly inner: number | undefined;
  readonly way: readonly (number | string)[];
  readonly amount: bigint;
  /** Of its type: an amount is below 2^bits. */
  readonly bits: number;
}

/** A call in a step, and its place among those that the step makes; the step's own is none. */
interface CallIn {
  readonly call: Pick<CallStep, "function" | "args" | "value">;
  readonly inner: number | undefined;
}

function callsOf(step: CallStep): readonly CallIn[] {
  return [{ call: step, inner: undefined }, ...(step.inner ?? []).map((call, inner): CallIn => ({ call, inner }))];
}

/** All amounts of a trace's calls: unsigned integers of at least 32 bits, and values. Deadlines are not amounts. */
export function amountsOf(trace: Trace): readonly AmountLeaf[] {
  return trace.steps.flatMap((step, index): AmountLeaf[] => {
    if (step.kind !== "call") return [];
    return callsOf(step).flatMap(({ call, inner }) => {
      const inArgs = call.function.inputs.flatMap((input, at) => leaves(input, call.args[at], [at]));
      const value = call.value === 0n ? [] : [{ way: [], amount: call.value, bits: 256 }];
      return [...inArgs, ...value].map((leaf) => ({ step: index, inner, ...leaf }));
    });
  });
}

function leaves(
  parameter: AbiParameter,
  value: unknown,
  way: readonly (number | string)[],
): readonly Omit<AmountLeaf, "step" | "inner">[] {
  // whose arguments leave some parameters out: what a call makes in turn is no argument of it here
  if (value === undefined) return [];
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
    const { inner } = leaf;
    changed.set(
      leaf.step,
      inner === undefined
        ? withAmount(step, leaf.way, amount)
        : {
            ...step,
            inner: (step.inner ?? []).map((call, at) => (at === inner ? withAmount(call, leaf.way, amount) : call)),
          },
    );
  }
  return { ...trace, steps: trace.steps.map((step, index) => changed.get(index) ?? step) };
}

function withAmount<T extends Pick<CallStep, "args" | "value">>(
  call: T,
  way: readonly (number | string)[],
  amount: bigint,
): T {
  return way.length === 0
    ? { ...call, value: amount }
    : { ...call, args: replaced(call.args, way, amount) as readonly unknown[] };
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
