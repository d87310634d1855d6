import type { Address } from "viem";

import type { TokenAmount } from "../../quantity/amount.js";
import type { TellingContext } from "./kind.js";

import { addressKey } from "../../quantity/address.js";
import { tokens } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";

/** What an account paid (below 0) or received of one token. */
export interface TokenChange extends TokenAmount {
  readonly token: Address;
}

/** What a transaction did. */
export interface EffectData {
  readonly reverted: boolean;
  readonly gasUsed: bigint;
  /** What its sender paid and received, net, in the tokens that are known. */
  readonly changes: readonly TokenChange[];
}

/** What a transaction did, from its sender's point of view. */
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
    changes: [...net].flatMap(([address, amount]): TokenChange[] => {
      const known = token(address);
      if (known === undefined || amount === 0n) return [];
      return [{ token: address, ...tokens(amount, known) }];
    }),
  };
}

/** `reverts`, `pays 430,000 USDC, gets 176.5 WETH` */
export function effectWords(effect: EffectData | undefined): string | undefined {
  if (effect === undefined) return undefined;
  if (effect.reverted) return "reverts";
  if (effect.changes.length === 0) return undefined;
  return effect.changes
    .map(({ value, unit }) =>
      value < 0n ? `pays ${format({ value: -value, unit })}` : `gets ${format({ value, unit })}`,
    )
    .join(", ");
}
