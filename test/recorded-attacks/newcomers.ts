import type { Address, Hex } from "viem";

import { concatBytes, hexToBytes, keccak256, numberToBytes, numberToHex, pad, stringToHex, zeroAddress } from "viem";

/** Storage variables of a contract, counted in slots from 0. */
const VARIABLES = 128;

/** Slots of a struct or of a list's beginning behind the first. */
const FIELDS = 4n;

/** Words other than addresses by which tokens keep something for an account: AMP's partition and hooks, those of ERC-777. */
const WORDS: readonly Hex[] = [
  pad("0x", { size: 32 }),
  ...["AmpTokensRecipient", "AmpTokensSender", "ERC777TokensRecipient", "ERC777TokensSender"].map((name) =>
    keccak256(stringToHex(name)),
  ),
];

/**
 * Slots that are zero because nobody has ever acted from an address: entries of mappings by it, `balances[newcomer]`,
 * `allowances[owner][newcomer]`, `interfaces[newcomer][hash]`, and what a struct or a short list keeps behind them. It is known
 * and was not recorded: the engine derives agents' addresses from their names.
 */
export class NewcomersSlots {
  readonly #newcomers: readonly Hex[];
  readonly #words: readonly Hex[];
  #slots: Set<bigint> | undefined;

  constructor(newcomers: readonly Address[], known: readonly Address[]) {
    this.#newcomers = newcomers.map(wordOf);
    this.#words = [...new Set([...known, ...newcomers, zeroAddress].map(wordOf)), ...WORDS];
  }

  has(slot: Hex): boolean {
    this.#slots ??= this.#all();
    const at = BigInt(slot);
    for (let field = 0n; field <= FIELDS; field++) if (this.#slots.has(at - field)) return true;
    return false;
  }

  #all(): Set<bigint> {
    const slots = new Set<bigint>();
    const words = this.#words.map((word) => hexToBytes(word));
    const newcomers = this.#newcomers.map((word) => hexToBytes(word));
    for (let variable = 0; variable < VARIABLES; variable++) {
      const base = numberToBytes(variable, { size: 32 });
      // allowances by partition have one key more
      const mappings = variable < 64 ? [base, entry(base, words.at(-WORDS.length)!)] : [base];
      for (const mapping of mappings) {
        for (const newcomer of newcomers) {
          const own = entry(mapping, newcomer);
          add(slots, own);
          // Vyper hashes the other way round
          add(slots, keccak256(concatBytes([mapping, newcomer]), "bytes"));
          // the contents of a list
          add(slots, keccak256(own, "bytes"));
          for (const word of words) add(slots, entry(own, word));
        }
        for (const word of words) {
          const others = entry(mapping, word);
          for (const newcomer of newcomers) add(slots, entry(others, newcomer));
          // `markets[cToken].accountMembership[newcomer]`
          for (let field = 1n; field <= FIELDS; field++) {
            const member = numberToBytes(BigInt.asUintN(256, numberOf(others) + field), { size: 32 });
            for (const newcomer of newcomers) add(slots, entry(member, newcomer));
          }
        }
      }
    }
    return slots;
  }
}

function add(slots: Set<bigint>, slot: Uint8Array): void {
  slots.add(numberOf(slot));
}

function numberOf(word: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(word).toString("hex")}`);
}

/** The slot of `mapping[key]` in Solidity's layout. */
function entry(mapping: Uint8Array, key: Uint8Array): Uint8Array {
  return keccak256(concatBytes([key, mapping]), "bytes");
}

function wordOf(address: Address): Hex {
  return numberToHex(BigInt(address), { size: 32 });
}
