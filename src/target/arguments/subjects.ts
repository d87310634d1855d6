import type { AbiFunction, AbiParameter } from "viem";

import type { Subject } from "../../protocols/action.js";
import type { Role } from "./role.js";
import type { Things } from "./things.js";

import { namesAccount } from "../../protocols/beneficiary.js";

import { operandsOfParameter } from "./arguments.js";
import { elementOf } from "./element.js";
import { nameWords } from "./name-words.js";
import { lastInteger, roleOfUnsigned } from "./role.js";

/** Integers that say how much, not of what. */
const HOW_MUCH: ReadonlySet<Role> = new Set<Role>(["amount", "floor", "ceiling"]);

/** Where a function's operands say what a call is about: ids, strikes and expiries, markets, words; not accounts, amounts and limits. */
export function subjectsOf({ inputs }: Pick<AbiFunction, "inputs">, things: Things): readonly Subject[] {
  return subjectsAmong(inputs, things, 0);
}

function subjectsAmong(parameters: readonly AbiParameter[], things: Things, from: number): readonly Subject[] {
  const last = lastInteger(parameters);
  let at = from;
  return parameters.flatMap((parameter, index): readonly Subject[] => {
    const place = at;
    const count = operandsOfParameter(parameter);
    at += count;
    if (elementOf(parameter) !== undefined) return [];
    if ("components" in parameter) return subjectsAmong(parameter.components, things, place);
    const words = nameWords(parameter.name ?? "");
    const kind = words.length === 0 ? undefined : kindOf(parameter, index === last, things);
    return kind === undefined ? [] : [{ at: place, operands: count, kind, words }];
  });
}

function kindOf(parameter: AbiParameter, isLast: boolean, things: Things): Subject["kind"] | undefined {
  const role = roleOfUnsigned(parameter, isLast, things);
  if (role !== undefined) return HOW_MUCH.has(role) ? undefined : role === "id" ? "id" : "number";
  if (parameter.type === "address") return namesAccount(parameter) ? undefined : "contract";
  return /^bytes\d+$/.test(parameter.type) ? "word" : undefined;
}
