import type { Address } from "viem";

import type { ChainStatement, NotOnChain } from "../../conditions/on-chain.js";

import { isNotOnChain } from "../../conditions/on-chain.js";

/** What a test in another framework needs besides the script. */
export interface OnChain {
  /** What addresses are called, by lower-case address. */
  readonly names: Readonly<Record<Address, string>>;
  /** The condition as something that a contract can check; absent if it cannot be said so. */
  readonly statement?: ChainStatement;
  /** Why it cannot be said so, if the condition tells. */
  readonly unavailable?: string;
}

/** What a condition says of itself, as a file keeps it. */
export function said(statement: ChainStatement | NotOnChain | undefined): Omit<OnChain, "names"> {
  if (statement === undefined) return {};
  return isNotOnChain(statement) ? { unavailable: statement.notOnChain } : { statement };
}
