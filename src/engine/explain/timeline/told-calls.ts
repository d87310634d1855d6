import type { AbiFunction, Hex } from "viem";

import type { CallFrame } from "../../chain/traces.js";
import type { TellingContext } from "../../events/kind.js";
import type { Trace } from "../../events/trace.js";
import type { World } from "../../world/world.js";
import type { ObservedTransaction } from "./observed-run.js";
import type { Frame, ToldCall } from "./timeline.js";

import { decodeFunctionData, decodeFunctionResult, isAddress, size, slice } from "viem";

import { revertReason } from "../../../conditions/revert-reason.js";
import { PLAIN, selectorOf } from "../../../protocols/call.js";
import { tokens } from "../../../quantity/amount.js";
import { format, formatInteger } from "../../../quantity/format.js";
import { legible } from "../../../quantity/legible.js";
import { COMMON_FUNCTIONS } from "../../../target/common-functions.js";
import { functionsOf } from "../../../target/functions.js";
import { callData, callWords } from "../../events/call-data.js";
import { effectOf } from "../../reproduction/effect.js";
import { partsIn } from "../../run/call-tree.js";

import { ADAPTER_FUNCTIONS } from "./adapter-functions.js";
import { withRelativeTimes } from "./relative-times.js";

/** The most calls of a transaction that are listed, and how deep. */
const MOST_CALLS = 40;
const MOST_DEEP = 8;

/** The widest text of a call, and of what it returned. */
const TEXT = 200;
const ANSWER = 100;

/** The functions that are known in a world by their selectors. */
export function functionsIn({ target, creation }: World, { steps }: Trace): ReadonlyMap<Hex, AbiFunction> {
  const called = steps.flatMap((step) =>
    step.kind === "call" ? [step, ...partsIn(step.inner)].map((call) => call.function) : [],
  );
  const created = (creation?.kinds ?? []).flatMap(({ abi }) => functionsOf(abi));
  // later entries win: the contracts under siege know their own functions best
  const all = [...COMMON_FUNCTIONS, ...ADAPTER_FUNCTIONS, ...created, ...called, ...functionsOf(target.abi)];
  return new Map(all.map((item) => [selectorOf(item), item]));
}

/** The calls of a transaction as lines, with the code that proxies run left out. */
export function toldCalls(
  world: World,
  { calls: root, receipt }: Pick<ObservedTransaction, "calls" | "receipt">,
  functions: ReadonlyMap<Hex, AbiFunction>,
  nameOf: TellingContext["nameOf"],
): Pick<Frame, "calls" | "more"> {
  const context: TellingContext = {
    nameOf,
    token: (address) => world.tokens.known(address),
    assetOf: (vault) => world.tokens.assetOf(vault),
    account: (name) => world.frame.accounts.get(name),
    effect: effectOf(receipt),
    threshold: undefined,
  };
  const told: ToldCall[] = [];
  let more = 0;
  const tell = (call: CallFrame, depth: number): void => {
    // a proxy passes the same data on
    const passed = call.type === "DELEGATECALL";
    if (!passed) {
      if (told.length >= MOST_CALLS || depth > MOST_DEEP) more += 1;
      else told.push(lineOf(world, call, depth, functions, context));
    }
    for (const inner of call.calls) tell(inner, passed ? depth : depth + 1);
  };
  tell(root, 0);
  return { calls: told, ...(more === 0 ? {} : { more }) };
}

function lineOf(
  { target, base }: World,
  call: CallFrame,
  depth: number,
  functions: ReadonlyMap<Hex, AbiFunction>,
  context: TellingContext,
): ToldCall {
  const item = size(call.input) >= 4 ? functions.get(slice(call.input, 0, 4)) : undefined;
  const words = wordsOf(call, item, context);
  const answer = call.reverted
    ? revertReason(call.output, { abi: target.abi, ...(target.errors === undefined ? {} : { errors: target.errors }) })
    : answerOf(call, item, context);
  return {
    depth,
    text: legible(withRelativeTimes(words, base.timestamp), TEXT),
    ...(answer === undefined ? {} : { answer: legible(withRelativeTimes(answer, base.timestamp), ANSWER) }),
    ...(call.reverted ? { reverted: true as const } : {}),
    gasUsed: Number(call.gasUsed),
  };
}

function wordsOf(
  { type, from, to, input, value }: CallFrame,
  item: AbiFunction | undefined,
  context: TellingContext,
): string {
  if (type.startsWith("CREATE") || to === undefined) return `new ${to === undefined ? "contract" : context.nameOf(to)}`;
  const called = (one: AbiFunction, args: readonly unknown[]): string =>
    callWords(callData({ to, function: one, args, value }, from, context)).action;
  if (input === "0x") return called(nameless(PLAIN), []);
  const args = item === undefined ? undefined : argumentsOf(item, input);
  if (item !== undefined && args !== undefined) return called(item, args);
  return `${context.nameOf(to)}.${input.slice(0, 10)}(${size(input) > 4 ? "…" : ""})`;
}

function nameless(name: Hex): AbiFunction {
  return { type: "function", name, inputs: [], outputs: [], stateMutability: "payable" };
}

function argumentsOf(item: AbiFunction, data: Hex): readonly unknown[] | undefined {
  try {
    // of a function without arguments, viem returns none, whatever its type says
    return item.inputs.length === 0 ? [] : decodeFunctionData({ abi: [item], data }).args;
  } catch {
    // another function with the same selector, or no function's data
    return undefined;
  }
}

/** ERC-20 functions that return an amount of the token. */
const AMOUNTS = new Set(["allowance", "balanceOf", "totalSupply"]);

function answerOf(
  { to, output }: CallFrame,
  item: AbiFunction | undefined,
  { nameOf, token }: Pick<TellingContext, "nameOf" | "token">,
): string | undefined {
  if (item === undefined || item.outputs.length === 0 || output === "0x") return undefined;
  try {
    const value: unknown = decodeFunctionResult({ abi: [item], functionName: item.name, data: output });
    const counted = to !== undefined && AMOUNTS.has(item.name) ? token(to) : undefined;
    if (counted !== undefined && typeof value === "bigint") return format(tokens(value, counted));
    const values = item.outputs.length === 1 ? [value] : (value as readonly unknown[]);
    return values.map((one) => answerWords(one, nameOf)).join(", ");
  } catch {
    return undefined;
  }
}

function answerWords(value: unknown, nameOf: TellingContext["nameOf"]): string {
  if (typeof value === "bigint") return formatInteger(value);
  if (typeof value === "string") return isAddress(value, { strict: false }) ? nameOf(value) : value;
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Object.values(value).map((part) => answerWords(part, nameOf));
  return `(${parts.join(", ")})`;
}
