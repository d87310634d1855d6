import type { Hex } from "viem";

import type { Allocs } from "./dump.js";

import { hexToBytes, keccak256, toHex, toRlp } from "viem";

type Entry = readonly [path: string, value: Hex];

/** What RLP encodes as a list. */
type Node = Hex | readonly Node[];

const EMPTY = keccak256(toRlp("0x"));
const NO_CODE = keccak256("0x");

/** The state root of a chain with exactly these accounts: if it equals a block's own, none is missing. */
export function stateRoot(allocs: Allocs): Hex {
  return root(
    Object.entries(allocs).map(([address, { balance, nonce, code, storage = {} }]) => {
      const slots = Object.entries(storage).map(([slot, value]) => entry(slot as Hex, toRlp(integer(value))));
      const account = [integer(nonce), integer(balance), root(slots), code === undefined ? NO_CODE : keccak256(code)];
      return entry(address as Hex, toRlp(account));
    }),
  );
}

/** Paths of the state are hashes, so all have the same length and none is a prefix of another. */
function entry(key: Hex, value: Hex): Entry {
  return [keccak256(key).slice(2), value];
}

function root(entries: readonly Entry[]): Hex {
  return entries.length === 0 ? EMPTY : keccak256(toRlp(node(entries, 0) as Hex));
}

/** The node of the entries that share a path up to `depth`. */
function node(entries: readonly Entry[], depth: number): Node {
  const [first, ...others] = entries;
  if (first === undefined) return "0x";
  const [path, value] = first;
  if (others.length === 0) return [compact(path.slice(depth), true), value];
  let shared = depth;
  while (others.every(([other]) => other[shared] === path[shared])) shared++;
  if (shared > depth) return [compact(path.slice(depth, shared), false), reference(node(entries, shared))];
  const children = Array.from("0123456789abcdef", (nibble) =>
    reference(
      node(
        entries.filter(([other]) => other[depth] === nibble),
        depth + 1,
      ),
    ),
  );
  return [...children, "0x"];
}

/** A node inside another one: inline if it is short, else its hash. */
function reference(child: Node): Node {
  if (child === "0x") return child;
  const encoded = toRlp(child as Hex);
  return hexToBytes(encoded).length < 32 ? child : keccak256(encoded);
}

/** The hex-prefix encoding of a path. */
function compact(nibbles: string, isLeaf: boolean): Hex {
  const flag = isLeaf ? 2 : 0;
  return nibbles.length % 2 === 0 ? `0x${String(flag)}0${nibbles}` : `0x${String(flag + 1)}${nibbles}`;
}

/** Without leading zeros; nothing for 0. */
function integer(value: Hex): Hex {
  return BigInt(value) === 0n ? "0x" : toHex(hexToBytes(evenHex(BigInt(value))));
}

function evenHex(value: bigint): Hex {
  const digits = value.toString(16);
  return `0x${digits.padStart(digits.length + (digits.length % 2), "0")}`;
}
