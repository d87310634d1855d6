import type { Address, Hex } from "viem";

import { hexToString } from "viem";

import { instructionsOf, SHL, withoutMetadata } from "./bytecode.js";
import { inTurn } from "./in-turn.js";

/** What the code of a contract contains besides instructions. */
export interface CodeConstants {
  readonly numbers: readonly bigint[];
  /** Words of 32 bytes that look like hashes. */
  readonly words: readonly Hex[];
  readonly texts: readonly string[];
  /** Addresses: of contracts that code calls without asking. */
  readonly addresses: readonly Address[];
  /** How many more there are. */
  readonly left: number;
}

/** The most constants of a kind. */
const MOST = 48;

/** The destination of a jump. */
const JUMPDEST = "5b";

/** Numbers above this are hashes, addresses or masks. */
const NUMBER_LIMIT = 2n ** 112n;

/** What is smaller, and no number, is an address: few begin with six zero bytes. */
const ADDRESS_LIMIT = 2n ** 160n;

/** A selector, shifted to where it is in calldata. */
const SELECTOR = /^[\da-f]{8}0{56}$/;

/** Code of a contract, with the selectors of its functions, which are no constants. */
export interface CodeWithSelectors {
  readonly code: Hex;
  readonly selectors: ReadonlySet<string>;
}

/**
 * The constants that contracts' code pushes: limits, rates, ids, roles and texts. Selectors of its own functions, destinations
 * of jumps and masks are left out. Of more than 48 of a kind, those of several contracts in turn.
 */
export function constantsIn(codes: readonly CodeWithSelectors[]): CodeConstants {
  const found = codes.map(({ code, selectors }) => foundIn(withoutMetadata(code), selectors));
  let left = 0;
  const some = <T>(kindOf: (one: Found) => ReadonlySet<T>): readonly T[] => {
    const lists = found.map((one) => [...kindOf(one)]);
    const all = [...new Set(lists.flat())];
    left += Math.max(0, all.length - MOST);
    return all.length <= MOST ? all : [...new Set(inTurn(lists))].slice(0, MOST);
  };
  const kinds = {
    numbers: some(({ numbers }) => numbers),
    words: some(({ words }) => words),
    texts: some(({ texts }) => texts),
    addresses: some(({ addresses }) => addresses),
  };
  return { ...kinds, left };
}

/** What code pushes, as hex digits; what it shifts to the left is what comes of that, as short texts are mostly written. */
function* pushedBy(code: Hex): Generator<string> {
  let value = "";
  let shift = "";
  for (const { opcode, pushed } of instructionsOf(code)) {
    if (opcode === SHL && value !== "" && shift.length === 2) {
      yield ((BigInt(`0x${value}`) << BigInt(`0x${shift}`)) % 2n ** 256n).toString(16).padStart(64, "0");
    } else if (value !== "") yield value;
    [value, shift] = opcode === SHL ? ["", ""] : [shift, pushed];
  }
  yield* [value, shift].filter((one) => one !== "");
}

/** The texts that a contract's code pushes. */
export function textsIn(code: Hex): readonly string[] {
  return [...new Set([...pushedBy(withoutMetadata(code))].flatMap((pushed) => textIn(pushed) ?? []))];
}

interface Found {
  readonly numbers: Set<bigint>;
  readonly words: Set<Hex>;
  readonly texts: Set<string>;
  readonly addresses: Set<Address>;
}

function foundIn(body: Hex, selectors: ReadonlySet<string>): Found {
  const found = {
    numbers: new Set<bigint>(),
    words: new Set<Hex>(),
    texts: new Set<string>(),
    addresses: new Set<Address>(),
  };
  collect(body, selectors, found);
  return found;
}

function collect(body: Hex, selectors: ReadonlySet<string>, { numbers, words, texts, addresses }: Found): void {
  for (const pushed of pushedBy(body)) {
    if (pushed.length < 4 || selectors.has(`0x${pushed}`)) continue;
    const value = BigInt(`0x${pushed}`);
    if (isJump(body, pushed, value) || isMask(value)) continue;
    const said = textIn(pushed);
    if (said !== undefined) texts.add(said);
    // 9,000 is "#(" as well
    if (said !== undefined && value >= NUMBER_LIMIT) continue;
    // calls and errors of other contracts
    if (SELECTOR.test(pushed)) continue;
    // immutables are pushed as whole words
    if (value < NUMBER_LIMIT) numbers.add(value);
    else if (value < ADDRESS_LIMIT) addresses.add(`0x${pushed.slice(-40).padStart(40, "0")}`);
    else if (pushed.length === 64) words.add(`0x${pushed}`);
  }
}

function isJump(code: Hex, pushed: string, value: bigint): boolean {
  if (pushed.length > 4) return false;
  const at = 2 + 2 * Number(value);
  return code.slice(at, at + 2) === JUMPDEST;
}

/** All ones, or a power of two of a byte's width: what compilers mask and shift with. */
function isMask(value: bigint): boolean {
  if (value === 0n) return true;
  const bits = value.toString(2);
  return /^1{8,}0*$/.test(bits) || /^10{15,}$/.test(bits);
}

/** Printable text that ends in zeros, as short strings are pushed. */
function textIn(pushed: string): string | undefined {
  const bare = pushed.replace(/(00)+$/, "");
  if (bare.length < 4 || bare.length % 2 === 1) return undefined;
  const said = hexToString(`0x${bare}`);
  return /^[\x20-\x7e]+$/.test(said) ? said : undefined;
}
