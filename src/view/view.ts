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
  /** wei a gas */
  readonly tip: bigint;
  readonly gas: bigint;
}

/** What an agent's call in the last block did. */
export interface ActionResult {
  readonly agent: string;
  readonly call: ContractCall;
  /** Whether it came into the block; `false` if the mempool refused it. */
  readonly included: boolean;
  /** Whether it came to its end without reverting. */
  readonly success: boolean;
  /** What it returned or reverted with, ABI-encoded; of more than 4,096 bytes the first. `0x` if not included. */
  readonly returned: Hex;
}

/** What agents know: the state after the last block, and the fair prices of now. */
export interface View {
  /** The block that is being built, counted from 1. */
  readonly block: number;
  /** Its timestamp, seconds. */
  readonly timestamp: number;
  /** Its base fee, wei a gas. */
  readonly baseFee: bigint;
  /** What a gas costs that is to be in it, wei: the base fee, and more while others would fill the block. */
  readonly gasPrice: bigint;
  /** The public mempool. Empty for agents that do not watch it (`watchesMempool`). */
  readonly pending: readonly PendingCall[];
  /** The scenario's accounts by name: agents, target, and those the scenario names. */
  readonly accounts: ReadonlyMap<string, Address>;
  readonly target: { readonly name: string; readonly address: Address };
  /** The asset whose price is that of the chain's native coin. `undefined` if the scenario has none. */
  readonly nativeAsset: string | undefined;
  /** Tokens that assets and protocols name, by symbol. */
  readonly tokens: ReadonlyMap<string, Token>;
  /**
   * The fair price of an asset (US dollars a whole unit).
   * @throws SiegeError `UNKNOWN_ASSET`
   */
  price(asset: string): number;
  /** The token that stands for an asset. @throws SiegeError `UNKNOWN_ASSET` */
  tokenOf(asset: string): Token;
  /** A token balance in base units; 0 for tokens and accounts that the scenario does not know. */
  balance(token: Address, account: Address): bigint;
  /**
   * What the agents' calls of the last block did, in their order.
   * @throws SiegeError `RESULTS_NOT_KEPT` unless an agent or a condition of the scenario has `results: true`
   */
  readonly results: readonly ActionResult[];
  /** Native coin, wei. */
  nativeBalance(account: Address): bigint;
  /**
   * What was read of a protocol, by its name in the scenario; without a name, of the only one of that kind.
   * @throws SiegeError `UNKNOWN_PROTOCOL`, with the names that exist
   */
  at<V>(factory: ProtocolFactory<never, V>, name?: string): V;
  /**
   * The protocols that play a role, whatever their kind, as agents see them, by the protocol's name; empty if none does.
   * @throws SiegeError `INVALID_ROLE` if protocols of the scenario play another role of that name
   */
  all<T>(role: Role<T>): ReadonlyMap<string, T>;
  /** What protocols lack to pay everybody, US dollars at fair prices, by the protocol's name; of those that can tell. */
  readonly shortfalls: ReadonlyMap<string, number>;
}
