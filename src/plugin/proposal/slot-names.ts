import type { Abi, AbiFunction, Address, Hex } from "viem";

import type { Chain } from "../../engine/chain/chain.js";
import type { StorageChange } from "../../risk/proposal/proposal-result.js";
import type { ProjectArtifacts } from "../target/project-artifacts.js";

import { encodeFunctionData, getAddress, isAddress, isHex, parseAbi, size } from "viem";

import { IMPLEMENTATION_SLOTS, proxyAt } from "../../engine/chain/proxies.js";
import { addressKey, isSameAddress } from "../../quantity/address.js";
import { grouped } from "../../quantity/grouped.js";

import { changedParts } from "./aave-configuration.js";

/** Views that many contracts have, of which a project may have no source. */
const WELL_KNOWN = parseAbi([
  "function totalSupply() view returns (uint256)",
  "function balanceOf(address account) view returns (uint256)",
  "function allowance(address owner, address spender) view returns (uint256)",
  "function owner() view returns (address)",
  "function pendingOwner() view returns (address)",
  "function paused() view returns (bool)",
  "function hasRole(bytes32 role, address account) view returns (bool)",
  "function getRoleAdmin(bytes32 role) view returns (bytes32)",
  "function getConfiguration(address asset) view returns (uint256)",
]);

/** https://github.com/aave/aave-v3-core/blob/master/contracts/interfaces/IPool.sol */
const AAVE_CONFIGURATION = "getConfiguration";

/** Questions to a contract at most, and values of each type that are asked about. */
const MOST_QUESTIONS = 200;
const MOST_VALUES = 8;

/** Names of one slot at most: getters of values that are packed together. */
const MOST_NAMES = 4;

/** What names are found with. */
interface Looking {
  readonly chain: Chain;
  readonly artifacts: ProjectArtifacts;
}

/**
 * Names slots of storage by what reads them: the view that reads one slot and no other, with arguments that occur in the call. It needs no layout and
 * no source, but a contract's ABI or a standard one; what no such view returns has no name. The parts of Aave's configurations are told apart.
 *
 * @param args - of the call that changes them, and who makes it
 */
export async function namedChanges(
  changes: readonly StorageChange[],
  args: readonly unknown[],
  { chain, artifacts }: Looking,
): Promise<readonly StorageChange[]> {
  const values = [...valuesIn(args), ...changes.map(({ address }) => address)];
  const names = new Map<string, string[]>();
  for (const [address] of grouped(changes, (one) => one.address)) {
    for (const [slot, read] of await readsOf(address, values, { chain, artifacts })) {
      const key = `${addressKey(address)} ${BigInt(slot)}`;
      names.set(key, [...(names.get(key) ?? []), read]);
    }
  }
  return changes.map((change) => {
    const found = names.get(`${addressKey(change.address)} ${BigInt(change.slot)}`) ?? [];
    const kind = IMPLEMENTATION_SLOTS.find(([, slot]) => BigInt(slot) === BigInt(change.slot))?.[0];
    const name = kind === undefined ? found.slice(0, MOST_NAMES).join(", ") : `implementation of an ${kind} proxy`;
    if (name === "") return change;
    const isConfiguration = found.some((one) => one.startsWith(`${AAVE_CONFIGURATION}(`));
    return { ...change, name, ...(isConfiguration ? { parts: changedParts(change.from, change.to) } : {}) };
  });
}

/** Slots that one view alone reads, each with this view. */
async function readsOf(
  address: Address,
  values: readonly unknown[],
  { chain, artifacts }: Looking,
): Promise<readonly (readonly [Hex, string])[]> {
  const code = await chain.code(address);
  const proxy = await proxyAt(chain, address, code);
  const codes = [code];
  for (const { address: at } of proxy?.implementations ?? []) codes.push(await chain.code(at));
  const abis: Abi[] = [WELL_KNOWN];
  for (const one of codes) abis.push(...(await artifacts.withCode(one)).map(({ abi }) => abi));
  const views = new Map<string, AbiFunction>();
  for (const item of abis.flat()) {
    if (item.type !== "function" || (item.stateMutability !== "view" && item.stateMutability !== "pure")) continue;
    views.set(`${item.name}(${item.inputs.map(({ type }) => type).join(",")})`, item);
  }
  const apart = new Set(IMPLEMENTATION_SLOTS.map(([, slot]) => BigInt(slot)));
  const found: (readonly [Hex, string])[] = [];
  let questions = 0;
  for (const view of views.values()) {
    for (const args of argumentsOf(view, values)) {
      if (questions++ >= MOST_QUESTIONS) return found;
      const data = encodeFunctionData({ abi: [view], functionName: view.name, args });
      const touched = [...(await chain.touchedStorage(address, data))].flatMap(([at, slots]) =>
        [...slots.keys()].map((slot) => ({ at, slot })),
      );
      const read = touched.filter(({ slot }) => !apart.has(BigInt(slot)));
      const [one, ...others] = read;
      if (one === undefined || others.length > 0 || !isSameAddress(one.at, address)) continue;
      if ((await chain.call(address, data)) === undefined) continue;
      found.push([one.slot, `${view.name}(${args.map(String).join(", ")})`]);
    }
  }
  return found;
}

/** Arguments of a view, of values that occur. */
function argumentsOf({ inputs }: AbiFunction, values: readonly unknown[]): readonly (readonly unknown[])[] {
  if (inputs.length > 2) return [];
  return inputs.reduce<readonly (readonly unknown[])[]>(
    (lists, { type }) => {
      const fitting = values.filter((value) => fits(value, type)).slice(0, MOST_VALUES);
      return lists.flatMap((list) => fitting.map((value) => [...list, value]));
    },
    [[]],
  );
}

function fits(value: unknown, type: string): boolean {
  if (type === "address") return typeof value === "string" && isAddress(value, { strict: false });
  if (type === "bytes32") return isHex(value) && size(value) === 32;
  return (
    type.startsWith("uint") && typeof value === "bigint" && value >= 0n && value < 1n << BigInt(type.slice(4) || 256)
  );
}

/** Single values within arguments, each once. */
function valuesIn(args: readonly unknown[]): readonly unknown[] {
  const flat = (value: unknown): readonly unknown[] =>
    Array.isArray(value)
      ? value.flatMap(flat)
      : typeof value === "object" && value !== null
        ? Object.values(value).flatMap(flat)
        : typeof value === "number"
          ? [BigInt(value)]
          : typeof value === "string" && isAddress(value, { strict: false })
            ? [getAddress(value)]
            : [value];
  return [...new Set(args.flatMap(flat))];
}
