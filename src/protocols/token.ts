import type { Address } from "viem";

/** An ERC-20 token as the scenario knows it. */
export interface Token {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
  /** The scenario's asset that this token is a claim on, if any: its fair price applies one to one. */
  readonly asset: string | undefined;
}
