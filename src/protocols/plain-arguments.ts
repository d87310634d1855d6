import type { AbiFunction } from "viem";

import { isAddress } from "viem";

/** Writes a value as 64 hex digits; `undefined` if that is not so simple. */
type Write = (value: unknown) => string | undefined;

const WORD = 64;
const MODULUS = 2n ** 256n;

/** More than a search knows; random ones must not pile up. */
const MOST_ADDRESSES = 10_000;

const addresses = new Map<string, string>();
const writers = new WeakMap<AbiFunction, readonly Write[] | "not plain">();

/**
 * The arguments of a function whose parameters are all single words, as hex digits: most functions, and ten times as fast as
 * a library, which has to be asked for everything else.
 *
 * @returns `undefined` if a parameter or a value is of another kind, or wrong
 */
export function plainArguments(item: AbiFunction, values: readonly unknown[]): string | undefined {
  let writes = writers.get(item);
  if (writes === undefined) {
    const found = item.inputs.map(({ type }) => writeOf(type));
    writes = found.every((write) => write !== undefined) ? found : "not plain";
    writers.set(item, writes);
  }
  if (writes === "not plain" || writes.length !== values.length) return undefined;
  let digits = "";
  for (const [index, write] of writes.entries()) {
    const word = write(values[index]);
    if (word === undefined) return undefined;
    digits += word;
  }
  return digits;
}

function writeOf(type: string): Write | undefined {
  if (type === "address") return writeAddress;
  if (type === "bool")
    return (value) => (typeof value === "boolean" ? (value ? "1" : "0").padStart(WORD, "0") : undefined);
  const [, kind, size = "256"] = /^(uint|int|bytes)(\d+)?$/.exec(type) ?? [];
  if (kind === "uint") return integers(0n, 2n ** BigInt(size));
  if (kind === "int") return integers(-(2n ** BigInt(Number(size) - 1)), 2n ** BigInt(Number(size) - 1));
  if (kind === "bytes" && type !== "bytes") return bytes(Number(size));
  return undefined;
}

function writeAddress(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const known = addresses.get(value);
  if (known !== undefined) return known;
  if (!isAddress(value)) return undefined;
  if (addresses.size >= MOST_ADDRESSES) addresses.clear();
  const word = value.slice(2).toLowerCase().padStart(WORD, "0");
  addresses.set(value, word);
  return word;
}

/** @param end - the least that is too large */
function integers(least: bigint, end: bigint): Write {
  return (value) => {
    if (typeof value !== "bigint" || value < least || value >= end) return undefined;
    return (value < 0n ? MODULUS + value : value).toString(16).padStart(WORD, "0");
  };
}

function bytes(size: number): Write {
  return (value) =>
    typeof value === "string" && value.startsWith("0x") && value.length === 2 + 2 * size
      ? value.slice(2).padEnd(WORD, "0")
      : undefined;
}
