import type { Address } from "viem";

import type { ContractCall } from "../call.js";
import type { Token } from "../token.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** A vault that issues shares for deposits of a token, as depositors see an ERC-4626 vault. */
export interface ShareVault {
  /** The token of its deposits. */
  readonly asset: Token;
  /** Total supply of shares, base units. */
  readonly totalSupply: bigint;
  /** What one whole share is worth, whole units of the asset; 0 while the vault does not report it. */
  readonly sharePrice: number;
  /** An account's shares, base units; 0 for accounts that the scenario does not know. */
  sharesOf(account: Address): bigint;
  /** Deposits for the caller. @param assets - base units */
  deposit(assets: bigint, self: Address): ContractCall;
  /** Redeems the caller's shares. @param shares - base units */
  redeem(shares: bigint, self: Address): ContractCall;
}

/** The role of a vault with shares. */
export const shareVault: Role<ShareVault> = defineRole<ShareVault>("share vault", {
  example: "{ vault: erc4626(address) }",
});
