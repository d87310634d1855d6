import type { AbiFunction, Address } from "viem";

import type { ChainNumber } from "../protocols/on-chain.js";
import type { ReadCall, ReadPlan } from "../protocols/read-plan.js";
import type { AccountView, ViewOf } from "./account-view.js";
import type { NamedAccount } from "./accounts.js";
import type { ConditionTarget } from "./condition.js";

import { SiegeError } from "../errors.js";
import { map, simulate } from "../protocols/read-plan.js";
import { numberIn, readCall, requireFunctions } from "../target/functions.js";

import { ACCOUNT, accountView, viewCall, viewOf } from "./account-view.js";

/** The first argument's offset in calldata. */
const FIRST_ARGUMENT = 4;

/** How a claim on the target is read. */
export type ClaimReading =
  | {
      readonly kind: "vault";
      readonly balanceOf: AbiFunction;
      readonly convert: AbiFunction;
      readonly supply: AbiFunction;
    }
  | { readonly kind: "view"; readonly view: AccountView };

/** What is read in every block. */
export interface Claims {
  /** Of each account, base units; `undefined`: the call reverts. */
  readonly of: readonly (bigint | undefined)[];
  readonly losses: bigint | undefined;
  /** What all shares together convert to. */
  readonly total: bigint | undefined;
}

/**
 * How the claims on a target are read: by a view, or as what ERC-4626 shares convert to. That is before exit fees, which may
 * depend on much; `previewRedeem` may also revert (ERC-7540).
 *
 * @param owner - the condition's id
 * @throws SiegeError `UNSUPPORTED_TARGET`
 */
export function claimReading(
  owner: string,
  target: ConditionTarget,
  claim: ViewOf | undefined,
  accounts: ReadonlyMap<string, Address>,
): ClaimReading {
  if (claim !== undefined) {
    const view = accountView(owner, target, claim, accounts);
    const { item, args } = view;
    if (args?.includes(ACCOUNT) ?? item.inputs.length > 0) return { kind: "view", view };
    throw new SiegeError("UNSUPPORTED_TARGET", {
      message: `${owner} needs the claim of an account, but ${item.name}() of ${target.name} ${args === undefined ? "takes none" : "is not given one"}.`,
      hint: `Name a view such as balanceOf(address), with "${ACCOUNT}" among its args if you pass any.`,
    });
  }
  const [balanceOf, convert, supply] = requireFunctions(owner, target, [
    { name: "balanceOf", inputs: ["address"], standard: "ERC-4626" },
    { name: "convertToAssets", inputs: ["uint256"], standard: "ERC-4626" },
    { name: "totalSupply", inputs: [], standard: "ERC-4626" },
  ]);
  return { kind: "vault", balanceOf, convert, supply };
}

/** The claim of an account as a number that the chain tells. */
export function claimOnChain(
  to: Address,
  claim: ClaimReading,
  { address, was }: { readonly address: Address; readonly was: bigint },
): ChainNumber {
  if (claim.kind === "view") {
    const { function: item, args } = viewOf({ address: to }, claim.view, address);
    return { kind: "view", to, function: item, args, was };
  }
  const number: ChainNumber = { kind: "view", to, function: claim.balanceOf, args: [address] };
  return { kind: "view", to, function: claim.convert, args: [0n], argument: { at: 0, number }, was };
}

/** Reads the claims of accounts. @param losses - a view that changes when a loss is booked */
export function claimsPlan(
  accounts: readonly NamedAccount[],
  claim: ClaimReading | undefined,
  losses: AbiFunction | undefined,
  target: ConditionTarget,
): ReadPlan<Claims> {
  const claims = accounts.flatMap(({ address }, index): readonly ReadCall[] => {
    if (claim === undefined) return [];
    if (claim.kind === "view") return [viewCall(target, claim.view, address)];
    return [readCall(target.address, claim.balanceOf, [address]), convertCall(target, claim.convert, 2 * index)];
  });
  const each = claim?.kind === "vault" ? 2 : 1;
  const total: readonly ReadCall[] =
    claim?.kind === "vault"
      ? [readCall(target.address, claim.supply, []), convertCall(target, claim.convert, claims.length)]
      : [];
  const booked = losses === undefined ? [] : [readCall(target.address, losses, [])];
  return map(simulate([...claims, ...total, ...booked]), (results) => ({
    of: claim === undefined ? [] : accounts.map((_account, index) => numberIn(results[each * index + each - 1])),
    total: total.length === 0 ? undefined : numberIn(results[claims.length + 1]),
    losses: losses === undefined ? undefined : numberIn(results[claims.length + total.length]),
  }));
}

/** @param shares - the position of the call that returns them */
function convertCall(target: ConditionTarget, convert: AbiFunction, shares: number): ReadCall {
  return { ...readCall(target.address, convert, [0n]), splice: { from: shares, offset: FIRST_ARGUMENT } };
}
