import type { Address } from "viem";

import type { TellingContext } from "./kind.js";

import { addressKey } from "../../quantity/address.js";
import { formatAmount } from "../../quantity/format.js";

/** A number of a token, with its unit. */
export interface TokenAmount {
  readonly token: Address;
  readonly symbol: string;
  readonly decimals: number;
  /** Base units. */
  readonly amount: bigint;
}

/** What a transaction did. */
export interface EffectData {
  readonly reverted: boolean;
  readonly gasUsed: bigint;
  /** What its sender paid (below 0) and got, net, in the tokens that are known. */
  readonly changes: readonly TokenAmount[];
}

/** What a transaction did, seen by its sender. */
export function effectData(self: Address | undefined, { effect, token }: TellingContext): EffectData | undefined {
  if (effect === undefined) return undefined;
  const own = self && addressKey(self);
  const net = new Map<Address, bigint>();
  for (const { token: moved, from, to, amount } of effect.transfers) {
    const change = (addressKey(to) === own ? amount : 0n) - (addressKey(from) === own ? amount : 0n);
    if (change !== 0n) net.set(moved, (net.get(moved) ?? 0n) + change);
  }
  return {
    reverted: !effect.success,
    gasUsed: effect.gasUsed,
    changes: [...net].flatMap(([address, amount]): TokenAmount[] => {
      const known = token(address);
      if (known === undefined || amount === 0n) return [];
      return [{ token: address, symbol: known.symbol, decimals: known.decimals, amount }];
    }),
  };
}

/** `reverts`, `pays 430,000 USDC, gets 176.5 WETH` */
export function effectWords(effect: EffectData | undefined): string | undefined {
  if (effect === undefined) return undefined;
  if (effect.reverted) return "reverts";
  if (effect.changes.length === 0) return undefined;
  return effect.changes
    .map(({ amount, decimals, symbol }) => {
      const size = amount < 0n ? -amount : amount;
      return `${amount < 0n ? "pays" : "gets"} ${formatAmount(size, decimals, symbol)}`;
    })
    .join(", ");
}
