import type { Address } from "viem";

import type { ProtocolFactory } from "../protocol.js";
import type { CompoundV2Facts } from "./inspect.js";
import type { CompoundV2View } from "./view.js";

import { requireAddress, requireKnown } from "../../options.js";
import { addressKey, distinctAddresses } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { owedOnChain } from "../lending-on-chain.js";
import { defineProtocol } from "../protocol.js";
import { lendingMarket } from "../roles/lending-market.js";
import { plays } from "../roles/role.js";

import { compoundV2Actions } from "./actions.js";
import { compoundV2Calls } from "./calls.js";
import { inspectCompoundV2 } from "./inspect.js";
import { compoundV2Liquidated } from "./liquidated.js";
import { compoundV2LendingMarket } from "./market.js";
import { underlyingOf } from "./math.js";
import { compoundV2Plan, keyOf } from "./view.js";

/** Options of {@link compoundV2}. */
export interface CompoundV2Options {
  /** Accounts to observe besides the scenario's own, by address. */
  readonly watch?: readonly Address[];
}

/**
 * The markets of Compound v2, or of a fork of it (Venus before 2023, Hundred Finance, Onyx, …), by the comptroller.
 *
 * Only markets that can matter are read: those of the scenario's assets, and those that an account of the scenario or of
 * `watch` has entered at the start. Agents enter all of them before the siege. Markets of the native coin (cETH) are
 * left out.
 *
 * Free moves: `mint`, `redeem`, `redeemUnderlying`, `borrow`, `repay`, `liquidate` of any watched account, and `donate` (a token
 * sent to its market directly). They reach the amounts at which markets round, down to one base unit of a cToken.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not a comptroller
 * @example `compoundV2("0x3d9819210A31b4961b30EF54bE2aeD79B9c9Cd3B", { watch: [borrower] })`
 */
export const compoundV2: ProtocolFactory<CompoundV2Options | undefined, CompoundV2View> = defineProtocol<
  CompoundV2Options | undefined,
  CompoundV2Facts,
  CompoundV2View
>({
  kind: "compoundV2",
  validate: (options = {}) => {
    requireKnown("compoundV2", options, ["watch"]);
    for (const account of options.watch ?? []) requireAddress("compoundV2", "watch", account);
  },
  inspect: (context, address, options) => inspectCompoundV2(context, address, options?.watch ?? []),
  tokens: ({ markets }) => markets.flatMap(({ underlying, cToken }) => [underlying, cToken]),
  contracts: ({ comptroller }) => ({ comptroller }),
  approvals: ({ markets }) =>
    markets.map(({ underlying, cToken }) => ({ token: underlying.address, spender: cToken.address })),
  onboarding: (facts) => [compoundV2Calls(facts).enterMarkets(facts.markets.map(({ cToken }) => cToken.address))],
  observe: (facts, { accounts }) => compoundV2Plan(facts, distinctAddresses([...accounts.values(), ...facts.watch])),
  actions: () => compoundV2Actions(),
  // a borrower cannot be forced to repay: a position with more debt than collateral is worth nothing to it, and costs nothing
  value: (facts) => (view, account, price) => Math.max(0, netValue(facts, view, account, price)),
  shortfall: (facts) => (view, price) =>
    [...view.accounts.values()].reduce(
      (total, { address }) => total + Math.max(0, -netValue(facts, view, address, price)),
      0,
    ),
  onChainShortfall: () => (view, price) => {
    const market = compoundV2LendingMarket(view);
    return [...view.accounts.values()].map(({ address }) => ({
      of: address,
      terms: owedOnChain(market, address, price) ?? [],
    }));
  },
  liquidated: compoundV2Liquidated,
  roles: [plays(lendingMarket, compoundV2LendingMarket)],
});

/** An account's supply minus its debt, in US dollars at fair prices. */
function netValue(
  { markets }: CompoundV2Facts,
  view: CompoundV2View,
  account: Address,
  price: (asset: string) => number,
): number {
  const position = view.accounts.get(addressKey(account));
  if (position === undefined) return 0;
  return markets.reduce((total, market) => {
    const { asset, decimals } = market.underlying;
    if (asset === undefined) return total;
    const key = keyOf(market);
    const rate = view.market(market.cToken.address)?.exchangeRate ?? 0n;
    const net = underlyingOf(position.cTokens.get(key) ?? 0n, rate) - (position.owed.get(key) ?? 0n);
    return total + wholeUnits(net, decimals) * price(asset);
  }, 0);
}
