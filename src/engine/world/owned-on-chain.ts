import type { Address } from "viem";

import type { ChainTerm, MissingOnChain } from "../../protocols/on-chain.js";
import type { ObservedView, ViewFrame } from "./observed-view.js";

import { erc20Abi, getAbiItem } from "viem";

import { chainDollars } from "../../conditions/on-chain.js";

const BALANCE_OF = getAbiItem({ abi: erc20Abi, name: "balanceOf" });

/**
 * What an account owns, as `worth()` adds it up, in numbers that the chain tells: dollars of 18 decimals at present fair prices.
 *
 * @returns `undefined` if it has something in a protocol that does not tell it so
 */
export function ownedOnChain(frame: ViewFrame, view: ObservedView, account: Address): readonly ChainTerm[] | undefined {
  const price = (asset: string): number => view.price(asset);
  const terms: ChainTerm[] = [];
  if (frame.nativeAsset !== undefined) {
    const number = { kind: "native", account, was: view.nativeBalance(account) } as const;
    terms.push({ what: "native coin", number, times: chainDollars(price(frame.nativeAsset)), over: 10n ** 18n });
  }
  for (const { address, asset, symbol, decimals } of frame.tokens.values()) {
    if (asset === undefined) continue;
    terms.push({
      what: symbol,
      number: { kind: "view", to: address, function: BALANCE_OF, args: [account], was: view.balance(address, account) },
      times: chainDollars(price(asset)),
      over: 10n ** BigInt(decimals),
    });
  }
  for (const { bound } of frame.protocols.values()) {
    if (bound.value === undefined) continue;
    const told = bound.onChainValue?.(view.of(bound.name), account, price);
    if (told === undefined && bound.value(view.of(bound.name), account, price) !== 0) return undefined;
    terms.push(...(told ?? []));
  }
  return terms;
}

/** What a protocol is short of, as its `shortfall` adds it up; `undefined` if it does not tell it so. */
export function missingOnChain(
  frame: ViewFrame,
  view: ObservedView,
  protocol: string,
): readonly MissingOnChain[] | undefined {
  const bound = [...frame.protocols.values()].find((one) => one.bound.name === protocol)?.bound;
  return bound?.onChainShortfall?.(view.of(bound.name), (asset) => view.price(asset));
}
