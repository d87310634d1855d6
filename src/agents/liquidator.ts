import type { Address } from "viem";

import type { LendingMarket } from "../protocols/roles/lending-market.js";
import type { View } from "../view/view.js";
import type { Agent } from "./agent.js";

import { requireInRange, requireKnown, requireNames, requireOneOf } from "../options.js";
import { lendingMarket } from "../protocols/roles/lending-market.js";
import { venue } from "../protocols/roles/venue.js";
import { addressKey } from "../quantity/address.js";
import { playersOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { bestLiquidation } from "./liquidating/liquidation.js";
import { flashLoan, ownCapital } from "./liquidating/repayment-funds.js";
import { priorityBid } from "./trading/priority-bid.js";
import { sellSeized } from "./trading/seized.js";

/** Options of {@link liquidator}. */
export interface LiquidatorOptions {
  readonly name?: string;
  /** An existing account that it is, see {@link Agent.at}. Default: an account of its own. */
  readonly at?: Address;
  /** Names of the lending markets that it watches, or of one. Default: all. */
  readonly lending?: string | readonly string[];
  /** Names of the venues on which it sells seized collateral. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset, 0 to 1e15 each; it repays debts from these. */
  readonly capital?: Readonly<Record<string, number>>;
  /**
   * Where the money for repayments comes from. Default `own`, a choice. `flash`: the scenario's flash lenders, for their fee;
   * it liquidates, sells and repays in one transaction, and needs no capital except for gas.
   */
  readonly funds?: "own" | "flash";
  /** Minimum profit, US dollars after slippage, gas and its bid, 0 to 1e12. Default 0, a choice: takes any profit. */
  readonly minProfit?: number;
  /** Slippage that it accepts when it sells seized collateral, 0 to 1. Default 1, a choice: it sells at any price. */
  readonly maxSlippage?: number;
  /**
   * The share of the profit after gas that it bids for its place in the block, 0 to 1. Default 0, a choice: it bids the default
   * priority fee (1 gwei, or the price of a full block). On mainnet most liquidators bid more than that (Qin et al. 2021, *An
   * Empirical Study of DeFi Liquidations: Incentives, Risks, and Instabilities*).
   */
  readonly bid?: number;
  /**
   * Number of blocks that it waits after it first sees that a position can be liquidated, 0 to 1,000. Default 0: more than 70 %
   * of liquidatable positions were liquidated immediately (Perez et al. 2021, *Liquidations: DeFi on a Knife-edge*).
   */
  readonly delay?: number;
}

/** The block in which it first saw that a borrower can be liquidated, by market and borrower. */
type Seen = Readonly<Record<string, number>>;

const OPTIONS = ["name", "at", "lending", "venues", "capital", "funds", "minProfit", "maxSlippage", "bid", "delay"];

/**
 * Liquidates positions in lending markets of any kind, with its own capital or a flash loan, and sells the seized collateral in
 * the next block (with a loan: in the same transaction), over as many venues as improve the sale. One liquidation per block:
 * the most profitable over all markets, borrowers, debts and collaterals (proceeds of the sale, minus the repayment, minus gas
 * and its bid), in the most profitable size within the close factor and its capital. It does nothing if none is profitable.
 * Collateral that no venue trades for the debt counts as worthless.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `liquidator({ capital: { USDC: 500_000 }, bid: 0.5 })`
 */
export function liquidator(options: LiquidatorOptions = {}): Agent {
  requireKnown("liquidator", options, OPTIONS);
  const { lending, venues: names, minProfit = 0, maxSlippage = 1, bid = 0, delay = 0, ...others } = options;
  const { funds: whose = "own", ...rest } = others;
  requireOneOf("liquidator", "funds", whose, ["own", "flash"]);
  const markets = typeof lending === "string" ? [lending] : lending;
  requireNames("liquidator", "lending", markets);
  requireNames("liquidator", "venues", names);
  requireInRange("liquidator", "minProfit", minProfit, { min: 0, max: 1e12 });
  requireInRange("liquidator", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  requireInRange("liquidator", "bid", bid, { min: 0, max: 1 });
  requireInRange("liquidator", "delay", delay, { min: 0, max: 1_000, kind: "integer" });
  return defineAgent<Seen>({
    role: "liquidator",
    ...rest,
    memory: {},
    ...(whose === "flash" ? { flashLoans: true } : {}),
    act: (context) => {
      const { view, self, submit, memory, remember } = context;
      const watched = playersOf(view, lendingMarket, markets);
      const seen = delay === 0 ? {} : liquidatable(watched, view, memory);
      remember(seen);
      const venues = playersOf(view, venue, names);
      sellSeized(context, venues, maxSlippage);
      const funds = whose === "flash" ? flashLoan(context, venues) : ownCapital(context);
      const isReady = (market: string, borrower: Address): boolean =>
        view.block >= (seen[keyOf(market, borrower)] ?? view.block - delay) + delay;
      const best = bestLiquidation(context, { markets: watched, venues, funds, isReady });
      if (best === undefined) return;
      const [first, ...others] = funds.calls(best);
      // the estimate is not a limit: leave room
      const gas = 2n * (best.option.gas + funds.gas);
      const offer = priorityBid(
        view,
        {
          profit: best.profit,
          gas: best.option.gas + funds.gas,
          allGas: best.gas,
          gasLimit: gas,
          native: view.nativeBalance(self.address),
        },
        bid,
      );
      if (first === undefined || offer.profit <= minProfit) return;
      submit({ call: first, tip: offer.tip, gas, note: "liquidation" });
      for (const call of others) submit({ call, tip: offer.tip, note: "liquidation" });
    },
  });
}

function liquidatable(markets: ReadonlyMap<string, LendingMarket>, { block }: View, before: Seen): Seen {
  return Object.fromEntries(
    [...markets].flatMap(([name, market]) =>
      market.positions
        .filter((position) => market.liquidations(position).length > 0)
        .map(({ account }) => [keyOf(name, account), before[keyOf(name, account)] ?? block] as const),
    ),
  );
}

function keyOf(market: string, borrower: Address): string {
  return `${market} ${addressKey(borrower)}`;
}
