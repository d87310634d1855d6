import type { Random } from "../random.js";
import type { Process } from "./process.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, shown } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { intervalsOf } from "./intervals.js";
import { exponential } from "./jumps.js";
import { changesOf } from "./log-returns.js";
import { streamsOf } from "./streams.js";

/** A state of the market in {@link regimes}. */
export interface Regime {
  /** Annual volatility of log returns while it lasts: 0.8 is 80 % a year. From 0 to 20. */
  readonly volatility: number;
  /** How long it lasts on average, seconds: 1 to 1,000,000,000. */
  readonly lasts: number;
  /** Annual drift of the price while it lasts: 0.05 is 5 % a year. From -20 to 20. Default 0. */
  readonly drift?: number;
}

/** Options of {@link regimes}. */
export interface RegimesOptions {
  /** The states, 2 to 20. After one has ended, each of the others is equally likely. */
  readonly states: readonly Regime[];
}

/**
 * Regime switching: the market is calm for hours and wild for minutes, say. A Markov chain in continuous time switches between
 * the states, and in each the price is a geometric Brownian motion (Hardy, *A regime-switching model of long-term stock
 * returns*, 2001, in discrete time). It is sampled exactly at block times: switches happen within blocks, too. The first state
 * is drawn from the stationary distribution, in proportion to how long states last.
 *
 * Switches have a random stream of their own, so that the noise stays the same whenever they happen. With equal states, the
 * path is that of {@link gbm} with the same seed, but for rounding.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const process = regimes({ states: [{ volatility: 0.5, lasts: 86_400 }, { volatility: 4, lasts: 1_800 }] });
 * assets: { ETH: { price: 2000, process } }
 * ```
 */
export function regimes(options: RegimesOptions): Process {
  requireKnown("regimes", options, ["states"]);
  const states = requireStates(options.states);
  return {
    kind: "regimes",
    correlates: true,
    sample: ({ random, ...context }) => {
      const streams = streamsOf(random, context.blocks);
      const market = new Switching(states, streams.of("variance"));
      return changesOf(
        intervalsOf(context).map((seconds, index) => {
          const { mean, variance } = market.pass(seconds);
          return mean + Math.sqrt(variance) * (streams.diffusion[index] ?? 0);
        }),
      );
    },
  };
}

/** The chain of states, as time passes. */
class Switching {
  readonly #states: readonly Required<Regime>[];
  readonly #random: Random;
  #state: Required<Regime>;
  /** Seconds until the state ends. */
  #left: number;

  constructor(states: readonly Required<Regime>[], random: Random) {
    this.#states = states;
    this.#random = random;
    this.#state = stationary(states, random);
    // exponential times have no memory: what is left of a state is as long as the whole
    this.#left = this.#state.lasts * exponential(random);
  }

  /** The mean and the variance of the log return over the next seconds, given the states. */
  pass(seconds: number): { readonly mean: number; readonly variance: number } {
    let mean = 0;
    let variance = 0;
    let rest = seconds;
    while (rest > 0) {
      const { volatility, drift } = this.#state;
      const spent = Math.min(rest, this.#left);
      const dt = spent / SECONDS_PER_YEAR;
      mean += (drift - volatility ** 2 / 2) * dt;
      variance += volatility ** 2 * dt;
      rest -= spent;
      this.#left -= spent;
      if (this.#left <= 0) this.#switch();
    }
    return { mean, variance };
  }

  #switch(): void {
    this.#state = this.#random.pick(this.#states.filter((state) => state !== this.#state));
    this.#left = this.#state.lasts * exponential(this.#random);
  }
}

/** One of the states, in proportion to how long they last. */
function stationary(states: readonly Required<Regime>[], random: Random): Required<Regime> {
  const total = states.reduce((sum, { lasts }) => sum + lasts, 0);
  let rest = random.next() * total;
  const found = states.find(({ lasts }) => (rest -= lasts) < 0);
  return found ?? random.pick(states);
}

/** Checks the states. */
function requireStates(states: unknown): readonly Required<Regime>[] {
  if (!Array.isArray(states) || states.length < 2 || states.length > 20) {
    throw new SiegeError("INVALID_OPTION", {
      message: `regimes: "states" is ${shown(states)}.`,
      hint: "It must be a list of 2 to 20 states, like { volatility: 0.5, lasts: 86_400 }.",
    });
  }
  return states.map((state: Regime, index) => {
    const owner = `regimes: states[${String(index)}]`;
    requireKnown(owner, state, ["volatility", "lasts", "drift"]);
    const { volatility, lasts, drift = 0 } = state;
    requireInRange(owner, "volatility", volatility, { min: 0, max: 20 });
    requireInRange(owner, "lasts", lasts, { min: 1, max: 1_000_000_000 });
    requireInRange(owner, "drift", drift, { min: -20, max: 20 });
    return { volatility, lasts, drift };
  });
}
