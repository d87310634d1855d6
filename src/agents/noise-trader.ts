import type { Random } from "../market/random.js";
import type { Venue } from "../protocols/roles/venue.js";
import type { Agent } from "./agent.js";
import type { Direction } from "./trading/order.js";

import { poisson } from "../market/random.js";
import { requireInRange, requireKnown, requireNames } from "../options.js";
import { venue } from "../protocols/roles/venue.js";
import { unitsFor } from "../view/dollars.js";
import { playersOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { submitOrder } from "./trading/order.js";

/** Cap on the size of a crowd; with a mean of 20 (the largest), one in 1e9 crowds reaches it. */
const MAX_CROWD = 10_000;

/** Options of {@link noiseTrader}. */
export interface NoiseTraderOptions {
  readonly name?: string;
  /** Names of the venues it trades on. Default: all. */
  readonly venues?: readonly string[];
  /** Whole tokens by asset, 0 to 1e15 each; it sells from these. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Mean number of orders per block, 0 to 20. Default 0.5, a choice: calibrate it to the venue. */
  readonly rate?: number;
  /** Median size of an order, US dollars, 0.01 to 1e9. Default 1,000, a choice: calibrate it to the venue. */
  readonly medianSize?: number;
  /** Standard deviation of the logarithm of an order's size, 0 to 4. Default 1, a choice: a mean of 1.65 medians. */
  readonly sizeDeviation?: number;
  /**
   * How many other traders imitate each trader, on average, 0 to 0.95. Default 0, a choice: all traders decide independently.
   * At c, an order is that of a crowd of 1 / (1 - c) traders on average (Cont & Bouchaud's connectivity).
   */
  readonly herding?: number;
  /**
   * Slippage that it accepts, 0 to 1. Default 0.005: the initial setting of Uniswap's interface (`INITIAL_ALLOWED_SLIPPAGE`, 50
   * basis points).
   */
  readonly maxSlippage?: number;
}

/**
 * Trades for reasons unrelated to prices: the uninformed traders of Kyle (1985, *Continuous Auctions and
 * Insider Trading*) and Glosten & Milgrom (1985, *Bid, Ask and Transaction Prices*), who buy and sell with equal
 * probability. Orders arrive as a Poisson process (Easley, Kiefer, O'Hara & Paperman 1996), `N ~ Poisson(rate)` per block;
 * each is `medianSize · exp(sizeDeviation · Z)` US dollars, `Z` standard normal, on a venue and in a direction chosen
 * uniformly, capped at its balance.
 *
 * With `herding` = c, an order is placed by the whole crowd that imitates one trader (Cont & Bouchaud 2000, *Herd
 * Behavior and Aggregate Fluctuations in Financial Markets*): the component of that trader in a random graph whose vertices
 * have c neighbours on average. Its size is the total progeny of a branching process with Poisson(c) offspring (Borel's
 * distribution, mean 1 / (1 - c), variance c / (1 - c)³), and the order is that many times as large.
 *
 * @throws SiegeError `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`
 * @example `noiseTrader({ capital: { ETH: 100, USDC: 200_000 }, rate: 2 })`
 */
export function noiseTrader(options: NoiseTraderOptions = {}): Agent {
  const known = ["name", "venues", "capital", "rate", "medianSize", "sizeDeviation", "herding", "maxSlippage"];
  requireKnown("noiseTrader", options, known);
  const {
    venues,
    rate = 0.5,
    medianSize = 1_000,
    sizeDeviation = 1,
    herding = 0,
    maxSlippage = 0.005,
    ...rest
  } = options;
  requireNames("noiseTrader", "venues", venues);
  requireInRange("noiseTrader", "rate", rate, { min: 0, max: 20 });
  requireInRange("noiseTrader", "medianSize", medianSize, { min: 0.01, max: 1e9 });
  requireInRange("noiseTrader", "sizeDeviation", sizeDeviation, { min: 0, max: 4 });
  requireInRange("noiseTrader", "herding", herding, { min: 0, max: 0.95 });
  requireInRange("noiseTrader", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  return defineAgent({
    role: "noise trader",
    ...rest,
    act: (context) => {
      const { view, random } = context;
      const markets = directions(playersOf(view, venue, venues).values());
      if (markets.length === 0) return;
      const spent = new Map<string, bigint>();
      for (let orders = poisson(rate, random); orders > 0; orders--) {
        const market = random.pick(markets);
        const dollars = medianSize * Math.exp(sizeDeviation * random.normal()) * crowd(herding, random);
        const amountIn = unitsFor(view, market.tokenIn, dollars);
        submitOrder(context, market, { amountIn, maxSlippage, spent, note: "noise" });
      }
    },
  });
}

/** Every venue and direction in which two tokens with fair prices can be traded. */
function directions(venues: Iterable<Venue>): readonly Direction[] {
  return [...venues].flatMap((venue) => {
    const priced = venue.tokens.filter(({ asset }) => asset !== undefined);
    return priced.flatMap((tokenIn) =>
      priced.filter((tokenOut) => tokenOut !== tokenIn).map((tokenOut) => ({ venue, tokenIn, tokenOut })),
    );
  });
}

/** The number of traders in a crowd. */
function crowd(herding: number, random: Random): number {
  if (herding === 0) return 1;
  let size = 1;
  for (let unasked = 1; unasked > 0 && size < MAX_CROWD; unasked--) {
    const followers = poisson(herding, random);
    size += followers;
    unasked += followers;
  }
  return size;
}
