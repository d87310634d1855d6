import type { Address } from "viem";

/** What the agents' capital in a token leaves inconsistent, because it was written into storage. Plain data. */
export interface FundingNote {
  /** The token's symbol. */
  readonly token: string;
  readonly address: Address;
  /** One clause, for a person: `the agents' capital is not in its totalSupply(), which no single storage slot holds`. */
  readonly why: string;
}
