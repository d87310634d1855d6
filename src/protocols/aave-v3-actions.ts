import type { ContractCall } from "./call.js";
import type { AaveV3Reserve, AaveV3View } from "./aave-v3.js";
import type { Action, ActionContext } from "./protocol.js";

import { choose, fraction } from "./fractions.js";

/** The free moves of an Aave V3 market. */
export function aaveV3Actions(reserves: readonly AaveV3Reserve[]): readonly Action<AaveV3View>[] {
  const key = ({ token }: AaveV3Reserve): string => token.address.toLowerCase();
  const own = ({ view, self }: ActionContext<AaveV3View>) => view.accounts.get(self.toLowerCase());
  return [
    onReserve(reserves, "supply", ({ balance }, { token }) => balance(token.address)),
    onReserve(reserves, "withdraw", (context, reserve) => own(context)?.supplied.get(key(reserve)) ?? 0n),
    onReserve(reserves, "borrow", (context, reserve) => borrowable(context, reserve)),
    onReserve(reserves, "repay", (context, reserve) => {
      const owed = own(context)?.owed.get(key(reserve)) ?? 0n;
      const held = context.balance(reserve.token.address);
      return owed < held ? owed : held;
    }),
    {
      name: "liquidate",
      operands: 3,
      ordinary: false,
      build: ([whom = 0, which = 0, share = 0], { view, self }): ContractCall | undefined => {
        // only positions with debt: the rest would be moves that cannot succeed
        const debtors = [...view.accounts.values()].filter(
          ({ address, debtBase }) => debtBase > 0n && address.toLowerCase() !== self.toLowerCase(),
        );
        const debtor = choose(whom, debtors);
        if (debtor === undefined) return undefined;
        const pairs = reserves.flatMap((collateral) =>
          reserves
            .filter(
              (debt) => (debtor.supplied.get(key(collateral)) ?? 0n) > 0n && (debtor.owed.get(key(debt)) ?? 0n) > 0n,
            )
            .map((debt) => ({ collateral, debt })),
        );
        const pair = choose(which, pairs);
        if (pair === undefined) return undefined;
        const { collateral, debt } = pair;
        const amount = fraction(share, debtor.owed.get(key(debt)) ?? 0n);
        if (amount === 0n) return undefined;
        return view.liquidationCall(collateral.token.address, debt.token.address, debtor.address, amount);
      },
    },
  ];
}

function onReserve(
  reserves: readonly AaveV3Reserve[],
  name: "supply" | "withdraw" | "borrow" | "repay",
  most: (context: ActionContext<AaveV3View>, reserve: AaveV3Reserve) => bigint,
): Action<AaveV3View> {
  return {
    name,
    operands: 2,
    ordinary: true,
    build: ([which = 0, share = 0], context) => {
      const reserve = choose(which, reserves);
      if (reserve === undefined) return undefined;
      const amount = fraction(share, most(context, reserve));
      return amount === 0n ? undefined : context.view[name](reserve.token.address, amount, context.self);
    },
  };
}

/** What a position's collateral allows it to owe at its liquidation threshold, in base units of the reserve's token. */
function borrowable({ view, self }: ActionContext<AaveV3View>, { token }: AaveV3Reserve): bigint {
  const account = view.accounts.get(self.toLowerCase());
  const price = view.prices.get(token.address.toLowerCase()) ?? 0n;
  if (account === undefined || price === 0n || account.collateralBase <= account.debtBase) return 0n;
  return ((account.collateralBase - account.debtBase) * 10n ** BigInt(token.decimals)) / price;
}
