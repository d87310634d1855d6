import type { Address } from "viem";

import { addressKey } from "../../quantity/address.js";

import { addressLiteral } from "./literals.js";

/** What is no name. */
const ADDRESS = /^0x[0-9a-f]+/i;

/** The longest identifier. */
const LONGEST = 60;

/** Names of addresses as constants of a contract: no two alike, none that means something else. */
export class AddressNames {
  readonly #names = new Map<string, string>();
  /** Constants, in the form that functions and interfaces are called by. */
  readonly #taken = new Set<string>([pascal("VM")]);
  readonly #known: ReadonlyMap<string, string>;

  /** @param known - what they are called, by lower-case address */
  constructor(known: ReadonlyMap<string, string>) {
    this.#known = known;
  }

  /** The constant of an address; made when it is asked for the first time. @param otherwise - what it is, if nobody named it */
  of(address: Address, otherwise = "ACCOUNT"): string {
    const key = addressKey(address);
    const made = this.#names.get(key);
    if (made !== undefined) return made;
    const known = this.#known.get(key) ?? "";
    // a contract that nobody named is called by its address
    const name = this.#free((ADDRESS.test(known) ? "" : upper(known)) || otherwise);
    this.#names.set(key, name);
    return name;
  }

  /** What an address is called by people; `undefined` if nobody named it. */
  told(address: Address): string | undefined {
    return this.#known.get(addressKey(address));
  }

  /** The declarations, in the order in which they were asked for. */
  lines(): readonly string[] {
    return [...this.#names].map(([address, name]) => `    address constant ${name} = ${addressLiteral(address)};`);
  }

  #free(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(pascal(name)); number++) name = `${wanted}_${number}`;
    this.#taken.add(pascal(name));
    return name;
  }
}

/** `LEVERAGED_VAULT` becomes `LeveragedVault`. */
export function pascal(constant: string): string {
  return constant
    .toLowerCase()
    .split("_")
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");
}

/** `attacker's desk` becomes `ATTACKERS_DESK`, `LeveragedVault` `LEVERAGED_VAULT`; empty if there is no letter in it. */
export function upper(text: string): string {
  const name = text
    .slice(0, LONGEST)
    .replaceAll(/['’]/g, "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .toUpperCase();
  return /^\d/.test(name) ? `N${name}` : name;
}
