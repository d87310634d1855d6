import type { Address } from "viem";

import type { ContractCall } from "../protocols/call.js";
import type { MarginMarket, Side } from "../protocols/roles/margin-market.js";
import type { ActContext, Agent } from "./agent.js";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { marginMarket } from "../protocols/roles/margin-market.js";
import { isSameAddress } from "../quantity/address.js";
import { wholeUnits } from "../quantity/amount.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";

/** A choice: fees and price impact reduce the margin, so an order at the maximum leverage would always revert. */
const OF_THE_MOST = 0.95;

/** How much it scales down an order that reverted, a choice. */
const SMALLER = 0.9;

/** Options of {@link marginTrader}. */
export interface MarginTraderOptions {
  readonly name?: string;
  /** The margin market it trades on. Default: the only one. */
  readonly market?: string;
  /** Whole tokens by asset, 0 to 1e15 each; it trades with its balance of the market's collateral token. */
  readonly capital: Readonly<Record<string, number>>;
  /** Which way it bets. Default `long`, a choice. */
  readonly side?: Side;
  /**
   * Its leverage: notional over deposit, 0.1 to 100; at most 0.95 of what the market allows. If the market rejects the order
   * all the same, because price impact reduces the margin, it retries with a position a tenth smaller in the next block.
   */
  readonly leverage: number;
  /** The share of its capital that it keeps in reserve, 0 to 0.9. Default 0, a choice: all of it is at stake. */
  readonly reserve?: number;
  /**
   * The margin ratio, 0 to 1, below which it tops up from its reserve until the position is at `leverage` again: by `notional /
   * leverage - account value` US dollars. Default: never.
   */
  readonly topUpBelow?: number;
}

/**
 * A leveraged trader: deposits its capital, opens a position one block later, and holds. With `topUpBelow` it defends the
 * position as long as its reserve lasts; without it, it does not.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `marginTrader({ capital: { USDC: 50_000 }, side: "long", leverage: 8 })`
 */
export function marginTrader(options: MarginTraderOptions): Agent {
  requireKnown("marginTrader", options, ["name", "market", "capital", "side", "leverage", "reserve", "topUpBelow"]);
  const { market: marketName, side = "long", leverage, reserve = 0, topUpBelow, ...rest } = options;
  // plain JavaScript callers have no type checks
  if (!["long", "short"].includes(side)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `marginTrader: "side" is ${side}.`,
      hint: "Use long or short.",
    });
  }
  requireInRange("marginTrader", "leverage", leverage, { min: 0.1, max: 100 });
  requireInRange("marginTrader", "reserve", reserve, { min: 0, max: 0.9 });
  if (topUpBelow !== undefined) requireInRange("marginTrader", "topUpBelow", topUpBelow, { min: 0, max: 1 });
  return defineAgent<number>({
    role: "margin trader",
    ...rest,
    // how often it has tried to open its position
    memory: 0,
    act: (context) => {
      const { view, submit, memory, remember } = context;
      const market = playerOf(view, marginMarket, marketName);
      const opening = open(market, { side, leverage, part: SMALLER ** memory }, context);
      const call =
        deposit(market, reserve, context) ?? opening ?? topUp(market, { leverage, below: topUpBelow }, context);
      if (call === undefined) return;
      if (call === opening) remember(memory + 1);
      submit(call);
    },
  });
}

type Acting = Pick<ActContext, "view" | "start" | "self">;

/** Once: only while it still has all that it started with. */
function deposit(market: MarginMarket, reserve: number, { view, start, self }: Acting): ContractCall | undefined {
  const { address } = market.collateral;
  const held = view.balance(address, self.address);
  if (held === 0n || held < start.balance(address, self.address)) return undefined;
  const amount = (held * BigInt(Math.round((1 - reserve) * 1e6))) / 1_000_000n;
  return market.deposit(amount, self.address);
}

/** Once: only while none of its deposit is at risk or lost. */
function open(
  market: MarginMarket,
  { side, leverage, part }: { readonly side: Side; readonly leverage: number; readonly part: number },
  { view, start, self }: Acting,
): ContractCall | undefined {
  const { collateral, initialMargin } = market;
  const deposited = start.balance(collateral.address, self.address) - view.balance(collateral.address, self.address);
  const free = market.freeCollateral(self.address);
  if (free === 0n || free < deposited || positionOf(market, self.address) !== undefined) return undefined;
  const dollars = wholeUnits(free, collateral.decimals);
  const notional = dollars * Math.min(leverage, OF_THE_MOST / initialMargin) * part;
  return market.open({ side, notional, self: self.address });
}

function topUp(
  market: MarginMarket,
  { leverage, below }: { readonly leverage: number; readonly below: number | undefined },
  { view, self }: Acting,
): ContractCall | undefined {
  const position = positionOf(market, self.address);
  if (below === undefined || position === undefined || position.marginRatio >= below) return undefined;
  const { address, decimals } = market.collateral;
  const missing = position.notional / leverage - position.accountValue;
  const wanted = BigInt(Math.ceil(Math.max(0, missing) * 10 ** decimals));
  const held = view.balance(address, self.address);
  const amount = wanted < held ? wanted : held;
  return amount === 0n ? undefined : market.deposit(amount, self.address);
}

function positionOf({ positions }: MarginMarket, address: Address) {
  return positions.find(({ account }) => isSameAddress(account, address));
}
