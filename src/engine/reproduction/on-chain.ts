import type { Address } from "viem";

import type { ChainStatement } from "../../conditions/on-chain.js";

/** What a test in another framework needs besides the script. */
export interface OnChain {
  /** What addresses are called, by lower-case address. */
  readonly names: Readonly<Record<Address, string>>;
  /** The condition as something that a contract can check; absent if it cannot be said so. */
  readonly statement?: ChainStatement;
}
