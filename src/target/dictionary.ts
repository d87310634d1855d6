import type { Abi, AbiFunction, AbiParameter, Address, Hex } from "viem";

import type { ReadCall, ReadPlan, ReadResult } from "../protocols/read-plan.js";

import { decodeFunctionResult, encodeFunctionData } from "viem";

import { addressKey } from "../quantity/address.js";

import { functionsOf, isView } from "./functions.js";
import { inTurn } from "./in-turn.js";

/** What the views of contracts say in one state. Lists keep their order from state to state. */
export interface Dictionary {
  readonly numbers: readonly bigint[];
  /** By lower-case address. */
  readonly byAccount: ReadonlyMap<string, readonly bigint[]>;
  readonly addresses: readonly Address[];
  readonly words: readonly Hex[];
  /** Byte strings longer than a word. */
  readonly payloads: readonly Hex[];
  readonly texts: readonly string[];
}

/** A contract whose views are asked. */
export interface AskedContract {
  readonly name: string;
  readonly address: Address;
  readonly abi: Abi;
}

/** Contracts of a kind that contracts under siege have created, or may create. */
export interface AskedKind {
  readonly name: string;
  readonly addresses: readonly Address[];
  readonly abi: Abi;
}

/** What is left out of something, by contract. */
export type LeftOut = Readonly<Record<string, number>>;

/** A view with its arguments. */
export interface Question {
  /** The contract's name. */
  readonly of: string;
  /** Set if there may be no contract yet: then it has no answer, not even zeros. */
  readonly maybe?: true;
  readonly to: Address;
  readonly item: AbiFunction;
  readonly args: readonly unknown[];
  /** The account that it is asked about. */
  readonly about?: Address;
}

/** The gas that a view may take; one that takes more says nothing. */
export const QUESTION_GAS = 150_000;

/** The most views that are asked in each block: a contract with hundreds has them in the order of its ABI. */
const MOST_QUESTIONS = 56;

/** The ids that views are asked about. */
const IDS = [0n, 1n, 2n];

/** The most byte strings that are kept; each has less than the 1,024 bytes that are read of an answer. */
const MOST_PAYLOADS = 8;

/** The longest list that is looked into. */
const MOST_ITEMS = 8;

/**
 * What to ask: views without arguments, of an account (of each of `accounts`), and of a small number; of several contracts in turn,
 * if there are too many. All contracts of a kind that were created, or will be, share the turns of one.
 *
 * @returns the questions, and how many more there would be of each contract
 */
export function questionsFor(
  contracts: readonly AskedContract[],
  accounts: readonly Address[],
  kinds: readonly AskedKind[] = [],
): { readonly asked: readonly Question[]; readonly left: LeftOut } {
  const own = contracts.map((contract) => questionsTo(contract, accounts));
  const created = kinds.map(({ addresses, ...kind }) =>
    inTurn(addresses.map((address) => questionsTo({ ...kind, address }, accounts))).map((question): Question => ({
      ...question,
      maybe: true,
    })),
  );
  return limited([...own, ...created], MOST_QUESTIONS);
}

/** The first questions of each list in turn, if there are too many, and how many are left, by contract. */
export function limited(
  lists: readonly (readonly Question[])[],
  most: number,
): { readonly asked: readonly Question[]; readonly left: LeftOut } {
  const all = lists.flat();
  if (all.length <= most) return { asked: all, left: {} };
  const turns = inTurn(lists);
  const left: Record<string, number> = {};
  for (const { of } of turns.slice(most)) left[of] = (left[of] ?? 0) + 1;
  return { asked: turns.slice(0, most), left };
}

function questionsTo({ name, address: to, abi }: AskedContract, accounts: readonly Address[]): readonly Question[] {
  const views = functionsOf(abi).filter(isView);
  const taking = (types: string): readonly AbiFunction[] =>
    views.filter(({ inputs }) => inputs.map(({ type }) => type.replace(/^uint\d*$/, "uint")).join() === types);
  return [
    ...taking("").map((item): Question => ({ of: name, to, item, args: [] })),
    ...accounts.flatMap((about) =>
      taking("address").map((item): Question => ({ of: name, to, item, args: [about], about })),
    ),
    ...IDS.flatMap((id) =>
      taking("uint").map((item): Question => ({ of: name, to, item, args: [narrowed(id, item)] })),
    ),
    ...accounts.slice(0, 2).flatMap((about) =>
      IDS.slice(0, 2).flatMap((id) =>
        taking("uint,address").map((item): Question => ({
          of: name,
          to,
          item,
          args: [narrowed(id, item), about],
          about,
        })),
      ),
    ),
  ];
}

/** The questions as a part of the batched read. */
export function dictionaryPlan(questions: readonly Question[]): ReadPlan<Dictionary> {
  return {
    calls: [],
    // in a group of their own, the last: what they take is not missing elsewhere
    simulations: [questions.map(readCallOf)],
    decode: (_results, [results = []]) => dictionaryOf(questions, results),
  };
}

/** Which views have no answer to any question: `vault.rate`. */
export function unansweredPlan(questions: readonly Question[]): ReadPlan<readonly string[]> {
  return {
    ...dictionaryPlan(questions),
    decode: (_results, [results = []]) => {
      const views = new Map<string, boolean>();
      for (const [index, { of, item, maybe }] of questions.entries()) {
        if (maybe === true) continue;
        const name = `${of}.${item.name}`;
        views.set(name, views.get(name) === true || results[index]?.success === true);
      }
      return [...views].flatMap(([name, hasAnswer]) => (hasAnswer ? [] : [name]));
    },
  };
}

/** A question as a call that may fail. */
export function readCallOf({ to, item, args }: Question): ReadCall {
  return { to, data: encodeFunctionData({ abi: [item], functionName: item.name, args }), gas: QUESTION_GAS };
}

function dictionaryOf(questions: readonly Question[], results: readonly ReadResult[]): Dictionary {
  const numbers: bigint[] = [];
  const byAccount = new Map<string, bigint[]>();
  const addresses = new Set<Address>();
  const words = new Set<Hex>();
  const payloads = new Set<Hex>();
  const texts = new Set<string>();
  for (const [index, { item, about, maybe }] of questions.entries()) {
    if (maybe === true && !isAnswer(results[index])) continue;
    const ofAccount = about === undefined ? numbers : listAt(byAccount, addressKey(about));
    for (const { kind, value } of valuesOf(item, results[index])) {
      if (kind === "number") ofAccount.push(value as bigint);
      else if (kind === "address") addresses.add(value as Address);
      else if (kind === "word") words.add(value as Hex);
      else if (kind === "bytes") payloads.add(value as Hex);
      else texts.add(value as string);
    }
  }
  addresses.delete("0x0000000000000000000000000000000000000000");
  return {
    numbers,
    byAccount,
    addresses: [...addresses],
    words: [...words],
    payloads: [...payloads].slice(0, MOST_PAYLOADS),
    texts: [...texts],
  };
}

/** Whether anybody answered: an account without code succeeds with nothing. */
function isAnswer(result: ReadResult | undefined): boolean {
  return result?.success === true && result.data !== "0x";
}

function listAt(lists: Map<string, bigint[]>, key: string): bigint[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}

/** A value that a view returned. */
export interface Value {
  readonly kind: "number" | "address" | "word" | "bytes" | "text";
  readonly value: unknown;
}

/** One value for each static output, whether the call succeeded or not, so that places stay; a few of each list. */
export function valuesOf(item: AbiFunction, result: ReadResult | undefined): readonly Value[] {
  const leaves = item.outputs.flatMap(staticLeaves);
  if (leaves.every((type) => type !== undefined)) {
    const enough = result?.success === true && result.data.length >= 2 + 64 * leaves.length;
    return leaves.flatMap((type, at) => {
      const digits = enough ? result.data.slice(2 + 64 * at, 66 + 64 * at) : "0".repeat(64);
      return wordValue(type, digits);
    });
  }
  if (result?.success !== true) return [];
  try {
    const decoded: unknown = decodeFunctionResult({ abi: [item], functionName: item.name, data: result.data });
    const values = item.outputs.length === 1 ? [decoded] : (decoded as readonly unknown[]);
    return item.outputs.flatMap((output, at) => dynamicValues(output, values[at]));
  } catch {
    // a contract may return anything
    return [];
  }
}

function staticLeaves(parameter: AbiParameter): readonly (string | undefined)[] {
  if ("components" in parameter && parameter.type === "tuple") return parameter.components.flatMap(staticLeaves);
  return [/^(u?int\d*|address|bool|bytes\d+)$/.test(parameter.type) ? parameter.type : undefined];
}

function wordValue(type: string, digits: string): readonly Value[] {
  if (type === "bool") return [];
  if (type === "address") return [{ kind: "address", value: `0x${digits.slice(24)}` }];
  if (type.startsWith("bytes")) return [{ kind: "word", value: `0x${digits}` }];
  const value = BigInt(`0x${digits}`);
  const isNegative = type.startsWith("int") && value >= 2n ** 255n;
  return [{ kind: "number", value: isNegative ? 2n ** 256n - value : value }];
}

function dynamicValues(parameter: AbiParameter, value: unknown): readonly Value[] {
  if (Array.isArray(value)) {
    const element = { ...parameter, type: parameter.type.replace(/\[\d*\]$/, "") };
    return (value as readonly unknown[]).slice(0, MOST_ITEMS).flatMap((one) => dynamicValues(element, one));
  }
  if (typeof value === "object" && value !== null && "components" in parameter) {
    return parameter.components.flatMap((component) =>
      dynamicValues(component, (value as Readonly<Record<string, unknown>>)[component.name ?? ""]),
    );
  }
  if (typeof value === "bigint" || typeof value === "number") return [{ kind: "number", value: abs(BigInt(value)) }];
  if (typeof value !== "string") return [];
  if (parameter.type === "address") return [{ kind: "address", value: value.toLowerCase() }];
  if (parameter.type === "string") return value === "" ? [] : [{ kind: "text", value }];
  if (value.length === 66) return [{ kind: "word", value }];
  return parameter.type === "bytes" && value.length > 66 ? [{ kind: "bytes", value }] : [];
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** viem takes integers of up to 48 bits as numbers. */
function narrowed(value: bigint, { inputs }: AbiFunction): bigint | number {
  const bits = Number(/^uint(\d+)$/.exec(inputs[0]?.type ?? "")?.[1] ?? 256);
  return bits <= 48 ? Number(value) : value;
}
