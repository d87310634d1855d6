import type { Address } from "viem";

import type { ChainTerm } from "../protocols/on-chain.js";
import type { ReadPlan } from "../protocols/read-plan.js";
import type { Holding, LendingMarket } from "../protocols/roles/lending-market.js";
import type { View } from "../view/view.js";
import type { AccountView } from "./account-view.js";
import type { NamedAccount } from "./accounts.js";
import type { AmountOf, AmountView } from "./amount-of.js";
import type { Condition, ConditionTarget } from "./condition.js";
import type { GivenEvidence } from "./evidence.js";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { owedOnChain } from "../protocols/lending-on-chain.js";
import { all, constant, list, map } from "../protocols/read-plan.js";
import { lendingMarket } from "../protocols/roles/lending-market.js";
import { marginMarket } from "../protocols/roles/margin-market.js";
import { addressKey, distinctAddresses, isSameAddress } from "../quantity/address.js";
import { usd, wholeUnits } from "../quantity/amount.js";
import { numberIn } from "../target/functions.js";
import { playerOf } from "../view/role-players.js";

import { viewCall, viewOf } from "./account-view.js";
import { accountsNamed, accountsOf, nameOf, requireAccountList } from "./accounts.js";
import { amountViews, requireAmountOf, valueOf } from "./amount-of.js";
import { defineCondition } from "./condition.js";
import { apart, quantity } from "./evidence.js";
import { eachFirst } from "./failure.js";
import { chainDollars, IN_DOLLARS, notOnChain } from "./on-chain.js";
import { notJudged } from "./unjudged.js";

const ID = "noBadDebt";

const SAYS = "nobody owes more than they have supplied, at fair prices";

/** How many accounts the evidence names. */
const NAMED = 3;

/** The cause if no single account has more bad debt than the dust, but all of them have. */
const TOGETHER = "all accounts";

const DEFAULT_DUST = 1;

/** Options of {@link noBadDebt}. */
export interface NoBadDebtOptions {
  /** The lending market (Aave, Compound, Morpho, …) whose accounts are judged, by protocol name. Default: the only one. */
  readonly lending?: string;
  /** The margin market whose accounts are judged, by protocol name; instead of `lending`. */
  readonly market?: string;
  /** The target's view of an account's deposit; together with `debt`, instead of `lending`. */
  readonly collateral?: AmountOf;
  /** The target's view of an account's debt. */
  readonly debt?: AmountOf;
  /**
   * The accounts, by name or address. Default: all of the scenario's, plus those that the lending market watches.
   */
  readonly accounts?: readonly string[];
  /** Bad debt to ignore, US dollars. Default 1. */
  readonly dust?: number;
}

/** US dollars. */
interface Position {
  readonly name: string;
  readonly collateral: number;
  readonly debt: number;
}

/**
 * No account owes more than it has supplied. Everything is valued at fair prices, positions in lending and margin markets
 * included: while a feed is late, the market's own prices hide its bad debt.
 *
 * An account is skipped while one of the functions reverts for it; not judged while that is so for all of them.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_TARGET` if the target does not have the
 * functions, `UNKNOWN_ACCOUNT`, `UNKNOWN_ASSET`
 * @example
 * ```ts
 * noBadDebt({ collateral: { function: "collateralOf", asset: "ETH" }, debt: { function: "debtOf", asset: "USDC" } });
 * noBadDebt({
 *   collateral: { function: "suppliedOf", args: [weth, "account"], asset: "ETH" },
 *   debt: { function: "debtOf", args: [usdc, "account"], asset: "USDC" },
 * });
 * ```
 */
export function noBadDebt(options: NoBadDebtOptions = {}): Condition {
  requireKnown(ID, options, ["lending", "market", "collateral", "debt", "accounts", "dust"]);
  const { lending, market, collateral, debt, accounts, dust = DEFAULT_DUST } = options;
  requireInRange(ID, "dust", dust, { min: 0, max: 1e15 });
  requireAccountList(ID, "accounts", accounts);
  if (market !== undefined) {
    if (lending === undefined && collateral === undefined && debt === undefined) {
      return onMarginMarket(market, accounts, dust);
    }
    throw new SiegeError("INVALID_OPTION", {
      message: `${ID} is given a margin market and something else to judge.`,
      hint: "Pass market alone; a scenario can have only one noBadDebt.",
    });
  }
  if (collateral === undefined && debt === undefined) return onLendingMarket(lending, accounts, dust);
  if (collateral === undefined || debt === undefined || lending !== undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${ID} is given ${lending === undefined ? (debt === undefined ? "collateral but no debt" : "debt but no collateral") : "both lending and functions of the target"}.`,
      hint: "Pass collateral and debt together, or lending alone.",
    });
  }
  requireAmountOf(ID, "collateral", collateral);
  requireAmountOf(ID, "debt", debt);
  return ofTarget({ collateral, debt }, accounts, dust);
}

interface TargetFacts {
  readonly collateral: AmountView;
  readonly debt: AmountView;
  readonly accounts: readonly NamedAccount[];
}

/** Base units; `undefined` where the target's function reverts. */
interface Amounts {
  readonly name: string;
  readonly collateral: bigint | undefined;
  readonly debt: bigint | undefined;
}

function ofTarget(
  of: { readonly collateral: AmountOf; readonly debt: AmountOf },
  accounts: readonly string[] | undefined,
  dust: number,
): Condition {
  return defineCondition<TargetFacts, readonly Amounts[]>({
    id: ID,
    inspect: async (context) => {
      return {
        ...amountViews(ID, context, of),
        accounts: accounts === undefined ? accountsOf(context.accounts) : accountsNamed(accounts, context.accounts),
      };
    },
    observe: (facts, { target }) => list(facts.accounts.map((account) => amountsPlan(target, facts, account))),
    onChain: ({ reading, view, target }, facts) => {
      const term = (what: "collateral" | "debt", account: Address, was: bigint): ChainTerm => {
        const { to, function: item, args } = viewOf(target, facts[what], account);
        const { asset, decimals } = facts[what].unit;
        const times = chainDollars(view.price(asset)) * (what === "debt" ? 1n : -1n);
        const over = 10n ** BigInt(decimals);
        return { what, number: { kind: "view", to, function: item, args, was }, times, over };
      };
      return {
        kind: "shortfalls",
        says: SAYS,
        shortfalls: facts.accounts.flatMap(({ name, address }, index) => {
          const { collateral, debt } = reading[index] ?? {};
          if (collateral === undefined || debt === undefined) return [];
          return [
            { of: name, terms: [term("debt", address, debt), term("collateral", address, collateral)], plus: 0n },
          ];
        }),
        most: chainDollars(dust),
        unit: IN_DOLLARS,
      };
    },
    margin: ({ reading, view }, facts) => marginOf(positionsOf(view, facts, reading)),
    judge: ({ reading, view }, facts) => {
      const known = positionsOf(view, facts, reading);
      if (known.length === 0 && reading.length > 0) {
        return notJudged(`${of.collateral.function}() or ${of.debt.function}() reverts for every account`);
      }
      return judge(known, dust);
    },
  });
}

/** Those that are known. */
function positionsOf(
  view: View,
  of: Pick<TargetFacts, "collateral" | "debt">,
  reading: readonly Amounts[],
): readonly Position[] {
  return reading.flatMap(({ name, collateral, debt }) =>
    collateral === undefined || debt === undefined
      ? []
      : [
          {
            name,
            collateral: valueOf(view, of.collateral.unit, collateral),
            debt: valueOf(view, of.debt.unit, debt),
          },
        ],
  );
}

function amountsPlan(
  target: ConditionTarget,
  { collateral, debt }: TargetFacts,
  { name, address }: NamedAccount,
): ReadPlan<Amounts> {
  const amount = (view: AccountView): ReadPlan<bigint | undefined> => ({
    calls: [viewCall(target, view, address)],
    simulations: [],
    decode: ([result]) => numberIn(result),
  });
  return map(all({ collateral: amount(collateral), debt: amount(debt) }), (amounts) => ({ name, ...amounts }));
}

function onLendingMarket(lending: string | undefined, names: readonly string[] | undefined, dust: number): Condition {
  return defineCondition<readonly NamedAccount[] | undefined, undefined>({
    id: ID,
    inspect: async ({ accounts }) => (names === undefined ? undefined : accountsNamed(names, accounts)),
    // the protocol's own part of the read already has everything
    observe: () => constant(undefined),
    onChain: ({ view }, chosen) => {
      const market = playerOf(view, lendingMarket, lending);
      const accounts = chosen ?? observedIn(view, market);
      const shortfalls = accounts.flatMap(({ name, address }) => {
        const terms = owedOnChain(market, address, (asset) => view.price(asset));
        return terms === undefined ? [] : [{ of: name, terms, plus: 0n }];
      });
      if (shortfalls.length < accounts.length) {
        return notOnChain("positions in this lending market are worked out by its adapter, not told by a view");
      }
      return { kind: "shortfalls", says: SAYS, shortfalls, most: chainDollars(dust), unit: IN_DOLLARS };
    },
    margin: ({ view, startView }, chosen) => marginOf(lendingPositions(view, startView, lending, chosen)),
    judge: ({ view, startView }, chosen) => judge(lendingPositions(view, startView, lending, chosen), dust),
  });
}

/** Whoever may have a position that is seen. */
function observedIn(view: View, { positions }: LendingMarket): readonly NamedAccount[] {
  const accounts = [...view.accounts.values(), ...positions.map(({ account }) => account)];
  return distinctAddresses(accounts).map((address) => ({ name: nameOf(address, view.accounts), address }));
}

/** The positions in a lending market. @throws SiegeError `UNKNOWN_ACCOUNT` if one that was chosen is not observed */
function lendingPositions(
  view: View,
  startView: View,
  lending: string | undefined,
  chosen: readonly NamedAccount[] | undefined,
): readonly Position[] {
  const market = playerOf(view, lendingMarket, lending);
  const { positions, tokens } = market;
  const observed = new Set(
    [
      ...view.accounts.values(),
      ...[...positions, ...playerOf(startView, lendingMarket, lending).positions].map(({ account }) => account),
    ].map((account) => addressKey(account)),
  );
  const judged = chosen ?? positions.map(({ account }) => ({ name: nameOf(account, view.accounts), address: account }));
  return judged.map(({ name, address }) => {
    if (!observed.has(addressKey(address))) throw unwatched(name, address);
    const position = positions.find(({ account }) => isSameAddress(account, address));
    const supplied = tokens.map((token) => ({ token, amount: market.supplied(address, token.address) }));
    return { name, collateral: worthOf(view, supplied), debt: worthOf(view, position?.debt ?? []) };
  });
}

/** A position's collateral is its value without its unrealised gains; its loss at the fair price is its debt. */
function onMarginMarket(name: string, names: readonly string[] | undefined, dust: number): Condition {
  return defineCondition<readonly NamedAccount[] | undefined, undefined>({
    id: ID,
    inspect: async ({ accounts }) => (names === undefined ? undefined : accountsNamed(names, accounts)),
    observe: () => constant(undefined),
    onChain: () =>
      notOnChain(
        "what positions in a margin market lose is worked out from its mark price and the fair one, not told by a view",
      ),
    judge: ({ view }, chosen) => {
      const { asset, markPrice, positions } = playerOf(view, marginMarket, name);
      if (markPrice === undefined) return notJudged(`${name} has no mark price`);
      const lower = chosen?.map(({ address }) => addressKey(address));
      return judge(
        positions
          .filter(({ account }) => lower?.includes(addressKey(account)) ?? true)
          .map(({ account, accountValue, unrealizedPnl, size }) => ({
            name: nameOf(account, view.accounts),
            collateral: accountValue - unrealizedPnl,
            debt: -(unrealizedPnl + size * (view.price(asset) - markPrice)),
          })),
        dust,
      );
    },
  });
}

/**
 * US dollars of amounts at fair prices.
 * @throws SiegeError `UNKNOWN_ASSET` for a token without a price
 */
function worthOf(view: View, holdings: readonly Holding[]): number {
  let total = 0;
  for (const { token, amount } of holdings) {
    if (amount === 0n) continue;
    if (token.asset === undefined) {
      throw new SiegeError("UNKNOWN_ASSET", {
        message: `${ID}: ${token.symbol} is held in a lending market but has no fair price.`,
        hint: `Add an asset with this token: { price: …, token: "${token.address}" }.`,
      });
    }
    total += wholeUnits(amount, token.decimals) * view.price(token.asset);
  }
  return total;
}

function unwatched(name: string, address: Address): SiegeError {
  return new SiegeError("UNKNOWN_ACCOUNT", {
    message: `${ID} judges ${name}, whose position is not observed.`,
    hint: `Name it in the scenario's accounts: accounts: { name: "${address}" }, or let the protocol watch it.`,
  });
}

/** A failure for each account with more bad debt than the dust, the worst first; or one for all of them together. */
function judge(positions: readonly Position[], dust: number): readonly GivenEvidence[] {
  const bad = positions
    .map((position) => ({ ...position, short: position.debt - position.collateral }))
    .filter(({ short }) => short > 0)
    .sort((a, b) => b.short - a.short);
  const total = bad.reduce((sum, { short }) => sum + short, 0);
  if (total <= dust) return [];
  const own = eachFirst(bad).filter(([{ short }]) => short > dust);
  if (own.length > 0) return own.map((ordered) => ({ cause: ordered[0].name, ...evidenceOf(ordered, total) }));
  return eachFirst(bad)
    .slice(0, 1)
    .map((ordered) => ({ cause: TOGETHER, ...evidenceOf(ordered, total) }));
}

/** The least share of a position's collateral that is not owed; `undefined` if nobody owes anything. */
function marginOf(positions: readonly Position[]): number | undefined {
  const owing = positions.filter(({ debt }) => debt > 0);
  return owing.length === 0 ? undefined : Math.min(...owing.map(({ debt, collateral }) => 1 - debt / collateral));
}

function evidenceOf(bad: readonly [Position, ...Position[]], total: number): GivenEvidence {
  const others = bad.length === 1 ? "" : `, and ${bad.length - 1} more`;
  const lost = quantity("bad debt", usd(total));
  const [first] = bad;
  const named = bad
    .slice(0, NAMED)
    .map(({ name, debt, collateral }) =>
      apart(quantity("debt", usd(debt), name), quantity("collateral", usd(collateral), name)),
    );
  const [owes, has] = named[0] ?? apart(lost, lost);
  return {
    summary: `bad debt ${lost.text}: ${first.name} owes ${owes.text} against ${has.text}${others}`,
    quantities: [lost, ...named.flat()],
  };
}
