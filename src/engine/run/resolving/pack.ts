import type { AbiParameter, Address, Hex } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { OpenAmount, OpenCall, Way } from "../../../protocols/open-amount.js";

import { encodeCall } from "../../../protocols/call.js";
import { withAmount } from "../../../protocols/open-amount.js";

/** A call with its sender, as one way to make a move. */
export interface Alternative {
  readonly from: Address;
  readonly call: OpenCall;
}

/**
 * What the Resolver goes through, in order: calls that are made whatever comes of them, moves with their alternatives, and moves
 * that are only tried.
 */
export type ResolverItem =
  | { readonly kind: "made"; readonly from: Address; readonly call: ContractCall }
  | { readonly kind: "move" | "trial"; readonly alternatives: readonly Alternative[] };

/** What became of a move. */
export interface Resolved {
  /** The index of the alternative that was accepted; `undefined` if none was. */
  readonly alternative: number | undefined;
  readonly amount: bigint;
  readonly gasUsed: bigint;
  /** The first word of what the call returned. */
  readonly returned: Hex;
}

/** The Resolver's answer. */
export interface ResolverAnswer {
  readonly trials: number;
  /** The outcomes of the first moves; fewer than there are if the gas did not suffice. */
  readonly moves: readonly Resolved[];
  /** How many alternatives of the next move were refused before the gas ran out. */
  readonly refused: number;
}

const NO_ALTERNATIVE = 255;
const SEEKS = { most: 1, least: 2 } as const;
const AND_VALUE = 128;

/** Bytes of the puppet's input before the calldata. */
const PUPPET_HEADER = 32;
const SELECTOR = 4;

/** Packs the items. The format is documented in contracts/Resolver.sol. */
export function packMoves(items: readonly ResolverItem[]): Hex {
  let packed = "";
  let moves = 0;
  for (const item of items) {
    if (item.kind === "made") {
      const input = puppetInput(item.call);
      packed += `00${digits(item.from, 40)}${number(input.length / 2, 8)}${input}`;
      continue;
    }
    moves += 1;
    const alternatives = item.alternatives.map(packAlternative).join("");
    packed += `${item.kind === "move" ? "01" : "02"}${number(alternatives.length / 2 + 5, 8)}${alternatives}`;
  }
  return `0x${number(moves, 4)}${packed}`;
}

function packAlternative({ from, call }: Alternative): string {
  const input = puppetInput(call);
  const { open } = call;
  const head =
    open === undefined
      ? `${number(0, 8)}00${number(0, 12)}`
      : [
          number(open.way.length === 0 ? 0 : PUPPET_HEADER + offsetOf(call, open), 8),
          number(SEEKS[open.seeks] + (open.isValue ? AND_VALUE : 0), 2),
          number(open.steps, 2),
          number(open.share, 8),
          number(open.amounts.length, 2),
          ...open.amounts.map((amount) => number(BigInt.asUintN(256, open.isNegative === true ? -amount : amount), 64)),
        ].join("");
  return `${digits(from, 40)}${head}${number(input.length / 2, 8)}${input}`;
}

/** Unpacks the answer. */
export function unpackMoves(answer: Hex): ResolverAnswer {
  const moves: Resolved[] = [];
  for (let at = 2 + 192; at + 146 <= answer.length; at += 146) {
    const alternative = Number.parseInt(answer.slice(at, at + 2), 16);
    moves.push({
      alternative: alternative === NO_ALTERNATIVE ? undefined : alternative,
      gasUsed: BigInt(`0x${answer.slice(at + 2, at + 18)}`),
      amount: BigInt(`0x${answer.slice(at + 18, at + 82)}`),
      returned: `0x${answer.slice(at + 82, at + 146)}`,
    });
  }
  const count = (at: number): number => Number.parseInt(answer.slice(at, at + 64), 16);
  return { trials: count(2), refused: count(66), moves };
}

function puppetInput({ to, value = 0n, ...call }: ContractCall): string {
  return `${digits(to, 40)}${value.toString(16).padStart(24, "0")}${encodeCall({ to, ...call }).slice(2)}`;
}

const offsets = new WeakMap<object, Map<string, number>>();

/** Where an argument is in the calldata: where it differs if the argument does. */
function offsetOf(call: OpenCall, { way }: OpenAmount): number {
  const isFixed = call.function.inputs.every(isStatic);
  const key = way.join();
  const known = offsets.get(call.function)?.get(key);
  if (isFixed && known !== undefined) return known;
  const offset = differenceOf(encoded(call, way, 0n), encoded(call, way, 1n));
  if (isFixed) offsets.set(call.function, (offsets.get(call.function) ?? new Map<string, number>()).set(key, offset));
  return offset;
}

function encoded(call: OpenCall, way: Way, amount: bigint): Hex {
  return encodeCall(withAmount({ to: call.to, function: call.function, args: call.args }, way, amount));
}

/** The offset of the word that differs, in bytes from the start of the calldata. */
function differenceOf(one: Hex, other: Hex): number {
  let at = 2;
  while (at < one.length && one[at] === other[at]) at += 1;
  const place = Math.floor((at - 2) / 2) - SELECTOR;
  return SELECTOR + place - (place % 32);
}

function isStatic(parameter: AbiParameter): boolean {
  if (/\[\]|^(bytes|string)$|^(bytes|string)\[/.test(parameter.type)) return false;
  return !("components" in parameter) || parameter.components.every(isStatic);
}

function digits(value: Hex, length: number): string {
  return value.slice(2).padStart(length, "0");
}

function number(value: bigint | number, length: number): string {
  return value.toString(16).padStart(length, "0");
}
