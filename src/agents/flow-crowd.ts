import type { Random } from "../market/random.js";
import type { TradeFlow } from "../order-flow/calibration/calibrate-flow.js";
import type { Venue } from "../protocols/roles/venue.js";
import type { Token } from "../protocols/token.js";
import type { View } from "../view/view.js";
import type { Agent } from "./agent.js";

import { SiegeError } from "../errors.js";
import { poisson } from "../market/random.js";
import { venue } from "../protocols/roles/venue.js";
import { playerOf } from "../view/role-players.js";

import { defineAgent } from "./agent.js";
import { submitOrder } from "./trading/order.js";

/** Orders of a block at most: a crowd that excites itself may want more. */
const MOST_ORDERS = 200;

/** What a crowd trades like, and where. */
export interface FlowCrowd {
  readonly name: string;
  readonly flow: TradeFlow;
  /** The venue, by its name in the scenario. */
  readonly venue: string;
  /** Whole tokens by asset. */
  readonly capital: Readonly<Record<string, number>>;
  /** Seconds between blocks. */
  readonly blockTime: number;
  readonly maxSlippage: number;
}

/** How excited it is. */
interface Excitement {
  /** Orders a second above the base rate, after the last block. */
  readonly excess: number;
}

/**
 * Everybody who trades on a pool, as calibrated: orders come as the better one of the two processes says, sizes are log-normal with the tail that was
 * found, and so many are purchases. The informed ones trade towards the fair price; in a scenario, that is what there is to know.
 */
export function flowCrowd({ name, flow, venue: place, capital, blockTime, maxSlippage }: FlowCrowd): Agent {
  const { arrivals, sizes, purchases, informed } = flow;
  const hawkes = arrivals.better === "hawkes" ? arrivals.hawkes : undefined;
  const start = hawkes === undefined ? 0 : stationary(hawkes.base.value, hawkes.excitation.value);
  return defineAgent<Excitement>({
    role: "crowd",
    name,
    capital,
    memory: { excess: start },
    act: (context) => {
      const { view, random, memory, remember } = context;
      const market = playerOf(view, venue, place);
      const [base, quote] = [tokenIn(market, flow.base, place), tokenIn(market, flow.quote, place)];
      const spot = market.spotPrice(base.address, quote.address);
      const fair = fairPrice(view, base, quote);
      let orders: number;
      if (hawkes === undefined) orders = poisson(Math.min(MOST_ORDERS, arrivals.rate.value * blockTime), random);
      else {
        const passed = excite({ ...valuesOf(hawkes), excess: memory.excess }, blockTime, random);
        orders = passed.events;
        remember({ excess: passed.excess });
      }
      const spent = new Map<string, bigint>();
      for (; orders > 0; orders--) {
        const size = sizeOf(sizes, random);
        // every order takes as many draws, whoever gives it
        const [kind, way] = [random.next(), random.next()];
        const isInformed = fair !== undefined && kind < (informed?.share.value ?? 0);
        const buys = isInformed ? fair > spot : way < purchases.value;
        const [give, take] = buys ? [quote, base] : [base, quote];
        const amount = buys ? size : size / spot;
        const amountIn = BigInt(Math.round(Math.min(amount, 1e15) * 10 ** give.decimals));
        submitOrder(
          context,
          { venue: market, tokenIn: give, tokenOut: take },
          { amountIn, maxSlippage, spent, note: isInformed ? "informed" : "noise" },
        );
      }
    },
  });
}

function tokenIn({ tokens }: Venue, symbol: string, place: string): Token {
  const found = tokens.find((token) => token.symbol.toLowerCase() === symbol.toLowerCase());
  if (found !== undefined) return found;
  throw new SiegeError("UNKNOWN_ASSET", {
    message: `backgroundFrom: "${place}" does not trade ${symbol}, which the order flow is of.`,
    hint: `It trades ${tokens.map((token) => token.symbol).join(", ")}: name the venue of the flow's tokens in "pools".`,
  });
}

function fairPrice(view: Pick<View, "price">, base: Token, quote: Token): number | undefined {
  if (base.asset === undefined || quote.asset === undefined) return undefined;
  return view.price(base.asset) / view.price(quote.asset);
}

function sizeOf({ median, deviation, tail }: TradeFlow["sizes"], random: Random): number {
  const size = median.value * Math.exp(deviation.value * random.normal());
  if (tail === undefined || size < tail.from) return size;
  // 1 - u keeps the power finite
  return tail.from * (1 - random.next()) ** (-1 / tail.index.value);
}

/** What a Hawkes process is at a moment. */
interface Excited {
  readonly base: number;
  readonly excitation: number;
  readonly memory: number;
  readonly excess: number;
}

function valuesOf({ base, excitation, memory }: NonNullable<TradeFlow["arrivals"]["hawkes"]>): Omit<Excited, "excess"> {
  return { base: base.value, excitation: excitation.value, memory: memory.value };
}

function stationary(base: number, excitation: number): number {
  return (base * excitation) / (1 - excitation);
}

/** Lets time pass, by thinning (Ogata, *On Lewis' simulation method for point processes*, 1981). */
function excite(
  { base, excitation, memory, excess: before }: Excited,
  seconds: number,
  random: Random,
): { readonly events: number; readonly excess: number } {
  let [left, excess, events] = [seconds, before, 0];
  for (;;) {
    // until the next event, the rate only falls
    const most = base + excess;
    const wait = -Math.log(1 - random.next()) / most;
    if (wait >= left || events === MOST_ORDERS) return { events, excess: excess * Math.exp(-left / memory) };
    left -= wait;
    excess *= Math.exp(-wait / memory);
    if (random.next() * most > base + excess) continue;
    events += 1;
    excess += excitation / memory;
  }
}
