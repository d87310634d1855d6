import type { Abi } from "viem";

import { parameterKey } from "./parameter-key.js";

/** What a contract numbers: the names of ids, as {@link parameterKey} writes them. */
export type Things = ReadonlySet<string>;

/** Nothing is numbered. */
export const NO_THINGS: Things = new Set();

/**
 * What a contract seems to number, by the names in its ABI: what a view tells of a number (`tickets(uint256)` and `getTicket(uint256)`
 * tell of tickets), and what functions return that change something (`returns (uint256 ticket)`). Whether a parameter of that name
 * is an amount all the same, its name decides first.
 */
export function thingsOf(abi: Abi): Things {
  const names = abi.flatMap((item): readonly string[] => {
    if (item.type !== "function") return [];
    if (item.stateMutability !== "view" && item.stateMutability !== "pure") {
      return item.outputs.flatMap(({ type, name = "" }) => (isNumber(type) ? [name] : []));
    }
    const [first] = item.inputs;
    return item.inputs.length === 1 && first !== undefined && isNumber(first.type)
      ? [item.name.replace(/^get|Of$/, "")]
      : [];
  });
  return new Set(names.map(parameterKey).filter((name) => name !== ""));
}

function isNumber(type: string): boolean {
  return /^uint\d*$/.test(type);
}
