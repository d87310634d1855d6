import type { Address } from "viem";

/**
 * A successful call of one account that names another as the one who gets something: a transfer, a deposit on its behalf. Or one
 * that gives something to everybody who has a part in a contract: tokens sent to the target or to a protocol, without a call
 * of it.
 */
export interface Favour {
  readonly from: Address;
  /** Another account of the scenario, the target, or a contract of a protocol. */
  readonly to: Address;
  /** What it gives, base units of a token, if the call says so: `transfer`, `deposit(assets, receiver)`, and the like. */
  readonly gift?: { readonly token: Address; readonly amount: bigint };
}
