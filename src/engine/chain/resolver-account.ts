import type { Address } from "viem";

/** The Resolver's address while it resolves. contracts/Puppet.sol knows it by its last bits. */
export const RESOLVER_ADDRESS: Address = "0x00000000000000000000000000000000051e6e1d";
