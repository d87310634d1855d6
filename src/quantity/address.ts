import type { Address } from "viem";

/** An address as a key of maps and sets: the same however its letters are written. */
export type AddressKey = Lowercase<Address>;

/** The key of an address. Compare keys with keys only; two addresses are compared by {@link isSameAddress}. */
export function addressKey(address: Address): AddressKey {
  // toLowerCase() does not tell TypeScript so
  return address.toLowerCase() as AddressKey;
}

/** Whether two addresses are of one account, whatever their checksums. */
export function isSameAddress(one: Address, other: Address): boolean {
  return addressKey(one) === addressKey(other);
}
