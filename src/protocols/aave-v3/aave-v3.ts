import type { Address } from "viem";

import type { ProtocolFactory } from "../protocol.js";
import type { FlashLender } from "../roles/flash-lender.js";
import type { AaveV3Facts } from "./inspect.js";
import type { AaveV3View } from "./view.js";

import { requireAddress, requireKnown } from "../../options.js";
import { addressKey, distinctAddresses } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { call } from "../call.js";
import { owedOnChain } from "../lending-on-chain.js";
import { defineProtocol } from "../protocol.js";
import { flashLenders } from "../roles/flash-lender.js";
import { lendingMarket } from "../roles/lending-market.js";
import { plays } from "../roles/role.js";

import { flashLoanAbi } from "./abi.js";
import { aaveV3Actions } from "./actions.js";
import { inspectAaveV3 } from "./inspect.js";
import { aaveV3Liquidated } from "./liquidated.js";
import { aaveV3Market } from "./market.js";
import { aaveV3Plan } from "./view.js";

/** Options of {@link aaveV3}. */
export interface AaveV3Options {
  /** Accounts to observe besides the scenario's own, by address. */
  readonly watch?: readonly Address[];
}

/**
 * An Aave V3 market, by its `PoolAddressesProvider`.
 *
 * Only reserves that can matter are read: those of the scenario's assets, and those in which an account of the scenario
 * or of `watch` has collateral or debt at the start.
 *
 * Free moves: `supply`, `withdraw`, `borrow`, `repay`, and `liquidate` of any watched account.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not an
 * addresses provider
 * @example `aaveV3("0x2f39d218133AFaB8F2B819B1066c7E434Ad94E9e", { watch: [borrower] })`
 */
export const aaveV3: ProtocolFactory<AaveV3Options | undefined, AaveV3View> = defineProtocol<
  AaveV3Options | undefined,
  AaveV3Facts,
  AaveV3View
>({
  kind: "aaveV3",
  validate: (options = {}) => {
    requireKnown("aaveV3", options, ["watch"]);
    for (const account of options.watch ?? []) requireAddress("aaveV3", "watch", account);
  },
  inspect: (context, address, options) => inspectAaveV3(context, address, options?.watch ?? []),
  tokens: ({ reserves }) => reserves.map(({ token }) => token),
  contracts: ({ pool }) => ({ pool }),
  approvals: ({ pool, reserves }) => reserves.map(({ token }) => ({ token: token.address, spender: pool })),
  observe: (facts, { accounts }) => aaveV3Plan(facts, distinctAddresses([...accounts.values(), ...facts.watch])),
  actions: ({ reserves }) => aaveV3Actions(reserves),
  value:
    ({ reserves }) =>
    (view, account, price) => {
      const position = view.accounts.get(addressKey(account));
      if (position === undefined) return 0;
      return reserves.reduce((total, { token }) => {
        if (token.asset === undefined) return total;
        const key = addressKey(token.address);
        const net = (position.supplied.get(key) ?? 0n) - (position.owed.get(key) ?? 0n);
        return total + wholeUnits(net, token.decimals) * price(token.asset);
      }, 0);
    },
  onChainValue: () => (view, account, price) =>
    (owedOnChain(aaveV3Market(view), account, price) ?? []).map((term) => ({ ...term, times: -term.times })),
  onChainShortfall: () => (view, price) => {
    const market = aaveV3Market(view);
    return [...view.accounts.values()].map(({ address }) => ({
      of: address,
      terms: owedOnChain(market, address, price) ?? [],
    }));
  },
  shortfall:
    ({ reserves }) =>
    ({ accounts }, price) => {
      const worth = (amounts: ReadonlyMap<string, bigint>): number =>
        reserves.reduce((total, { token: { address, asset, decimals } }) => {
          const amount = amounts.get(addressKey(address)) ?? 0n;
          return asset === undefined ? total : total + wholeUnits(amount, decimals) * price(asset);
        }, 0);
      // debt beyond all collateral will never be repaid
      return [...accounts.values()].reduce(
        (total, { supplied, owed }) => total + Math.max(0, worth(owed) - worth(supplied)),
        0,
      );
    },
  liquidated: aaveV3Liquidated,
  roles: [plays(lendingMarket, aaveV3Market), plays(flashLenders, lendersOf)],
});

function lendersOf({ pool, reserves, liquidity, flashPremium }: AaveV3View): readonly FlashLender[] {
  return reserves
    .filter(({ flashLends }) => flashLends)
    .map(({ token }) => ({
      lender: pool,
      token,
      available: liquidity.get(addressKey(token.address))?.available ?? 0n,
      // percentMul, which rounds half up (PercentageMath.sol)
      fee: (amount) => (amount * flashPremium + 5_000n) / 10_000n,
      borrow: ({ amount, receiver, data }) =>
        call({
          address: pool,
          abi: flashLoanAbi,
          functionName: "flashLoanSimple",
          args: [receiver, token.address, amount, data, 0],
        }),
      repayment: "approve",
    }));
}
