import type { Address, Hex } from "viem";

/** A token allowance that every agent grants before the siege starts, as a real user of the protocol would. */
export interface Approval {
  readonly token: Address;
  readonly spender: Address;
}

/**
 * A change of the chain that no transaction makes, applied to the state before the siege:
 *
 * - `code`: the account has this code;
 * - `copy`: the account has the code that another account has now;
 * - `fund`: the account has at least this much native coin, wei.
 */
export type Preparation =
  | { readonly kind: "code"; readonly account: Address; readonly code: Hex }
  | { readonly kind: "copy"; readonly account: Address; readonly from: Address }
  | { readonly kind: "fund"; readonly account: Address; readonly wei: bigint };
