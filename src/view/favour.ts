import type { Address } from "viem";

/** A successful call of one account that names another as the one who gets something: a transfer, a deposit on its behalf. */
export interface Favour {
  readonly from: Address;
  readonly to: Address;
}
