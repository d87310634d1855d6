import type { Action, ActionContext } from "../action.js";
import type { PerpV2Account, PerpV2View } from "./view.js";

import { addressKey, isSameAddress } from "../../quantity/address.js";
import { choose, fraction } from "../../quantity/share.js";

const RATIO = 1_000_000n;

const SIDES = ["long", "short"] as const;

/** The free moves of a Perpetual Protocol V2 market. */
export function perpV2Actions(): readonly Action<PerpV2View>[] {
  return [
    {
      name: "deposit",
      operands: 1,
      ordinary: true,
      build: ([share = 0], { view, balance }) => {
        const amount = fraction(share, balance(view.collateral.address));
        return amount === 0n ? undefined : view.deposit(amount);
      },
    },
    {
      name: "withdraw",
      operands: 1,
      ordinary: true,
      build: ([share = 0], context) => {
        const amount = fraction(share, own(context)?.freeCollateral ?? 0n);
        return amount === 0n ? undefined : context.view.withdraw(amount);
      },
    },
    {
      name: "openPosition",
      operands: 2,
      ordinary: true,
      build: ([direction = 0, share = 0], context) => {
        const side = choose(direction, SIDES);
        const amount = fraction(share, buyingPower(context));
        return side === undefined || amount === 0n
          ? undefined
          : context.view.openPosition({ side, of: "quote", amount });
      },
    },
    {
      name: "closePosition",
      operands: 0,
      ordinary: true,
      build: (_operands, context) => ((own(context)?.size ?? 0n) === 0n ? undefined : context.view.closePosition()),
    },
    {
      name: "addLiquidity",
      operands: 1,
      ordinary: true,
      build: ([share = 0], context) => {
        const { markPrice } = context.view;
        // both sides of an order are borrowed, so each may be half of the account's buying power
        const quote = fraction(share, buyingPower(context)) / 2n;
        if (markPrice === undefined || quote === 0n) return undefined;
        return context.view.addLiquidity((quote * 10n ** 18n) / markPrice, quote);
      },
    },
    {
      name: "removeLiquidity",
      operands: 1,
      ordinary: true,
      build: ([share = 0], context) => {
        const amount = fraction(share, own(context)?.liquidity ?? 0n);
        return amount === 0n ? undefined : context.view.removeLiquidity(amount);
      },
    },
    {
      name: "liquidate",
      operands: 2,
      ordinary: false,
      build: ([whom = 0, share = 0], context) => {
        // including healthy ones: an earlier call of the same block may move the price
        const trader = choose(
          whom,
          othersWith(context, ({ size }) => size !== 0n),
        );
        if (trader === undefined) return undefined;
        const size = fraction(share, trader.size);
        return size === 0n ? undefined : context.view.liquidate(trader.address, size);
      },
    },
    {
      name: "cancelOrders",
      operands: 1,
      ordinary: false,
      build: ([whom = 0], context) => {
        const maker = choose(
          whom,
          othersWith(context, ({ hasOrder }) => hasOrder),
        );
        return maker === undefined ? undefined : context.view.cancelOrders(maker.address);
      },
    },
  ];
}

function own({ view, self }: ActionContext<PerpV2View>): PerpV2Account | undefined {
  return view.accounts.get(addressKey(self));
}

function othersWith(
  { view, self }: ActionContext<PerpV2View>,
  filter: (account: PerpV2Account) => boolean,
): readonly PerpV2Account[] {
  return [...view.accounts.values()].filter((account) => !isSameAddress(account.address, self) && filter(account));
}

/** US dollars by which a position may grow, 18 decimals: what the initial margin allows, including the fee. */
function buyingPower(context: ActionContext<PerpV2View>): bigint {
  const { collateral, ratios } = context.view;
  const free = (own(context)?.freeCollateral ?? 0n) * 10n ** BigInt(18 - collateral.decimals);
  return (free * RATIO) / BigInt(ratios.im + ratios.fee);
}
