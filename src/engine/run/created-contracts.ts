import type { Address } from "viem";

import type { KnownCode } from "../../target/known-code.js";
import type { Creation } from "../world/creation.js";
import type { Inclusion } from "../world/executor/executor.js";
import type { World } from "../world/world.js";

import { getAddress, isAddress } from "viem";

import { addressKey } from "../../quantity/address.js";
import { canCreate } from "../../target/bytecode.js";
import { createdAt, kindOf } from "../world/creation.js";

/** The most contracts that one creator's block is looked through for. */
const MOST = 64;

/** 12 zero bytes and an address that a program could not take for a small number. */
const WORD = /^0{24}(?!0{8})[0-9a-f]{40}$/;

/**
 * The contracts that were created before a run, and in it so far. A creator's nonce says how many there are, and where they are unless they
 * were created with a salt: those are looked for among the addresses that events and return values of the block name. Immutable.
 */
export class CreatedContracts {
  /** By the name of their code. */
  readonly known: ReadonlyMap<string, readonly Address[]>;
  /** How many nobody calls, because nothing is known of their code. */
  readonly unknown: number;
  readonly #creators: ReadonlyMap<Address, number>;

  private constructor(
    known: ReadonlyMap<string, readonly Address[]>,
    unknown: number,
    creators: ReadonlyMap<Address, number>,
  ) {
    this.known = known;
    this.unknown = unknown;
    this.#creators = creators;
  }

  /** Before the first block. */
  static none(creation: Creation | undefined): CreatedContracts {
    return new CreatedContracts(creation?.existing ?? new Map(), 0, creation?.creators ?? new Map());
  }

  /** With what the calls of a block created. */
  async after(world: World, inclusions: readonly Inclusion[]): Promise<CreatedContracts> {
    const { chain, creation } = world;
    if (creation === undefined || inclusions.length === 0) return this;
    const { kinds } = creation;
    const creators = new Map(this.#creators);
    const found = new Map<Address, KnownCode | undefined>();
    let salted = 0;
    for (const [creator, before] of this.#creators) {
      const nonce = await chain.nonce(creator);
      creators.set(creator, nonce);
      for (let at = before; at < nonce && at < before + MOST; at++) {
        const address = createdAt(creator, at);
        const code = await chain.code(address);
        if (code === "0x") salted += 1;
        else found.set(address, await kindOf(chain, kinds, address, code));
      }
    }
    if (salted > 0) {
      const among = (await named(world, inclusions)).filter((address) => !found.has(address) && !this.#has(address));
      for (const address of among) {
        const code = await chain.code(address);
        const kind = code === "0x" ? undefined : await kindOf(chain, kinds, address, code);
        if (kind === undefined) continue;
        found.set(address, kind);
        salted -= 1;
      }
    }
    if (found.size === 0 && salted <= 0) return new CreatedContracts(this.known, this.unknown, creators);
    return this.#with(world, { found, unfound: Math.max(0, salted), creators });
  }

  async #with(
    { chain }: World,
    more: {
      readonly found: ReadonlyMap<Address, KnownCode | undefined>;
      readonly unfound: number;
      readonly creators: Map<Address, number>;
    },
  ): Promise<CreatedContracts> {
    const known = new Map(this.known);
    let unknown = this.unknown + more.unfound;
    for (const [address, kind] of more.found) {
      if (kind === undefined) {
        unknown += 1;
        continue;
      }
      known.set(kind.name, [...(known.get(kind.name) ?? []), address]);
      // a child that creates others in turn; what it has created already is its own affair
      if (canCreate(await chain.code(address))) more.creators.set(address, await chain.nonce(address));
    }
    return new CreatedContracts(known, unknown, more.creators);
  }

  #has(address: Address): boolean {
    return [...this.known.values()].some((all) => all.includes(address));
  }
}

/** The addresses that the events and the return values of a block's calls name, without those that were known before the run. */
async function named({ executor, names, frame }: World, inclusions: readonly Inclusion[]): Promise<readonly Address[]> {
  const receipts = await executor.receipts(inclusions);
  const results = await executor.results(inclusions);
  const texts = [
    ...receipts.flatMap((receipt) => (receipt?.logs ?? []).flatMap(({ topics, data }) => [...topics.slice(1), data])),
    ...results.flatMap((result) => (result?.success === true ? [result.returned] : [])),
  ];
  const before = new Set([...names.keys(), ...[...frame.nameable.values()].map(addressKey)]);
  const addresses = new Set<Address>();
  for (const text of texts) {
    for (let at = 2; at + 64 <= text.length; at += 64) {
      const word = text.slice(at, at + 64).toLowerCase();
      if (!WORD.test(word)) continue;
      const address = `0x${word.slice(24)}`;
      if (isAddress(address, { strict: false }) && !before.has(address)) addresses.add(getAddress(address));
    }
  }
  return [...addresses];
}
