import type { Action, ActionContext } from "../action.js";
import type { ContractCall } from "../call.js";
import type { CompoundV2MarketState, CompoundV2View } from "./view.js";

import { maxUint256 } from "viem";

import { addressKey, isSameAddress } from "../../quantity/address.js";
import { choose, fraction } from "../../quantity/share.js";

import { costOf, mostFor, underlyingOf } from "./math.js";
import { keyOf } from "./view.js";

/** What a move works with: the current market, and the account's position in it. */
interface Situation {
  readonly market: CompoundV2MarketState;
  readonly cTokens: bigint;
  readonly owed: bigint;
  /** How much it may borrow. */
  readonly borrowable: bigint;
  /** Its balance of the token. */
  readonly held: bigint;
}

/** The most a move can take, and the meaning of operands 0 and 1. Without either, the move makes no sense. */
interface Range {
  readonly most: bigint;
  readonly edges: readonly [bigint, bigint];
}

/**
 * The free moves of a Compound v2 market. The first operand chooses the market among those where the move makes sense:
 * an account cannot redeem what it does not have. The last is the amount, as a share of the most. Its values 0 and 1 do not
 * mean almost nothing, but the amounts at which the market rounds:
 *
 * | move               | all of                | 0                                         | 1                                      |
 * | ------------------ | --------------------- | ----------------------------------------- | -------------------------------------- |
 * | `mint`             | one's balance         | the cost of 1 base unit of the cToken     | the cost of 2                          |
 * | `redeem`           | one's cTokens         | all but 1 base unit                       | all but 2                              |
 * | `redeemUnderlying` | what they are worth   | the most that leaves 1 of one's cTokens   | the most for which it burns only 1     |
 * | `borrow`           | what one may borrow   | 1 base unit                               | all of the market's cash               |
 * | `repay`            | one's debt            | 1 base unit                               | all but 1                              |
 * | `liquidate`        | the close factor      | 1 base unit                               | 2                                      |
 * | `donate`           | nearly one's balance  | 1 base unit                               | 2                                      |
 *
 * Costs are rounded up to a base unit of the token, which may be worth thousands of the cToken.
 */
export function compoundV2Actions(): readonly Action<CompoundV2View>[] {
  return [
    onMarket("mint", {
      range: ({ market, held }) => ({
        most: held,
        edges: [least(held, costOf(1n, market.nextExchangeRate)), least(held, costOf(2n, market.nextExchangeRate))],
      }),
      make: (amount, { market }, view) => view.mint(market.cToken.address, amount),
    }),
    onMarket("redeem", {
      range: ({ cTokens }) => ({ most: cTokens, edges: [cTokens - 1n, cTokens - 2n] }),
      make: (amount, { market }, view) => view.redeem(market.cToken.address, amount),
    }),
    onMarket("redeemUnderlying", {
      range: ({ market: { nextExchangeRate: rate }, cTokens }) => ({
        most: underlyingOf(cTokens, rate),
        edges: cTokens === 0n ? [0n, 0n] : [mostFor(cTokens - 1n, rate), mostFor(1n, rate)],
      }),
      make: (amount, { market }, view) => view.redeemUnderlying(market.cToken.address, amount),
    }),
    onMarket("borrow", {
      // an earlier call of the same block may have raised the borrow limit: the comptroller decides
      range: ({ market, borrowable }) => ({ most: borrowable, edges: [least(1n, market.cash), market.cash] }),
      make: (amount, { market }, view) => view.borrow(market.cToken.address, amount),
    }),
    onMarket("repay", {
      range: ({ owed, held }) => ({ most: least(owed, held), edges: [least(owed, 1n), least(owed - 1n, held)] }),
      make: (amount, { market, owed }, view) =>
        // the debt of a block ago leaves a block's interest behind, and a position with debt cannot be closed
        view.repayBorrow(market.cToken.address, amount === owed ? maxUint256 : amount),
    }),
    { name: "liquidate", operands: 3, ordinary: false, build: buildLiquidation },
    {
      ...onMarket("donate", {
        // an earlier call of the same block may already have spent some of it: a millionth is kept back
        range: ({ held }) => ({ most: held - held / 1_000_000n, edges: [least(held, 1n), least(held, 2n)] }),
        make: (amount, { market }, view) => view.donate(market.cToken.address, amount),
      }),
      ordinary: false,
      gives: true,
    },
  ];
}

function onMarket(
  name: string,
  move: {
    range(situation: Situation): Range;
    make(amount: bigint, situation: Situation, view: CompoundV2View): ContractCall;
  },
): Action<CompoundV2View> {
  return {
    name,
    operands: 2,
    ordinary: true,
    build: ([which = 0, share = 0], { view, self, balance }) => {
      const account = view.accounts.get(addressKey(self));
      const possible = view.markets.flatMap((market) => {
        const situation: Situation = {
          market,
          cTokens: account?.cTokens.get(keyOf(market)) ?? 0n,
          owed: account?.owed.get(keyOf(market)) ?? 0n,
          borrowable: account === undefined ? 0n : view.maxBorrowable(account, market),
          held: balance(market.underlying.address),
        };
        const range = move.range(situation);
        return [range.most, ...range.edges].some((amount) => amount > 0n) ? [{ situation, range }] : [];
      });
      const chosen = choose(which, possible);
      if (chosen === undefined) return undefined;
      const amount = amountOf(share, chosen.range);
      return amount <= 0n ? undefined : move.make(amount, chosen.situation, view);
    },
  };
}

function buildLiquidation(
  [whom = 0, which = 0, share = 0]: readonly number[],
  { view, self }: ActionContext<CompoundV2View>,
): ContractCall | undefined {
  // positions with debt, including healthy ones: an earlier call of the same block may move the price
  const debtor = choose(
    whom,
    [...view.accounts.values()].filter(
      ({ address, owed }) => !isSameAddress(address, self) && [...owed.values()].some((amount) => amount > 0n),
    ),
  );
  if (debtor === undefined) return undefined;
  const held = (amounts: ReadonlyMap<string, bigint>): readonly CompoundV2MarketState[] =>
    view.markets.filter((market) => (amounts.get(keyOf(market)) ?? 0n) > 0n);
  const debts = held(debtor.owed);
  const pair = choose(
    which,
    held(debtor.cTokens).flatMap((collateral) => debts.map((debt) => ({ collateral, debt }))),
  );
  if (pair === undefined) return undefined;
  const { collateral, debt } = pair;
  const offered = amountOf(share, { most: view.maxRepayable(debtor, debt), edges: [1n, 2n] });
  const { paid } = view.liquidation(debtor, collateral, debt, offered) ?? { paid: 0n };
  if (paid === 0n) return undefined;
  return view.liquidateBorrow(debt.cToken.address, debtor.address, paid, collateral.cToken.address);
}

function amountOf(ppm: number, { most, edges: [zero, one] }: Range): bigint {
  if (ppm === 0) return zero;
  return ppm === 1 ? one : fraction(ppm, most);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
