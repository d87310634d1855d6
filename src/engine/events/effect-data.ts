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

/** What another account received. */
export interface ReceivedAmount extends TokenChange {
  /** Its name. */
  readonly account: string;
}

/** What a transaction did. */
export interface EffectData {
  readonly reverted: boolean;
  /** The error code that the called contract returned instead of reverting; absent if it returned none. */
  readonly errorCode?: bigint;
  readonly gasUsed: bigint;
  /** What its sender paid and received, net, in the tokens that are known. */
  readonly changes: readonly TokenChange[];
  /** What accounts that the call names received, net, in the tokens that are known; absent if they received nothing. */
  readonly received?: readonly ReceivedAmount[];
}

/**
 * What a transaction did, from its sender's point of view.
 *
 * @param named - other accounts that its arguments name
 * @param errorCode - what the called contract returned, if that is one
 */
export function effectData(
  self: Address | undefined,
  { effect, token, nameOf }: TellingContext,
  named: readonly Address[] = [],
  errorCode?: bigint,
): EffectData | undefined {
  if (effect === undefined) return undefined;
  const changesOf = (account: Address | undefined): readonly TokenChange[] =>
    [...netChanges(account, effect.transfers)].flatMap(([address, amount]): TokenChange[] => {
      const known = token(address);
      if (known === undefined || amount === 0n) return [];
      return [{ token: address, ...tokens(amount, known) }];
    });
  const received = named.flatMap((account) =>
    changesOf(account).flatMap((change) => (change.value > 0n ? [{ account: nameOf(account), ...change }] : [])),
  );
  return {
    reverted: !effect.success,
    ...(errorCode === undefined ? {} : { errorCode }),
    gasUsed: effect.gasUsed,
    changes: changesOf(self),
    ...(received.length === 0 ? {} : { received }),
  };
}

/** What an account received of each token, less what it paid, base units. */
export function netChanges(
  account: Address | undefined,
  transfers: NonNullable<TellingContext["effect"]>["transfers"],
): ReadonlyMap<Address, bigint> {
  const own = account && addressKey(account);
  const net = new Map<Address, bigint>();
  for (const { token, from, to, amount } of transfers) {
    const change = (addressKey(to) === own ? amount : 0n) - (addressKey(from) === own ? amount : 0n);
    if (change !== 0n) net.set(token, (net.get(token) ?? 0n) + change);
  }
  return net;
}

/** `reverts`, `pays 430,000 USDC, gets 176.5 WETH`, `pays 5 vUSDC, alice gets 5 USDC` */
export function effectWords(effect: EffectData | undefined): string | undefined {
  if (effect === undefined) return undefined;
  if (effect.reverted) return "reverts";
  if (effect.errorCode !== undefined) return `returns error code ${effect.errorCode}`;
  const own = effect.changes.map(({ value, unit }) =>
    value < 0n ? `pays ${format({ value: -value, unit })}` : `gets ${format({ value, unit })}`,
  );
  const others = (effect.received ?? []).map(
    ({ account, value, unit }) => `${account} gets ${format({ value, unit })}`,
  );
  return own.length + others.length === 0 ? undefined : [...own, ...others].join(", ");
}
