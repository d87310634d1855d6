import type { Address } from "viem";

/** An address as a key of maps and sets: the same however its letters are written. */
export type AddressKey = Lowercase<Address>;

/** The key of an address. Compare keys with keys only; two addresses are compared by {@link isSameAddress}. */
export function addressKey(address: Address): AddressKey {
  // toLowerCase() does not tell TypeScript so
  return address.toLowerCase() as AddressKey;
}

/** Whether two addresses are the same account, whatever their checksums. No address is the same as none. */
export function isSameAddress(one: Address | undefined, other: Address | undefined): boolean {
  return one !== undefined && other !== undefined && addressKey(one) === addressKey(other);
}

/** Addresses without duplicates, in the order of their first occurrence. */
export function distinctAddresses(addresses: Iterable<Address>): readonly Address[] {
  return [...new Map([...addresses].map((address) => [addressKey(address), address])).values()];
}
