import type { Address, Hex } from "viem";

import type { ContractCall } from "./call.js";

import { isAddress, toFunctionSelector } from "viem";

import { isSameAddress } from "../quantity/address.js";

import { selectorOf } from "./call.js";

/** What a call gives, as its arguments say. */
interface StatedGift {
  /** Base units. */
  readonly amount: bigint;
  /** Of which token: the contract that is called, one that the sender pays, or one that the beneficiary is paid. */
  readonly of: "called" | "paid" | "received";
}

/** Where functions of ERC-20, ERC-4626, OpenZeppelin's wrapper and plain banks have the amount. */
const GIFTS = new Map<Hex, { readonly at: number; readonly of: StatedGift["of"] }>(
  (
    [
      ["transfer(address,uint256)", 1, "called"],
      ["transferFrom(address,address,uint256)", 2, "called"],
      ["deposit(uint256,address)", 0, "paid"],
      ["depositFor(address,uint256)", 1, "paid"],
      ["withdraw(uint256,address)", 0, "received"],
      ["withdraw(uint256,address,address)", 0, "received"],
      ["withdrawTo(address,uint256)", 1, "received"],
    ] as const
  ).map(([signature, at, of]) => [toFunctionSelector(signature), { at, of }]),
);

/** Functions that may give something to a contract without a call of it, and where they name it. */
const DONATIONS = new Map<Hex, number>([
  [toFunctionSelector("transfer(address,uint256)"), 0],
  [toFunctionSelector("withdraw(uint256,address,address)"), 1],
  [toFunctionSelector("redeem(uint256,address,address)"), 1],
]);

/** What a call says that it gives; `undefined` if it is no function that is known to. */
export function statedGift({ function: item, args }: ContractCall): StatedGift | undefined {
  const known = GIFTS.get(selectorOf(item));
  if (known === undefined) return undefined;
  const amount = args[known.at];
  return typeof amount === "bigint" ? { amount, of: known.of } : undefined;
}

/** Who is sent tokens without being called; `undefined` for a token that is sent to itself, which is burnt. */
export function sentTo({ to, function: item, args }: ContractCall): Address | undefined {
  const at = DONATIONS.get(selectorOf(item));
  const receiver = at === undefined ? undefined : args[at];
  if (typeof receiver !== "string" || !isAddress(receiver, { strict: false })) return undefined;
  return item.name === "transfer" && isSameAddress(to, receiver) ? undefined : receiver;
}
