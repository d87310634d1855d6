import type { Address } from "viem";

import type { ChainNumber, ChainTerm } from "../protocols/on-chain.js";
import type { Token } from "../protocols/token.js";
import type { View } from "../view/view.js";
import type { AccountView } from "./account-view.js";
import type { NamedAccount } from "./accounts.js";
import type { AmountView } from "./amount-of.js";
import type { ConditionInspectContext, ConditionTarget } from "./condition.js";
import type { ChainCall, ChainGuard, ChainPossibility, ChainWay } from "./on-chain.js";
import type { Cast, SimulatedFunction } from "./simulated-call.js";

import { erc20Abi, getAbiItem, maxUint256 } from "viem";

import { call } from "../protocols/call.js";

import { chainDollars } from "./on-chain.js";
import { told, triedCall } from "./possible.js";
import { purseOf } from "./purse.js";

const BALANCE_OF = getAbiItem({ abi: erc20Abi, name: "balanceOf" });

/** Who liquidates, where an argument names it. */
export const LIQUIDATOR = "liquidator";

/** What is known of a target whose positions can be liquidated. */
export interface LiquidationFacts {
  readonly accounts: readonly NamedAccount[];
  readonly known: ConditionInspectContext["accounts"];
  readonly debt: AmountView;
  readonly collateral: AmountView;
  readonly health: AccountView | undefined;
  /** The same call with the amounts that are tried. */
  readonly trials: readonly SimulatedFunction[];
  /** What a liquidator pays. */
  readonly paid: Token;
  /** What it may receive: the tokens of all assets. */
  readonly tokens: readonly Token[];
}

/** When a position is under water. */
export interface UnderWaterRule {
  readonly health: { readonly is: boolean } | { readonly below: bigint } | undefined;
  readonly threshold: number;
  /** US dollars. */
  readonly dust: number;
}

/** The liquidations of an account, for a contract that tries them. */
export function liquidationsOnChain(
  view: View,
  target: Pick<ConditionTarget, "address">,
  facts: LiquidationFacts,
  { account, rule }: { readonly account: NamedAccount; readonly rule: UnderWaterRule },
): Pick<ChainPossibility, "ways" | "when"> {
  return {
    when: underWater(view, target, facts, { account: account.address, rule }),
    ways: facts.trials.map((trial) => wayOf(view, target, facts, { account: account.address, trial })),
  };
}

function underWater(
  view: View,
  target: Pick<ConditionTarget, "address">,
  facts: LiquidationFacts,
  { account, rule: { health, threshold, dust } }: { readonly account: Address; readonly rule: UnderWaterRule },
): readonly ChainGuard[] {
  const debt = told(target, facts.debt, account);
  const collateral = told(target, facts.collateral, account);
  const [owed, given] = [
    dollars(view, "debt", facts.debt, debt),
    dollars(view, "collateral", facts.collateral, collateral),
  ];
  const least = -chainDollars(dust);
  return [
    { kind: "number", number: debt, is: "readable" },
    { kind: "number", number: collateral, is: "readable" },
    { kind: "sum above zero", terms: [owed], plus: least },
    { kind: "sum above zero", terms: [given], plus: least },
    facts.health === undefined || health === undefined
      ? {
          kind: "sum above zero",
          terms: [owed, { ...given, times: -chainDollars(view.price(facts.collateral.unit.asset) * threshold) }],
          plus: 0n,
        }
      : healthGuard(told(target, facts.health, account), health),
  ];
}

function healthGuard(number: ChainNumber, health: NonNullable<UnderWaterRule["health"]>): ChainGuard {
  if ("below" in health) return { kind: "below", number, bound: health.below };
  return { kind: "number", number, is: health.is ? "above zero" : "zero" };
}

function wayOf(
  view: View,
  target: Pick<ConditionTarget, "address">,
  facts: LiquidationFacts,
  { account, trial }: { readonly account: Address; readonly trial: SimulatedFunction },
): ChainWay {
  const { paid, tokens, known: accounts } = facts;
  const from = purseOf(paid).account;
  const cast: Cast = new Map([
    ["account", account],
    [LIQUIDATOR, from],
  ]);
  const allow: ChainCall = {
    from,
    ...call({ address: paid.address, abi: erc20Abi, functionName: "approve", args: [target.address, maxUint256] }),
  };
  const { nativeAsset } = view;
  const debt = dollars(view, "debt", facts.debt, told(target, facts.debt, from));
  return {
    first: [allow],
    call: triedCall(target, trial, { from, about: account, cast, accounts }),
    gain: [
      dollars(view, "collateral", facts.collateral, told(target, facts.collateral, from)),
      { ...debt, times: -debt.times },
      ...(nativeAsset === undefined
        ? []
        : [
            dollars(
              view,
              "native coin",
              { unit: { asset: nativeAsset, decimals: 18 } },
              { kind: "native", account: from },
            ),
          ]),
      ...tokens.flatMap(({ address, symbol, asset, decimals }) =>
        asset === undefined
          ? []
          : [
              dollars(
                view,
                symbol,
                { unit: { asset, decimals } },
                { kind: "view", to: address, function: BALANCE_OF, args: [from] },
              ),
            ],
      ),
    ],
  };
}

function dollars(
  view: View,
  what: string,
  { unit }: { readonly unit: { readonly asset: string; readonly decimals: number } },
  number: ChainNumber,
): ChainTerm {
  return { what, number, times: chainDollars(view.price(unit.asset)), over: 10n ** BigInt(unit.decimals) };
}
