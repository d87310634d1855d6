import type { Abi, AbiFunction } from "viem";

import { functionsOf, isView } from "../../target/functions.js";

/** What a contract seems to be, judging by its functions. */
export type Shape =
  | { readonly kind: "vault" }
  | {
      readonly kind: "lending";
      /** Views of an account, where there are any. */
      readonly collateral: string | undefined;
      readonly debt: string | undefined;
    }
  | { readonly kind: "other" };

/** The functions that identify an ERC-4626 vault. */
const VAULT = ["asset", "convertToAssets", "deposit", "redeem", "totalAssets"];

/** Names of the property harnesses that teams have already. */
const INVARIANT = /^(invariant|property|echidna)_/;

/** What a contract seems to be. */
export function shapeOf(abi: Abi): Shape {
  const functions = functionsOf(abi);
  const names = new Set(functions.map(({ name }) => name));
  if (VAULT.every((name) => names.has(name))) return { kind: "vault" };
  const isLending =
    functions.some(({ name }) => /^borrow/i.test(name)) &&
    functions.some(({ name }) => /^(repay|liquidat)/i.test(name));
  if (!isLending) return { kind: "other" };
  const ofAccount = functions.filter(isAmountOfAccount).map(({ name }) => name);
  return {
    kind: "lending",
    collateral: ofAccount.find((name) => /collateral|supplied|deposit/i.test(name)),
    debt: ofAccount.find((name) => /debt|borrow|owed/i.test(name)),
  };
}

/** Whether an ABI has functions that say whether all is well. */
export function hasInvariants(abi: Abi): boolean {
  return functionsOf(abi).some(({ name, inputs }) => INVARIANT.test(name) && inputs.length === 0);
}

/** Whether these are functions of an ERC-20 token. */
export function isToken(abi: Abi): boolean {
  const names = new Set(functionsOf(abi).map(({ name }) => name));
  return ["transfer", "approve", "balanceOf", "transferFrom", "decimals"].every((name) => names.has(name));
}

/** Whether these are functions of a Chainlink feed. */
export function isFeed(abi: Abi): boolean {
  return functionsOf(abi).some(({ name }) => name === "latestRoundData");
}

/** A view that says how much an account has of something. */
function isAmountOfAccount(item: AbiFunction): boolean {
  const { inputs, outputs } = item;
  return (
    isView(item) &&
    inputs.length === 1 &&
    inputs[0]?.type === "address" &&
    outputs.length === 1 &&
    outputs[0]?.type === "uint256"
  );
}
