import type { Address, Hex } from "viem";

import type { ContractCall } from "../protocols/call.js";
import type { ProtocolFactory } from "../protocols/protocol.js";
import type { Role } from "../protocols/roles/role.js";
import type { Token } from "../protocols/token.js";

/** A transaction in the public mempool. */
export interface PendingCall {
  readonly agent: string;
  readonly from: Address;
  readonly call: ContractCall;
  /** Wei per unit of gas. */
  readonly tip: bigint;
  readonly gas: bigint;
}

/** The result of an agent's call in the last block. */
export interface ActionResult {
  readonly agent: string;
  readonly call: ContractCall;
  /** Whether it was included in the block; `false` if the mempool rejected it. */
  readonly included: boolean;
  /** Whether it succeeded, that is, did not revert. */
  readonly success: boolean;
  /** Its return or revert data, ABI-encoded, truncated to 4,096 bytes. `0x` if it was not included. */
  readonly returned: Hex;
}

/** What agents know: the state after the last block, and the current fair prices. */
export interface View {
  /** The block being built, counted from 1. */
  readonly block: number;
  /** Its timestamp, Unix seconds. */
  readonly timestamp: number;
  /** Its base fee, wei per unit of gas. */
  readonly baseFee: bigint;
  /** The price of inclusion in it, wei per unit of gas: the base fee, and more while other transactions would fill the block. */
  readonly gasPrice: bigint;
  /** The public mempool. Empty for agents that do not watch it (`watchesMempool`). */
  readonly pending: readonly PendingCall[];
  /** The scenario's accounts by name: agents, the target, and those that the scenario names. */
  readonly accounts: ReadonlyMap<string, Address>;
  readonly target: { readonly name: string; readonly address: Address };
  /** The asset that stands for the chain's native coin. `undefined` if the scenario has none. */
  readonly nativeAsset: string | undefined;
  /** The tokens of assets and protocols, by symbol. */
  readonly tokens: ReadonlyMap<string, Token>;
  /**
   * The fair price of an asset (US dollars per whole unit).
   * @throws SiegeError `UNKNOWN_ASSET`
   */
  price(asset: string): number;
  /** The token that represents an asset. @throws SiegeError `UNKNOWN_ASSET` */
  tokenOf(asset: string): Token;
  /** A token balance in base units; 0 for tokens and accounts that the scenario does not know. */
  balance(token: Address, account: Address): bigint;
  /**
   * The results of the agents' calls in the last block, in order.
   * @throws SiegeError `RESULTS_NOT_KEPT` unless an agent or a condition of the scenario has `results: true`
   */
  readonly results: readonly ActionResult[];
  /** Native coin, wei. */
  nativeBalance(account: Address): bigint;
  /**
   * The state of a protocol, by its name in the scenario; without a name, of the only one of that kind.
   * @throws SiegeError `UNKNOWN_PROTOCOL`, with the names that exist
   */
  at<V>(factory: ProtocolFactory<never, V>, name?: string): V;
  /**
   * The protocols that play a role, whatever their kind, as agents see them, by the protocol's name; empty if none does.
   * @throws SiegeError `INVALID_ROLE` if protocols of the scenario play a different role of the same name
   */
  all<T>(role: Role<T>): ReadonlyMap<string, T>;
  /** The shortfall of protocols against their liabilities, US dollars at fair prices, by name; of those that report one. */
  readonly shortfalls: ReadonlyMap<string, number>;
}
