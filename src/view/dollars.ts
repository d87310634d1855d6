import type { Token } from "../protocols/token.js";
import type { View } from "./view.js";

/** The fair price of one base unit of a token, US dollars; 0 for a token that stands for no asset. */
export function unitPrice(view: View, token: Token): number {
  return token.asset === undefined ? 0 : view.price(token.asset) / 10 ** token.decimals;
}

/** The value of an amount at the fair price, US dollars. @param amount - base units */
export function dollarsOf(view: View, token: Token, amount: bigint): number {
  return Number(amount) * unitPrice(view, token);
}

/** Base units of a token worth that many US dollars at the fair price; 0 for a token without one. */
export function unitsFor(view: View, token: Token, dollars: number): bigint {
  const price = unitPrice(view, token);
  return price > 0 && dollars > 0 ? BigInt(Math.floor(dollars / price)) : 0n;
}

/** A share of an amount. @param share - 0 to 1, rounded to nine digits */
export function shareOf(amount: bigint, share: number): bigint {
  return (amount * BigInt(Math.round(share * 1e9))) / 1_000_000_000n;
}

export function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
