import type { BlackScholesOption } from "../../market/options/black-scholes.js";

import { SiegeError } from "../../errors.js";
import { OPTION_KEYS, requireEuropean } from "../../market/options/option.js";
import { normalProbability } from "../../numeric/normal.js";
import { requireInRange, requireKnown, requireOneOf } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

const KINDS = ["down-and-in", "down-and-out", "up-and-in", "up-and-out"] as const;

/** -ζ(1/2) / √(2π), by which a barrier that is watched at intervals is further away (Broadie, Glasserman and Kou 1997). */
const SHIFT = 0.5825971579390106;

/** An option that comes into being, or ends, when the asset's price touches a barrier before expiry. */
export interface BarrierOption extends BlackScholesOption {
  readonly kind: (typeof KINDS)[number];
  /** Above 0; below the spot price for `down`, above it for `up`. */
  readonly barrier: number;
  /** What is paid for an option that is knocked out, at once, or was never knocked in, at expiry. Default 0. */
  readonly rebate?: number;
  /**
   * Seconds between the moments at which the barrier is watched: a block time, for a contract. The barrier is then moved away
   * by exp(0.5826 σ √Δt). Default: watched continuously.
   */
  readonly watchedEvery?: number;
}

/**
 * Price of a barrier option on a geometric Brownian motion: the eight kinds of Reiner and Rubinstein, *Breaking down the
 * barriers*, 1991, as in Haug, *The Complete Guide to Option Pricing Formulas*, 2007, 4.17.1. With `watchedEvery`, it is the
 * continuity correction of Broadie, Glasserman and Kou, *A continuity correction for discrete barrier options*, 1997, an
 * approximation whose error grows as the barrier comes near.
 *
 * @throws SiegeError `INVALID_OPTION`; a price that has touched the barrier already is one
 * @example
 * ```ts
 * const option = { type: "call", spot: 2000, strike: 2000, expiry: 0.25, volatility: 0.8 } as const;
 * barrierPrice({ ...option, kind: "down-and-out", barrier: 1600, watchedEvery: 86_400 });
 * ```
 */
export function barrierPrice(option: BarrierOption): number {
  requireKnown("barrierPrice", option, [...OPTION_KEYS, "volatility", "kind", "barrier", "rebate", "watchedEvery"]);
  const european = requireEuropean("barrierPrice", option);
  const { kind, barrier, rebate = 0, watchedEvery = 0, volatility } = option;
  requireInRange("barrierPrice", "volatility", volatility, { min: 0.0001, max: 20 });
  requireOneOf("barrierPrice", "kind", kind, KINDS);
  requireInRange("barrierPrice", "barrier", barrier, { min: 1e-12, max: 1e12 });
  requireInRange("barrierPrice", "rebate", rebate, { min: 0, max: 1e12 });
  // what a rebate at once is worth has no closed form under interest below 0
  if (rebate > 0) requireInRange("barrierPrice with a rebate", "rate", european.rate, { min: 0, max: 10 });
  requireInRange("barrierPrice", "watchedEvery", watchedEvery, { min: 0, max: SECONDS_PER_YEAR });
  const isDown = kind === "down-and-in" || kind === "down-and-out";
  if (isDown ? european.spot <= barrier : european.spot >= barrier) {
    throw new SiegeError("INVALID_OPTION", {
      message: `barrierPrice: the price of ${european.spot} has touched the barrier of ${barrier} already.`,
      hint: `The barrier of ${isDown ? "a down" : "an up"} option is ${isDown ? "below" : "above"} the spot price.`,
    });
  }
  const away = SHIFT * volatility * Math.sqrt(watchedEvery / SECONDS_PER_YEAR);
  const shifted = barrier * Math.exp(isDown ? -away : away);
  const parts = partsOf({ ...european, volatility, barrier: shifted, rebate, isDown });
  const isIn = kind === "down-and-in" || kind === "up-and-in";
  const beyond = european.strike > shifted;
  return Math.max(0, (isIn ? knockedIn(parts) : knockedOut(parts))[european.type === "call" ? "call" : "put"](beyond));
}

/** Haug's A to F. */
interface Parts extends Record<"a" | "b" | "c" | "d" | "e" | "f", number> {
  readonly isDown: boolean;
}

/** By type, whether the strike is above the barrier. */
type Combined = Readonly<Record<"call" | "put", (above: boolean) => number>>;

function knockedIn({ isDown, a, b, c, d, e }: Parts): Combined {
  return isDown
    ? { call: (above) => (above ? c : a - b + d) + e, put: (above) => (above ? b - c + d : a) + e }
    : { call: (above) => (above ? a : b - c + d) + e, put: (above) => (above ? a - b + d : c) + e };
}

function knockedOut({ isDown, a, b, c, d, f }: Parts): Combined {
  return isDown
    ? { call: (above) => (above ? a - c : b - d) + f, put: (above) => (above ? a - b + c - d : 0) + f }
    : { call: (above) => (above ? 0 : a - b + c - d) + f, put: (above) => (above ? b - d : a - c) + f };
}

function partsOf(option: Required<Omit<BarrierOption, "kind" | "watchedEvery">> & { readonly isDown: boolean }): Parts {
  const { type, spot, strike, expiry, rate, dividendYield, volatility, barrier, rebate, isDown } = option;
  const [phi, eta] = [type === "call" ? 1 : -1, isDown ? 1 : -1];
  const deviation = volatility * Math.sqrt(expiry);
  const mu = (rate - dividendYield) / volatility ** 2 - 0.5;
  const lambda = Math.sqrt(mu ** 2 + (2 * Math.max(0, rate)) / volatility ** 2);
  const carried = Math.exp(-dividendYield * expiry);
  const discount = Math.exp(-rate * expiry);
  const ratio = barrier / spot;
  const n = normalProbability;
  // a power that overflows is that of an event which never happens
  const weighted = (power: number, probability: number): number =>
    probability === 0 ? 0 : ratio ** power * probability;
  const at = (price: number): number => Math.log(price) / deviation + (1 + mu) * deviation;
  const [x1, x2] = [at(spot / strike), at(spot / barrier)];
  const [y1, y2] = [at((barrier * ratio) / strike), at(ratio)];
  const z = Math.log(ratio) / deviation + lambda * deviation;
  const plain = (x: number): number =>
    phi * spot * carried * n(phi * x) - phi * strike * discount * n(phi * (x - deviation));
  const reflected = (y: number): number =>
    phi * spot * carried * weighted(2 * (mu + 1), n(eta * y)) -
    phi * strike * discount * weighted(2 * mu, n(eta * (y - deviation)));
  return {
    isDown,
    a: plain(x1),
    b: plain(x2),
    c: reflected(y1),
    d: reflected(y2),
    e: rebate * discount * (n(eta * (x2 - deviation)) - weighted(2 * mu, n(eta * (y2 - deviation)))),
    f: rebate * (weighted(mu + lambda, n(eta * z)) + weighted(mu - lambda, n(eta * (z - 2 * lambda * deviation)))),
  };
}
