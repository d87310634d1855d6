import type { Parameter } from "../scenario.js";

import { isAddress, isHex } from "viem";

import { SiegeError } from "../../errors.js";
import { requireKnown, requireText, shown } from "../../options.js";

const OPTIONS = ["range", "unit", "step", "set", "reads", "search"] as const;

/**
 * Describes a parameter of a scenario. Nothing is set unless a run asks for it:
 * `siege.run(vault, scenario, { parameters: { ltv: 0.8 } })`; the default is what is there.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * parameters: {
 *   ltv: parameter({
 *     range: [0.5, 0.9],
 *     unit: "of the collateral",
 *     step: 0.0001,
 *     set: { calls: (ltv) => call({ address: vault, abi, functionName: "setLtv", args: [BigInt(Math.round(ltv * 1e4))] }) },
 *   }),
 *   blockTime: parameter({ range: [1, 60], unit: "seconds", step: 1, set: "blockTime" }),
 * }
 * ```
 */
export function parameter(options: Parameter): Parameter {
  requireKnown("parameter", options, OPTIONS);
  const { range, unit, step, set, reads, search = false } = options;
  const [least, most] = requireRange(range);
  if (unit !== undefined) requireText("parameter", "unit", unit);
  if (step !== undefined) requireStep(step, most - least);
  requireSetter(set);
  if (reads !== undefined && typeof (reads as { readonly decode?: unknown }).decode !== "function") {
    throw invalid("reads", reads, "Use a plan: map(read({ address, abi, functionName }), (answer) => Number(answer)).");
  }
  if (typeof (search as unknown) !== "boolean") throw invalid("search", search, "It must be true or false.");
  if (search) requireSearchable(options);
  return Object.freeze({ ...options, range: Object.freeze([least, most] as const) });
}

/** The nearest value that a parameter can have: a multiple of its step within its range. */
export function nearest({ range: [least, most], step }: Pick<Parameter, "range" | "step">, value: number): number {
  if (step === undefined) return tidy(Math.min(most, Math.max(least, value)));
  const [first, last] = [Math.ceil(tidy(least / step)), Math.floor(tidy(most / step))];
  return tidy(Math.min(last, Math.max(first, Math.round(value / step))) * step);
}

/** Without the noise of floating point: a step of 0.0001 gives 0.8, not 0.8000000000000002. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** A move is a transaction, and shrinks towards what there is. */
function requireSearchable({ set, reads }: Parameter): void {
  if (typeof set !== "object" || !("calls" in set)) {
    throw invalid(
      "search",
      true,
      "Only what a call sets is searched: set: { calls: (value) => call({ … }) }. For others, ask for a map: siege.map(…, { along }).",
    );
  }
  if (reads === undefined)
    throw invalid("search", true, "Say how its present value is read, towards which it shrinks: reads.");
}

function requireRange(range: unknown): readonly [number, number] {
  const [least, most, ...others] = Array.isArray(range) ? (range as readonly unknown[]) : [];
  if (isNumber(least) && isNumber(most) && others.length === 0 && least < most) return [least, most];
  throw invalid("range", range, "Give the least and the greatest value: range: [0.5, 0.9].");
}

function requireStep(step: unknown, width: number): void {
  if (isNumber(step) && step > 0 && step <= width) return;
  throw invalid("step", step, `It must be a number above 0 and at most ${width}, the width of the range.`);
}

function requireSetter(set: unknown): void {
  const hint =
    'Use a path in the scenario ("blockTime"), a function of it, { calls, as } for a contract, or { of, slot, word } for storage.';
  if (typeof set === "function" || (typeof set === "string" && /^[^.]+(\.[^.]+)*$/.test(set))) return;
  if (typeof set !== "object" || set === null) throw invalid("set", set, hint);
  if ("calls" in set) {
    const { calls, as } = set as { readonly calls: unknown; readonly as?: unknown };
    requireKnown("parameter: set", set, ["calls", "as"]);
    if (typeof calls !== "function")
      throw invalid("set.calls", calls, "It must be a function: (value) => call({ … }).");
    if (as !== undefined && !(typeof as === "string" && isAddress(as, { strict: false }))) {
      throw invalid("set.as", as, "It must be the address of the account that makes the call.");
    }
    return;
  }
  if (!("slot" in set)) throw invalid("set", set, hint);
  requireKnown("parameter: set", set, ["of", "slot", "offset", "bytes", "word"]);
  const { of, slot, offset = 0, bytes = 1, word } = set as Readonly<Record<string, unknown>>;
  if (!(typeof of === "string" && isAddress(of, { strict: false }))) {
    throw invalid("set.of", of, "It must be the address of the contract.");
  }
  if (!(typeof slot === "bigint" ? slot >= 0n : isHex(slot) && slot.length > 2 && slot.length <= 66)) {
    throw invalid("set.slot", slot, "It must be a bigint of at least 0n, or up to 32 bytes in hex.");
  }
  const fits = isWhole(offset) && isWhole(bytes) && offset >= 0 && bytes >= 1 && offset + bytes <= 32;
  if (!fits) {
    throw invalid(
      "set.offset",
      offset,
      "With set.bytes, it must lie within the 32 bytes of a slot: offset: 16, bytes: 16.",
    );
  }
  if (typeof word !== "function") throw invalid("set.word", word, "It must be a function: (value) => BigInt(value).");
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function invalid(option: string, value: unknown, hint: string): SiegeError {
  return new SiegeError("INVALID_OPTION", { message: `parameter: "${option}" is ${shown(value)}.`, hint });
}
