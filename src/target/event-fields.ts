import type { Abi, AbiEvent, AbiParameter, Hex } from "viem";

import type { Things } from "./arguments/things.js";

import { toEventSelector } from "viem";

import { elementOf } from "./arguments/element.js";
import { parameterKey } from "./arguments/parameter-key.js";
import { isCalledId } from "./arguments/role.js";
import { thingsOf } from "./arguments/things.js";

/** Where an event has a number, a word or a byte string. */
interface EventField {
  readonly name: string;
  readonly kind: "word" | "bytes";
  /** Whether its name says that it is an id. */
  readonly isId: boolean;
  /** The place of its word: among the topics, or among those of the data. */
  readonly of: "topics" | "data";
  readonly at: number;
}

/** What events tell by name, by the topic of their signature and the number of their topics. */
export type EventFields = ReadonlyMap<string, readonly EventField[]>;

/** A log of a transaction, as far as it tells something. */
interface LogData {
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** What logs tell. */
export interface ToldByEvents {
  readonly named: readonly { readonly name: string; readonly word: Hex; readonly isId: boolean }[];
  readonly payloads: readonly Hex[];
}

/** The longest byte string that is kept, bytes, and the shortest: a word is kept as one. */
const LONGEST = 2_048;
const SHORTEST = 33;

/** The fields of events that contracts declare. */
export function eventFields(abis: readonly Abi[]): EventFields {
  const fields = new Map<string, readonly EventField[]>();
  const things: Things = new Set(abis.flatMap((abi) => [...thingsOf(abi)]));
  for (const item of abis.flat()) {
    if (item.type !== "event" || item.anonymous === true) continue;
    const own = fieldsOf(item, things);
    if (own.length > 0) fields.set(keyOf(toEventSelector(item), item.inputs.filter(isIndexed).length + 1), own);
  }
  return fields;
}

/** The numbers, words and longer byte strings of events whose declaration is known. */
export function toldBy(logs: readonly LogData[], fields: EventFields): ToldByEvents {
  const named: { name: string; word: Hex; isId: boolean }[] = [];
  const payloads: Hex[] = [];
  if (fields.size === 0) return { named, payloads };
  for (const { topics, data } of logs) {
    for (const { name, kind, isId, of, at } of fields.get(keyOf(topics[0] ?? "0x", topics.length)) ?? []) {
      const word = of === "topics" ? topics[at] : wordAt(data, 32 * at);
      if (word === undefined) continue;
      if (kind === "word") {
        if (name !== "") named.push({ name, word, isId });
        continue;
      }
      const payload = bytesAt(data, word);
      if (payload !== undefined) payloads.push(payload);
    }
  }
  return { named, payloads };
}

function keyOf(selector: Hex, topics: number): string {
  return `${selector} ${String(topics)}`;
}

function isIndexed(parameter: AbiEvent["inputs"][number]): boolean {
  return parameter.indexed === true;
}

function fieldsOf({ inputs }: AbiEvent, things: Things): readonly EventField[] {
  let topic = 1;
  let place = 0;
  return inputs.flatMap((input): readonly EventField[] => {
    const isTopic = isIndexed(input);
    const at = isTopic ? topic++ : place;
    if (!isTopic) place += wordsIn(input);
    const { name = "", type } = input;
    const of = isTopic ? "topics" : "data";
    const isId = type !== "bytes" && (isCalledId(name) || things.has(parameterKey(name)));
    if (/^(uint\d*|bytes32)$/.test(type)) return [{ name, kind: "word", isId, of, at }];
    // of an indexed one there is only the hash
    return type === "bytes" && !isTopic ? [{ name, kind: "bytes", isId, of, at }] : [];
  });
}

/** How many words a parameter takes in front of what is of any length. */
function wordsIn(parameter: AbiParameter): number {
  const element = elementOf(parameter);
  if (isDynamic(parameter)) return 1;
  if (element !== undefined) return (element.length ?? 1) * wordsIn(element.parameter);
  return "components" in parameter ? parameter.components.reduce((sum, one) => sum + wordsIn(one), 0) : 1;
}

function isDynamic(parameter: AbiParameter): boolean {
  const element = elementOf(parameter);
  if (element !== undefined) return element.length === undefined || isDynamic(element.parameter);
  if ("components" in parameter) return parameter.components.some(isDynamic);
  return parameter.type === "bytes" || parameter.type === "string";
}

function wordAt(data: Hex, at: number): Hex | undefined {
  const digits = data.slice(2 + 2 * at, 66 + 2 * at);
  return digits.length === 64 ? `0x${digits}` : undefined;
}

/** The byte string that begins at a place of the data, if it is neither short nor long. */
function bytesAt(data: Hex, place: Hex): Hex | undefined {
  const bytes = (data.length - 2) / 2;
  if (BigInt(place) >= BigInt(bytes)) return undefined;
  const at = Number(BigInt(place));
  const length = BigInt(wordAt(data, at) ?? "0x0");
  if (length < SHORTEST || length > LONGEST || at + 32 + Number(length) > bytes) return undefined;
  return `0x${data.slice(2 + 2 * (at + 32), 2 + 2 * (at + 32 + Number(length)))}`;
}
