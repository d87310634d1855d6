import type { Address, Hex } from "viem";

import type { Chain, Replacement } from "../../chain/chain.js";

import { numberToHex } from "viem";

/** A call of a view function. */
export interface Read {
  readonly to: Address;
  readonly data: Hex;
}

/**
 * Where a contract keeps a number that a view function returns: some bits of a storage slot, or the native coin of an
 * account. What is stored may be another unit of it, as the shares of a rebasing token are.
 */
export interface StoredNumber {
  /** The contract that holds it: the one that was asked, or one that it reads from. */
  readonly holder: Address;
  /** `undefined`: it is the holder's native coin. */
  readonly slot: Hex | undefined;
  /** The position of its lowest bit. */
  readonly shift: bigint;
  /** How many stored units a change of so many returned units takes. */
  readonly scale: { readonly stored: bigint; readonly returned: bigint };
}

/** Numbers within a word begin at a byte. */
const PACKED: readonly bigint[] = Array.from({ length: 31 }, (_value, index) => BigInt(8 * (index + 1)));

/** Where numbers in another unit are looked for: a word, or either half of it. */
const HALVES = [0n, 128n];

const WORD = 1n << 256n;

const EXACT = { stored: 1n, returned: 1n };

/** What one stored unit is worth at most, in returned units: more than any rebasing token, less than a neighbour in the word. */
const DEAREST = 1_000n;

/** What divisions round off, in returned units. */
export const ROUNDING = 2n;

/** The number that a view function returns; `undefined` if it returns none. @throws SiegeError `RPC_FAILED` */
export async function numberOf(
  chain: Chain,
  read: Read,
  replaced: readonly Replacement[] = [],
): Promise<bigint | undefined> {
  const returned = await chain.callWith(read.to, read.data, replaced);
  return returned === undefined || returned.length < 66 ? undefined : BigInt(returned.slice(0, 66));
}

/** The number that it would return; `undefined`, too, if what is replaced leads to where the chain has no answer. */
async function trial(chain: Chain, read: Read, replaced: readonly Replacement[]): Promise<bigint | undefined> {
  try {
    return await numberOf(chain, read, replaced);
  } catch {
    // a proxy's implementation replaced by an amount, which an upstream does not know
    return undefined;
  }
}

/**
 * Where the number that a view function returns is stored. It is found, not assumed: what the function reads is changed,
 * place by place, until the function returns what it should. All other bits of a slot stay as they are.
 *
 * @param change - by how much it shall change, in returned units, not 0
 * @param unchanged - calls that must return what they return now
 * @returns `undefined` if no single place is it
 */
export async function findStoredNumber(
  chain: Chain,
  read: Read,
  change: bigint,
  unchanged: readonly Read[] = [],
): Promise<StoredNumber | undefined> {
  const before = await numberOf(chain, read);
  if (before === undefined) return undefined;
  const kept = await Promise.all(unchanged.map(async (other) => ({ other, value: await numberOf(chain, other) })));
  const touched = await chain.touchedStorage(read.to, read.data);
  const slots = [...touched].flatMap(([holder, values]) =>
    [...values].map(([slot, value]) => ({ holder, slot, value })),
  );
  const coin = BigInt((await chain.account(read.to)).balance);
  const places = [
    ...slots.map((place) => ({ ...place, shift: 0n })),
    { holder: read.to, slot: undefined, value: coin, shift: 0n },
    ...slots.flatMap((place) =>
      PACKED.filter((shift) => shows(place.value >> shift, before)).map((shift) => ({ ...place, shift })),
    ),
  ];
  const answers = async (place: (typeof places)[number], stored: bigint): Promise<bigint | undefined> => {
    const value = place.value + (stored << place.shift);
    return value < 0n || value >= WORD ? undefined : trial(chain, read, [{ ...place, value }]);
  };
  const keeps = async (place: (typeof places)[number], stored: bigint): Promise<boolean> => {
    const replaced = [{ ...place, value: place.value + (stored << place.shift) }];
    for (const { other, value } of kept) if ((await trial(chain, other, replaced)) !== value) return false;
    return true;
  };
  for (const place of places) {
    if ((await answers(place, change)) !== before + change || !(await keeps(place, change))) continue;
    return { holder: place.holder, slot: place.slot, shift: place.shift, scale: EXACT };
  }
  for (const place of slots.flatMap((one) => HALVES.map((shift) => ({ ...one, shift })))) {
    const moved = ((await answers(place, change)) ?? before) - before;
    if (moved === 0n || moved < 0n !== change < 0n || absolute(moved) > absolute(change) * DEAREST) continue;
    const stored = (change * change + moved / 2n) / moved;
    const off = ((await answers(place, stored)) ?? before) - before - change;
    // one stored unit may be worth several returned ones
    if (absolute(off) > ROUNDING + absolute(moved / change) || !(await keeps(place, stored))) continue;
    return { holder: place.holder, slot: place.slot, shift: place.shift, scale: { stored: change, returned: moved } };
  }
  return undefined;
}

/** Changes a stored number. @param change - in returned units */
export async function changeStoredNumber(chain: Chain, number: StoredNumber, change: bigint): Promise<void> {
  const { holder, slot, shift, scale } = number;
  const stored = (change * scale.stored + (change < 0n ? -scale.returned : scale.returned) / 2n) / scale.returned;
  if (slot === undefined) await chain.setBalance(holder, BigInt((await chain.account(holder)).balance) + stored);
  else {
    const value = BigInt(await chain.storage(holder, slot)) + (stored << shift);
    await chain.setStorage(holder, slot, numberToHex(value, { size: 32 }));
  }
}

/** Whether the low bits of a word are a number. */
function shows(word: bigint, number: bigint): boolean {
  return (word & ((1n << BigInt(number.toString(2).length)) - 1n)) === number;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
