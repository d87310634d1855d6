import type { LendingMarket, LendingPosition } from "../protocols/roles/lending-market.js";
import type { Token } from "../protocols/token.js";
import type { ActContext, Agent } from "./agent.js";

import { parseUnits } from "viem";

import { requireInRange, requireKnown, requireNames, requireText } from "../options.js";
import { lendingMarket } from "../protocols/roles/lending-market.js";
import { venue } from "../protocols/roles/venue.js";
import { isSameAddress } from "../quantity/address.js";
import { dollarsOf, least, unitPrice } from "../view/dollars.js";
import { playerOf, playersOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { submitTrade } from "./trading/routed-trade.js";
import { gainOf } from "./trading/seized.js";

/** Options of {@link borrower}. */
export interface BorrowerOptions {
  readonly name?: string;
  /** The lending market. Default: the only one. */
  readonly lending?: string;
  /** The asset that it supplies: all that it has at the start except the reserve. */
  readonly collateral: string;
  /** The asset that it borrows. */
  readonly debt: string;
  /** How much collateral it supplies, whole tokens, 0 to 1e15. */
  readonly capital: number;
  /**
   * Loan-to-value ratio: debt as a fraction of the collateral's value, 0.001 to 1, capped at what the market lends. Default
   * 0.7, a choice: a health factor of 1.19 at mainnet's liquidation threshold for ether in 2024 (0.83).
   */
  readonly ltv?: number;
  /**
   * The health factor, 1 to 100, below which it repays with what it borrowed until its loan-to-value ratio is `ltv` again.
   * Default: never.
   */
  readonly repayBelow?: number;
  /**
   * The health factor, 1 to 100, below which it adds collateral from its reserve until its loan-to-value ratio is `ltv` again.
   * Default: never.
   */
  readonly addBelow?: number;
  /** Collateral kept for `addBelow`, whole tokens on top of `capital`, 0 to 1e15. Default 0, a choice. */
  readonly reserve?: number;
  /**
   * The equity, as a fraction of the collateral at fair prices, -1 to 1, below which it stops defending its position for good.
   * Default 0: a borrower who is underwater is better off walking away (strategic default; the necessary condition in Foote,
   * Gerardi & Willen 2008, *Negative Equity and Foreclosure*). -1: never.
   */
  readonly defaultBelow?: number;
  /**
   * How often it swaps what it borrowed for collateral, supplies that and borrows again, 0 to 50. Default 0, a choice. After n
   * loops, slippage aside, its collateral is (1 - ltv^(n+1)) / (1 - ltv) times the initial amount.
   */
  readonly loops?: number;
  /** Names of the venues on which it swaps debt for collateral. Default: all. */
  readonly venues?: readonly string[];
  /** Slippage that it accepts there, 0 to 1. Default 0.005, as the noise trader's. */
  readonly maxSlippage?: number;
}

/** What it remembers. */
interface Past {
  /** How often it has swapped debt for collateral. */
  readonly loops: number;
  readonly hasDefaulted: boolean;
}

type Terms = Required<Omit<BorrowerOptions, "name" | "lending" | "capital" | "reserve" | "venues">> &
  Pick<BorrowerOptions, "venues">;

const DEFENCE = ["repayBelow", "addBelow", "reserve", "defaultBelow"];

/**
 * Opens a position in a lending market: supplies its collateral, borrows one block later, and holds. Below `addBelow` and
 * `repayBelow` it defends the position, from its reserve first; if neither is set, it does not. It walks away with what it
 * borrowed once the position is not worth defending (`defaultBelow`).
 *
 * With `loops` it is a leveraged long: it swaps what it borrowed for more collateral, supplies that, and so on, one call per
 * block. Recursive staking is a loop from a staked token's asset to the token. After the last loop it has nothing left to repay
 * with.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example `borrower({ collateral: "ETH", debt: "USDC", capital: 100, ltv: 0.78, addBelow: 1.05, reserve: 20 })`
 * @example `borrower({ collateral: "ETH", debt: "USDC", capital: 100, ltv: 0.75, loops: 5 })`
 */
export function borrower(options: BorrowerOptions): Agent {
  const loop = ["loops", "venues", "maxSlippage"];
  requireKnown("borrower", options, ["name", "lending", "collateral", "debt", "capital", "ltv", ...DEFENCE, ...loop]);
  const { name, lending, collateral, debt, capital, ltv = 0.7, reserve = 0, loops = 0, venues } = options;
  const { repayBelow = 0, addBelow = 0, defaultBelow = 0, maxSlippage = 0.005 } = options;
  requireText("borrower", "collateral", collateral);
  requireText("borrower", "debt", debt);
  requireInRange("borrower", "capital", capital, { min: 0, max: 1e15 });
  requireInRange("borrower", "ltv", ltv, { min: 0.001, max: 1 });
  for (const option of ["repayBelow", "addBelow"] as const) {
    if (options[option] !== undefined) requireInRange("borrower", option, options[option], { min: 1, max: 100 });
  }
  requireInRange("borrower", "reserve", reserve, { min: 0, max: 1e15 });
  requireInRange("borrower", "defaultBelow", defaultBelow, { min: -1, max: 1 });
  requireInRange("borrower", "loops", loops, { min: 0, max: 50, kind: "integer" });
  requireInRange("borrower", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  requireNames("borrower", "venues", venues);
  const limits = { ltv, repayBelow, addBelow, defaultBelow, loops, maxSlippage };
  const terms: Terms = { collateral, debt, ...limits, ...(venues === undefined ? {} : { venues }) };
  return defineAgent<Past>({
    role: "borrower",
    ...(name === undefined ? {} : { name }),
    capital: { [collateral]: capital + reserve },
    memory: { loops: 0, hasDefaulted: false },
    act: (context) => {
      const { view, self, memory, remember } = context;
      const market = playerOf(view, lendingMarket, lending);
      const own = { terms, market, collateral: view.tokenOf(collateral), debt: view.tokenOf(debt) };
      const position = market.positions.find(({ account }) => isSameAddress(account, self.address));
      if (memory.hasDefaulted) return;
      if (position !== undefined && equityOf(position, context) < defaultBelow) {
        remember({ ...memory, hasDefaulted: true });
        return;
      }
      const kept = parseUnits(reserve.toFixed(18), own.collateral.decimals);
      // in this order: there is a position before it is defended, and it is safe before it grows
      if (supply(own, kept, context) || position === undefined) return;
      if (borrow(own, position, context)) return;
      if (add(own, position, context) || repay(own, position, context)) return;
      goOn(own, position, context);
    },
  });
}

interface Own {
  readonly terms: Terms;
  readonly market: LendingMarket;
  /** The tokens. */
  readonly collateral: Token;
  readonly debt: Token;
}

/** Its equity as a fraction of the collateral, at fair prices. 1 without debt. */
function equityOf({ collateral, debt, collateralUsd, debtUsd }: LendingPosition, { view }: Acting): number {
  if (debt.length === 0) return 1;
  const worth = (holdings: LendingPosition["debt"]): number =>
    holdings.reduce((total, { token, amount }) => total + dollarsOf(view, token, amount), 0);
  // tokens without a fair price are valued at the market's own price
  const isPriced = [...collateral, ...debt].every(({ token }) => unitPrice(view, token) > 0);
  const [has, owes] = isPriced ? [worth(collateral), worth(debt)] : [collateralUsd, debtUsd];
  return has === 0 ? -Infinity : 1 - owes / has;
}

type Acting = ActContext<Past>;

/** At the start, and after each loop: all that it holds beyond its reserve. */
function supply({ market, collateral }: Own, kept: bigint, context: Acting): boolean {
  const { view, self, submit, memory } = context;
  const held = view.balance(collateral.address, self.address);
  const isFirst = gainOf(context, collateral) >= 0n;
  if (held <= kept || !(isFirst || memory.loops > 0)) return false;
  submit(market.supply(collateral.address, held - kept, self.address));
  return true;
}

/** Once: only while it has no debt and holds nothing that it could have borrowed. */
function borrow(own: Own, position: LendingPosition, context: Acting): boolean {
  const hasBorrowed = gainOf(context, own.debt) > 0n || context.memory.loops > 0;
  if (position.collateralUsd === 0 || position.debtUsd > 0 || hasBorrowed) return false;
  return borrowMore(own, position, context);
}

function borrowMore({ terms, market, debt }: Own, position: LendingPosition, { self, submit }: Acting): boolean {
  const wanted = unitsAt(market, debt, position.collateralUsd * terms.ltv - position.debtUsd);
  const amount = least(wanted, market.borrowable(self.address, debt.address));
  if (amount <= 0n) return false;
  submit(market.borrow(debt.address, amount, self.address));
  return true;
}

function isBelow({ healthFactor, debt }: LendingPosition, limit: number): boolean {
  return debt.length > 0 && healthFactor !== undefined && healthFactor < limit;
}

/** Adds collateral from its reserve. */
function add({ terms, market, collateral }: Own, position: LendingPosition, { view, self, submit }: Acting): boolean {
  if (!isBelow(position, terms.addBelow)) return false;
  const shortfall = position.debtUsd / terms.ltv - position.collateralUsd;
  const amount = least(unitsAt(market, collateral, shortfall), view.balance(collateral.address, self.address));
  if (amount <= 0n) return false;
  submit(market.supply(collateral.address, amount, self.address));
  return true;
}

function repay({ terms, market, debt }: Own, position: LendingPosition, { view, self, submit }: Acting): boolean {
  if (!isBelow(position, terms.repayBelow)) return false;
  const excess = position.debtUsd - position.collateralUsd * terms.ltv;
  const amount = least(unitsAt(market, debt, excess), view.balance(debt.address, self.address));
  if (amount <= 0n) return false;
  submit(market.repay(debt.address, amount, self.address));
  return true;
}

/** The next step of a loop. */
function goOn(own: Own, position: LendingPosition, context: Acting): void {
  const { terms, collateral, debt } = own;
  const { view, memory, remember } = context;
  if (memory.loops >= terms.loops || isSameAddress(collateral.address, debt.address)) return;
  const borrowed = gainOf(context, debt);
  if (borrowed <= 0n) {
    borrowMore(own, position, context);
    return;
  }
  remember({ ...memory, loops: memory.loops + 1 });
  const venues = playersOf(view, venue, terms.venues);
  const trade = { venues, tokenIn: debt, tokenOut: collateral, amountIn: borrowed };
  submitTrade(context, trade, { note: "buys collateral with debt", maxSlippage: terms.maxSlippage });
}

/** Base units of a token worth that many US dollars at the market's price. */
function unitsAt(market: LendingMarket, { address, decimals }: Token, dollars: number): bigint {
  const price = market.price(address);
  return price === undefined || dollars <= 0 ? 0n : BigInt(Math.round((dollars / price) * 10 ** decimals));
}
