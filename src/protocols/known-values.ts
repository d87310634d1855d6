import type { Address, Hex } from "viem";

/**
 * What is known in the state of the moment and may be an argument: what contracts say of themselves and of accounts, what
 * events said, and constants of their code. The lists keep their order from state to state, so that a place
 * in one means the same thing in each.
 */
export interface KnownValues {
  /** The timestamp of the coming block, seconds. */
  readonly now: bigint;
  /** What views say of nobody in particular: prices, totals, limits, counts. */
  readonly numbers: readonly bigint[];
  /** What views say of an account: shares, debt, allowances. Empty for accounts that nobody asked about. */
  of(account: Address): readonly bigint[];
  /** What events said in this run, the latest first: ids, amounts. */
  readonly seen: readonly bigint[];
  /** The same where it is too large for an amount or an address: ids that are hashes. */
  readonly hashes: readonly bigint[];
  /**
   * Integers that calls were made with which succeeded in this run, the latest first: what one function calls a `market`, a `strike`
   * or an `id`, others do, too.
   *
   * @param name - of the parameter
   */
  used(name: string): readonly bigint[];
  /** Ids that an account's calls named, or that it was told of by them, which succeeded in this run, the earliest first. */
  own(account: Address): readonly bigint[];
  /**
   * Numbers that are too large for an amount, the latest first, where events or return values call them by a name whose words are
   * among the parameter's, or the other way round: an `id` for a `positionId`.
   *
   * @param name - of the parameter
   */
  told(name: string): readonly bigint[];
  /** Numbers between amounts and hashes that events or calls told, as square roots of prices in 96 bits, and words of views as numbers. */
  readonly large: readonly bigint[];
  /** Fair prices in the units that contracts count in: US dollars with 8, 18 and 6 decimals. */
  readonly prices: readonly bigint[];
  /** Numbers in the code of contracts. */
  readonly constants: readonly bigint[];
  /** Numbers that contracts' storage held when the campaign began, and that nothing else tells. */
  readonly stored: readonly bigint[];
  /** How many members enumerations have, by the type as the compiler notes it: `enum Market.Side`. */
  readonly members: ReadonlyMap<string, number>;
  /** Addresses that views, events, code and storage name. */
  readonly addresses: readonly Address[];
  /**
   * Addresses that contracts call by a parameter's name, or have an answer for where a view takes it: an oracle, a market.
   *
   * @param name - of the parameter
   */
  named(name: string): readonly Address[];
  /** Words that are neither numbers nor addresses: roles, hashes, ids of markets. */
  readonly words: readonly Hex[];
  /** Byte strings longer than a word that views returned or events told. */
  readonly payloads: readonly Hex[];
  /** Strings that views return or code contains. */
  readonly texts: readonly string[];
  /** An account's native coin before it paid for gas, wei: on lanes nobody pays, and moves must be the same there. */
  native(account: Address): bigint;
  /** What an account keeps of it, wei: it pays for gas. */
  gasMoney(account: Address): bigint;
}

/** Knows nothing. */
export const NOTHING_KNOWN: KnownValues = {
  now: 0n,
  numbers: [],
  of: () => [],
  seen: [],
  hashes: [],
  used: () => [],
  own: () => [],
  told: () => [],
  large: [],
  prices: [],
  constants: [],
  stored: [],
  members: new Map(),
  addresses: [],
  named: () => [],
  words: [],
  payloads: [],
  texts: [],
  native: () => 0n,
  gasMoney: () => 0n,
};
