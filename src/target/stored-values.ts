import type { Address, Hex } from "viem";

/** What words of contracts' storage say. */
export interface StoredValues {
  readonly addresses: readonly Address[];
  readonly numbers: readonly bigint[];
  /** Hashes, and other words that are neither. */
  readonly words: readonly Hex[];
}

/** Nothing. */
export const NOTHING_STORED: StoredValues = { addresses: [], numbers: [], words: [] };

/** Numbers are below this; addresses above: few real ones begin with six zero bytes. */
const NUMBER_LIMIT = 2n ** 112n;
const ADDRESS_LIMIT = 2n ** 160n;

/** Bytes in front of an address that is packed with something else. */
const OFFSETS = Array.from({ length: 13 }, (_none, offset) => offset);

/** The most of a kind. */
const MOST = 32;

/** The addresses that a word with several values in it may contain: some are none. */
export function packedAddresses(word: Hex): readonly Address[] {
  const value = BigInt(word);
  if (value < ADDRESS_LIMIT || isText(word)) return [];
  return OFFSETS.flatMap((offset) => {
    const part = (value >> BigInt(8 * offset)) % ADDRESS_LIMIT;
    return part < NUMBER_LIMIT ? [] : [addressOf(part)];
  });
}

/**
 * The values of storage words, packed ones among them. Texts are left out, as are 0 and 1, which are mostly flags.
 *
 * @param isAddress - whether one of {@link packedAddresses} is an address
 */
export function storedValues(words: readonly Hex[], isAddress: (address: Address) => boolean): StoredValues {
  const addresses = new Set<Address>();
  const numbers = new Set<bigint>();
  const others = new Set<Hex>();
  const note = (number: bigint): void => {
    if (number > 1n && number < NUMBER_LIMIT) numbers.add(number);
  };
  for (const word of words) {
    const value = BigInt(word);
    const halves = [value >> 128n, value % 2n ** 128n];
    if (value < NUMBER_LIMIT) note(value);
    else if (value < ADDRESS_LIMIT) addresses.add(addressOf(value));
    else if (isText(word)) continue;
    else if (halves.every((half) => half < NUMBER_LIMIT)) halves.forEach(note);
    else {
      const packed = packedAddresses(word).find(isAddress) ?? likelyAddress(value);
      if (packed === undefined) others.add(word);
      else {
        addresses.add(packed);
        for (const rest of besides(value, BigInt(packed))) partsOf(rest).forEach(note);
      }
    }
  }
  const some = <T>(all: ReadonlySet<T>): readonly T[] => [...all].slice(0, MOST);
  return { addresses: some(addresses), numbers: some(numbers), words: some(others) };
}

/**
 * The address at the beginning of a word, behind a flag perhaps, if what stands behind it is so small that this is no hash: an account
 * need not have any code.
 */
function likelyAddress(value: bigint): Address | undefined {
  const offset = value % 256n <= 1n ? 1 : 0;
  const shifted = value >> BigInt(8 * offset);
  const part = shifted % ADDRESS_LIMIT;
  return part >= NUMBER_LIMIT && shifted >> 160n < 2n ** 64n ? addressOf(part) : undefined;
}

/** A number, without flags in front of it; one that is wider than 64 bits may be two. */
function partsOf(number: bigint): readonly bigint[] {
  let bare = number;
  while (bare > 255n && bare % 256n <= 1n) bare >>= 8n;
  const wide = 2n ** 64n;
  return number < wide ? [bare] : [number, number % wide, number >> 64n];
}

/** What stands before and behind an address in a word. */
function besides(value: bigint, address: bigint): readonly bigint[] {
  const offset = OFFSETS.find((at) => (value >> BigInt(8 * at)) % ADDRESS_LIMIT === address) ?? 0;
  return [value >> BigInt(160 + 8 * offset), value % 2n ** BigInt(8 * offset)];
}

function addressOf(value: bigint): Address {
  return `0x${value.toString(16).padStart(40, "0")}`;
}

/** A text of up to 31 bytes, which ends in twice its length: https://docs.soliditylang.org/en/latest/internals/layout_in_storage.html#bytes-and-string */
function isText(word: Hex): boolean {
  const twice = Number.parseInt(word.slice(-2), 16);
  if (twice === 0 || twice % 2 === 1 || twice > 62) return false;
  const [said, rest] = [word.slice(2, 2 + twice), word.slice(2 + twice, -2)];
  return /^(?:[2-6][\da-f]|7[\da-e])+$/.test(said) && /^0*$/.test(rest);
}
