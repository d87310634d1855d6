import type { Address } from "viem";

import type { ReadPlan } from "./read-plan.js";
import type { Token } from "./token.js";

/** What an adapter may use to gather the facts that do not change during a run. */
export interface InspectContext {
  /** One batched read at the base state. */
  readonly read: <T>(plan: ReadPlan<T>) => Promise<T>;
  /** A token's symbol, decimals and asset; queries the chain once per address. */
  readonly token: (address: Address) => Promise<Token>;
  /** Whether there is code at an address. */
  readonly hasCode: (address: Address) => Promise<boolean>;
  /** The tokens of the scenario's assets: what agents can own at the start. */
  readonly assetTokens: readonly Token[];
  /** The scenario's accounts by name: agents, target, and those the scenario names. */
  readonly accounts: ReadonlyMap<string, Address>;
  readonly target: { readonly name: string; readonly address: Address };
}

/** What `observe` may use besides the facts. */
export interface ObserveContext {
  /** All accounts that a run may involve, by name. */
  readonly accounts: ReadonlyMap<string, Address>;
}
