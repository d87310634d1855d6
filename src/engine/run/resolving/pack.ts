import type { Address, Hex } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { OpenCall } from "../../../protocols/open-amount.js";

import { encodeCall } from "../../../protocols/call.js";
import { placesOf } from "../../../protocols/open-amount.js";

import { offsetIn } from "./offsets.js";

/** A call with its sender, as one way to make a move. */
export interface Alternative {
  readonly from: Address;
  readonly call: OpenCall;
}

/**
 * What the Resolver goes through, in order: calls that are made whatever comes of them, moves with their alternatives, and moves
 * behind which it stops if what they return is zero.
 */
export type ResolverItem =
  | { readonly kind: "made"; readonly from: Address; readonly call: ContractCall; readonly wasAccepted?: true }
  | {
      readonly kind: "move" | "asking";
      readonly alternatives: readonly Alternative[];
      /** How many of its alternatives are no longer among them. */
      readonly refused: number;
    };

/** What became of a move. */
export interface Resolved {
  /** The index of the alternative that was accepted; `undefined` if none was. */
  readonly alternative: number | undefined;
  readonly amount: bigint;
  readonly gasUsed: bigint;
  /** Whether it leaves its sender more native coin, fees aside. */
  readonly isPaidCoin: boolean;
  /** The first word of what the call returned. */
  readonly returned: Hex;
}

/** The Resolver's answer. */
export interface ResolverAnswer {
  readonly trials: number;
  /** The outcomes of the first moves; fewer than there are if the gas did not suffice, or behind one that asked. */
  readonly moves: readonly Resolved[];
  /** How many alternatives of the next move were refused before the gas ran out. */
  readonly refused: number;
}

const NO_ALTERNATIVE = 255;
const SEEKS = { most: 1, least: 2 } as const;
const ALL_GAS = 4;

/** Bytes of the puppet's input before the calldata. */
const PUPPET_HEADER = 32;

/** In place of an offset: the value that is sent along. */
const VALUE = 0;

/** Packs the items. The format is documented in contracts/Resolver.sol. */
export function packMoves(items: readonly ResolverItem[]): Hex {
  let packed = "";
  let moves = 0;
  for (const item of items) {
    if (item.kind === "made") {
      const input = puppetInput(item.call);
      packed += `${item.wasAccepted === true ? "03" : "00"}${digits(item.from, 40)}${number(input.length / 2, 8)}${input}`;
      continue;
    }
    moves += 1;
    // what was drawn may take as much as there is
    const alternatives = item.alternatives
      .map((alternative, index) => packAlternative(alternative, item.refused + index === 0))
      .join("");
    packed += `${item.kind === "move" ? "01" : "02"}${number(alternatives.length / 2 + 5, 8)}${alternatives}`;
  }
  return `0x${number(moves, 4)}${packed}`;
}

function packAlternative({ from, call }: Alternative, hasAllGas: boolean): string {
  const input = puppetInput(call);
  const { open } = call;
  const places = open === undefined ? [] : placesOf(open).map((place) => offsetIn(call, place));
  const amounts = open?.amounts ?? [];
  return [
    digits(from, 40),
    number(call.code === undefined ? 0 : call.code + 1, 2),
    number((open === undefined ? 0 : SEEKS[open.seeks]) + (hasAllGas ? ALL_GAS : 0), 2),
    number(open?.steps ?? 0, 2),
    number(open?.share ?? 0, 8),
    number(amounts.length, 2),
    number(places.length, 2),
    ...amounts.map((amount) => number(BigInt.asUintN(256, open?.isNegative === true ? -amount : amount), 64)),
    ...places.map((offset) => number(offset === undefined ? VALUE : PUPPET_HEADER + offset, 8)),
    number(input.length / 2, 8),
    input,
  ].join("");
}

/** Unpacks the answer. */
export function unpackMoves(answer: Hex): ResolverAnswer {
  const moves: Resolved[] = [];
  for (let at = 2 + 320; at + 148 <= answer.length; at += 148) {
    const alternative = Number.parseInt(answer.slice(at, at + 2), 16);
    moves.push({
      alternative: alternative === NO_ALTERNATIVE ? undefined : alternative,
      gasUsed: BigInt(`0x${answer.slice(at + 2, at + 18)}`),
      isPaidCoin: answer.slice(at + 18, at + 20) === "01",
      amount: BigInt(`0x${answer.slice(at + 20, at + 84)}`),
      returned: `0x${answer.slice(at + 84, at + 148)}`,
    });
  }
  const count = (at: number): number => Number.parseInt(answer.slice(at, at + 64), 16);
  return { trials: count(2), refused: count(66), moves };
}

function puppetInput(call: ContractCall): string {
  const { to, value = 0n } = call;
  return `${digits(to, 40)}${value.toString(16).padStart(24, "0")}${encodeCall(call).slice(2)}`;
}

function digits(value: Hex, length: number): string {
  return value.slice(2).padStart(length, "0");
}

function number(value: bigint | number, length: number): string {
  return value.toString(16).padStart(length, "0");
}
