import type { Random } from "../random.js";
import type { Process } from "./process.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, requireOneOf, shown } from "../../options.js";

import { momentsOf } from "./intervals.js";
import { changesOf } from "./log-returns.js";

/** How long the stretches of {@link bootstrap} are: around their mean, or all the same. */
const LENGTHS = ["random", "fixed"] as const;

/** Options of {@link bootstrap}. */
export interface BootstrapOptions {
  /** The history: at least 10 prices, evenly spaced, oldest first. Only their ratios count, so any unit will do. */
  readonly prices: readonly number[];
  /** Seconds between two prices of the history, 1 to 31,536,000. */
  readonly spacing: number;
  /**
   * How many returns in a row are taken from one place of the history, on average: 1 to their number. Longer stretches keep
   * more of how volatility clusters. Default: the cube root of their number.
   */
  readonly stretch?: number;
  /**
   * `random`: lengths are geometric with mean `stretch`, the stationary bootstrap; `fixed`: all are `stretch` long, the
   * circular block bootstrap, for which it must be a whole number. Default `random`.
   */
  readonly lengths?: (typeof LENGTHS)[number];
}

/** Prices of a history at least: fewer say nothing about a distribution. */
const FEWEST = 10;

/**
 * What happened before, in another order: stretches of a history's returns, each from a random place, the history being closed
 * to a circle (Politis and Romano, *The stationary bootstrap*, 1994). No model is fitted, so fat tails and clusters of
 * volatility stay, and so does the history's drift.
 *
 * The price moves where the history has a price: every `spacing` seconds, from a random moment. A block that is longer than
 * that gets the returns of all moments in it; of shorter ones, most get none. So the variance over any time is that of the
 * history.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const process = bootstrap({ prices: closes, spacing: 3_600, stretch: 24 });
 * assets: { ETH: { price: 2000, process } }
 * ```
 */
export function bootstrap(options: BootstrapOptions): Process {
  requireKnown("bootstrap", options, ["prices", "spacing", "stretch", "lengths"]);
  const returns = logReturnsOf(options.prices);
  const { spacing, lengths = "random", stretch = Math.round(Math.cbrt(returns.length)) } = options;
  requireInRange("bootstrap", "spacing", spacing, { min: 1, max: 31_536_000 });
  requireOneOf("bootstrap", "lengths", lengths, LENGTHS);
  requireInRange("bootstrap", "stretch", stretch, {
    min: 1,
    max: returns.length,
    ...(lengths === "fixed" ? { kind: "integer" } : {}),
  });
  return {
    kind: "bootstrap",
    sample: ({ random, ...context }) => {
      const phase = random.next() * spacing;
      const resampled = new Resampled(returns, { stretch, lengths, random });
      let drawn = 0;
      return changesOf(
        momentsOf(context).map((moment) => {
          const due = Math.floor((phase + moment) / spacing);
          let sum = 0;
          for (; drawn < due; drawn++) sum += resampled.next();
          return sum;
        }),
      );
    },
  };
}

/** The returns of a history in stretches, without an end. */
class Resampled {
  readonly #returns: readonly number[];
  readonly #how: Required<Pick<BootstrapOptions, "stretch" | "lengths">> & { readonly random: Random };
  #place = 0;
  /** Returns that are left of a stretch of fixed length. */
  #left = 0;
  #begun = false;

  constructor(
    returns: readonly number[],
    how: Required<Pick<BootstrapOptions, "stretch" | "lengths">> & { readonly random: Random },
  ) {
    this.#returns = returns;
    this.#how = how;
  }

  next(): number {
    this.#place = this.#ends() ? this.#how.random.integer(0, this.#returns.length - 1) : this.#place + 1;
    if (this.#place === this.#returns.length) this.#place = 0;
    return this.#returns[this.#place] ?? 0;
  }

  #ends(): boolean {
    const { stretch, lengths, random } = this.#how;
    if (lengths === "fixed") {
      this.#left = this.#left === 0 ? stretch - 1 : this.#left - 1;
      return this.#left === stretch - 1;
    }
    const ends = !this.#begun || random.next() < 1 / stretch;
    this.#begun = true;
    return ends;
  }
}

/** Checks the history. */
function logReturnsOf(prices: unknown): readonly number[] {
  if (!Array.isArray(prices) || prices.length < FEWEST) {
    throw new SiegeError("INVALID_OPTION", {
      message: `bootstrap: "prices" is ${shown(prices)}.`,
      hint: `It must be a list of at least ${String(FEWEST)} prices, evenly spaced, oldest first.`,
    });
  }
  const logs = Array.from(prices, (price: unknown, index) => {
    if (typeof price === "number" && Number.isFinite(price) && price > 0) return Math.log(price);
    throw new SiegeError("INVALID_OPTION", {
      message: `bootstrap: prices[${String(index)}] is ${shown(price)}.`,
      hint: "Prices must be finite numbers above 0. Fill the gaps of a history, because prices are taken to be evenly spaced.",
    });
  });
  return logs.slice(1).map((log, index) => log - (logs[index] ?? log));
}
