import type { AbiFunction, Address } from "viem";

import type { ReadCall, ReadPlan, ReadResult } from "../protocols/read-plan.js";
import type { AskedContract, LeftOut, Question } from "./dictionary.js";

import { namesAccount } from "../protocols/beneficiary.js";
import { addressKey } from "../quantity/address.js";

import { parameterKey } from "./arguments/parameter-key.js";
import { limited, readCallOf, valuesOf } from "./dictionary.js";
import { functionsOf, isView } from "./functions.js";

/** The addresses that contracts name, and what they call them. Asked once: what is a market or a feed seldom changes. */
export interface Directory {
  readonly addresses: readonly Address[];
  /**
   * The addresses that a parameter of this name is likely to mean: what a view of that name returns (`oracleOf(address)` for `oracle`), and
   * what a view that takes a parameter of that name has an answer for (`priceOf(address market)` for `market`).
   */
  named(parameter: string): readonly Address[];
}

/** Names nothing. */
export const EMPTY_DIRECTORY: Directory = { addresses: [], named: () => [] };

/** The most views that are asked for addresses: as many as have gas in one read if each takes all that it may. */
const MOST_QUESTIONS = 100;

/** Ids that views of lists are asked about. */
const IDS = [0n, 1n, 2n, 3n];

/** The shortest name that counts as a part of another: `oracle` in `oracleData`. */
const SHORTEST = 4;

/**
 * Reads what the views of contracts say of nobody, of other contracts, and of small numbers; of several contracts in turn, if there
 * are too many.
 *
 * @returns the plan, and how many questions there would be besides
 */
export function directoryPlan(
  contracts: readonly AskedContract[],
  about: readonly Address[],
): { readonly plan: ReadPlan<Directory>; readonly left: LeftOut } {
  const { asked, left } = limited(
    contracts.map((contract) => questionsTo(contract, about)),
    MOST_QUESTIONS,
  );
  const plan: ReadPlan<Directory> = {
    calls: [],
    simulations: [asked.map((question): ReadCall => readCallOf(question))],
    decode: (_results, [results = []]) => directoryOf(asked, results),
  };
  return { plan, left };
}

function questionsTo({ name: of, address: to, abi }: AskedContract, about: readonly Address[]): readonly Question[] {
  return functionsOf(abi)
    .filter(isView)
    .flatMap((item): readonly Question[] => {
      const [input] = item.inputs;
      if (input === undefined) return namesAddresses(item) ? [{ of, to, item, args: [] }] : [];
      if (item.inputs.length > 1) return [];
      if (input.type === "address") {
        return namesAccount(input) ? [] : about.map((about) => ({ of, to, item, args: [about] }));
      }
      const isId = /^uint(?:256|128|64)?$/.test(input.type) && namesAddresses(item);
      return isId ? IDS.map((id) => ({ of, to, item, args: [id] })) : [];
    });
}

function namesAddresses({ outputs }: AbiFunction): boolean {
  return outputs.some(({ type }) => type.startsWith("address") || type.startsWith("tuple"));
}

function directoryOf(questions: readonly Question[], results: readonly ReadResult[]): Directory {
  const addresses = new Map<string, Address>();
  const byName = new Map<string, Map<string, Address>>();
  const note = (name: string, address: Address): void => {
    const key = parameterKey(name);
    if (key === "") return;
    const known = byName.get(key) ?? new Map<string, Address>();
    byName.set(key, known.set(addressKey(address), address));
  };
  for (const [index, { item, args }] of questions.entries()) {
    const values = valuesOf(item, results[index]);
    for (const { kind, value } of values) {
      if (kind !== "address" || BigInt(value as Address) === 0n) continue;
      const address = value as Address;
      addresses.set(addressKey(address), address);
      for (const name of [item.name, ...item.outputs.map((output) => output.name ?? "")]) note(name, address);
    }
    const [asked] = args;
    const hasAnswer = values.some(({ kind, value }) => kind === "text" || BigInt(value as bigint | Address) !== 0n);
    if (typeof asked === "string" && hasAnswer) note(item.inputs[0]?.name ?? "", asked as Address);
  }
  const found = new Map<string, readonly Address[]>();
  const lookUp = (key: string): readonly Address[] => {
    const matching = [...byName].flatMap(([name, known]) => (isPartOf(key, name) ? [...known] : []));
    return [...new Map(matching).values()];
  };
  return {
    addresses: [...addresses.values()],
    named: (parameter) => {
      const key = parameterKey(parameter);
      const known = found.get(key) ?? lookUp(key);
      found.set(key, known);
      return known;
    },
  };
}

function isPartOf(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short === long || (short.length >= SHORTEST && long.includes(short));
}
