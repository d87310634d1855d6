import type { Random } from "../random.js";
import type { Process } from "./process.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown } from "../../options.js";
import { SECONDS_PER_YEAR } from "../../quantity/year.js";

import { intervalsOf } from "./intervals.js";
import { exponential } from "./jumps.js";
import { changesOf } from "./log-returns.js";
import { streamsOf } from "./streams.js";

/** Options of {@link hawkes}. */
export interface HawkesOptions {
  /** Annual volatility of log returns between jumps: 0.8 is 80 % a year. From 0 to 20. */
  readonly volatility: number;
  /** Mean number of jumps a year that come by themselves, the base rate μ. From 0 to 1,000,000; 0 switches them off. */
  readonly jumpsPerYear: number;
  /**
   * Mean number of jumps that each jump sets off directly, the branching ratio α/β. From 0 to 0.99; with 0.8, five jumps come
   * for each that comes by itself. Together they are at most 1,000,000 a year: `jumpsPerYear / (1 - excitation)`.
   */
  readonly excitation: number;
  /** How long after a jump those that it sets off come, on average: 1/β, seconds. From 1 to 1,000,000,000. */
  readonly memory: number;
  /** Mean log return of a jump: -0.1 is a fall of about 10 %. From -5 to 5. */
  readonly jumpMean: number;
  /** Standard deviation of the log return of a jump, 0 to 2. */
  readonly jumpDeviation: number;
  /** Annual drift of the price, jumps included: 0.05 is 5 % a year. From -20 to 20. Default 0. */
  readonly drift?: number;
}

/** Jumps a year, those that are set off included, at most. */
const MOST_JUMPS = 1_000_000;

/**
 * Jumps that set off jumps: one liquidation leads to the next, and days without any end in an hour with ten. They come at a rate
 * that each jump raises by α and that falls back exponentially, λ(t) = μ + Σ α exp(-β (t - tᵢ)) (Hawkes, *Spectra of some
 * self-exciting and mutually exciting point processes*, 1971), sampled exactly (Dassios and Zhao, *Exact simulation of Hawkes
 * process with exponentially decaying intensity*, 2013). A run starts at the mean rate μ / (1 - α/β). Their sizes are those of
 * {@link merton}. The drift is reduced by λ(t) k at each moment, k being the mean relative jump, so that the mean price grows by
 * `drift` whatever the jumps.
 *
 * Jumps have a random stream of their own. Without excitation, the path is that of {@link merton} with the same seed, but for
 * rounding; without jumps, that of {@link gbm}.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const process = hawkes({
 *   volatility: 0.6, jumpsPerYear: 50, excitation: 0.8, memory: 3_600, jumpMean: -0.02, jumpDeviation: 0.03,
 * });
 * assets: { ETH: { price: 2000, process } }
 * ```
 */
export function hawkes(options: HawkesOptions): Process {
  requireKnown("hawkes", options, [
    "volatility",
    "jumpsPerYear",
    "excitation",
    "memory",
    "jumpMean",
    "jumpDeviation",
    "drift",
  ]);
  const { volatility, jumpsPerYear, excitation, memory, jumpMean, jumpDeviation, drift = 0 } = options;
  requireInRange("hawkes", "volatility", volatility, { min: 0, max: 20 });
  requireInRange("hawkes", "jumpsPerYear", jumpsPerYear, { min: 0, max: MOST_JUMPS });
  requireInRange("hawkes", "excitation", excitation, { min: 0, max: 0.99 });
  requireInRange("hawkes", "memory", memory, { min: 1, max: 1_000_000_000 });
  requireInRange("hawkes", "jumpMean", jumpMean, { min: -5, max: 5 });
  requireInRange("hawkes", "jumpDeviation", jumpDeviation, { min: 0, max: 2 });
  requireInRange("hawkes", "drift", drift, { min: -20, max: 20 });
  requireFinite(jumpsPerYear, excitation);
  const meanJump = Math.expm1(jumpMean + jumpDeviation ** 2 / 2);
  return {
    kind: "hawkes",
    correlates: true,
    sample: ({ random, ...context }) => {
      const streams = streamsOf(random, context.blocks);
      const noise = streams.of("jumps");
      const jumps = new SelfExciting({ base: jumpsPerYear / SECONDS_PER_YEAR, excitation, memory, random: noise });
      return changesOf(
        intervalsOf(context).map((seconds, index) => {
          const dt = seconds / SECONDS_PER_YEAR;
          const mean = (drift - volatility ** 2 / 2) * dt;
          const deviation = volatility * Math.sqrt(dt);
          let sum = 0;
          const due = jumps.pass(seconds, () => (sum += jumpMean + jumpDeviation * noise.normal()));
          return mean - meanJump * due + deviation * (streams.diffusion[index] ?? 0) + sum;
        }),
      );
    },
  };
}

/** What makes events come. */
interface Excitement {
  /** Events a second that come by themselves. */
  readonly base: number;
  readonly excitation: number;
  /** Seconds. */
  readonly memory: number;
  readonly random: Random;
}

/** A Hawkes process with an exponential kernel, as time passes. */
export class SelfExciting {
  readonly #how: Excitement;
  /** Events a second above the base rate, now. */
  #excess: number;
  /** Seconds until the next event. */
  #wait: number;

  constructor(how: Excitement) {
    this.#how = how;
    this.#excess = how.base * (how.excitation / (1 - how.excitation));
    this.#wait = this.#drawn();
  }

  /**
   * Lets time pass.
   *
   * @param happens - called for each event
   * @returns the integral of the rate: how many events were due
   */
  pass(seconds: number, happens: () => void): number {
    const { excitation, memory } = this.#how;
    let [left, due] = [seconds, 0];
    while (this.#wait < left) {
      left -= this.#wait;
      due += this.#decayed(this.#wait);
      this.#excess += excitation / memory;
      happens();
      this.#wait = this.#drawn();
    }
    this.#wait -= left;
    return due + this.#decayed(left);
  }

  /** Moves the rate on, and returns its integral. */
  #decayed(seconds: number): number {
    const { base, memory } = this.#how;
    const lost = -this.#excess * Math.expm1(-seconds / memory);
    this.#excess -= lost;
    return base * seconds + lost * memory;
  }

  /** The time to the next event: the earlier one of two, by itself or set off. */
  #drawn(): number {
    const { base, memory, random } = this.#how;
    const byItself = base === 0 ? Infinity : exponential(random) / base;
    if (this.#excess === 0) return byItself;
    // what is left of the excitement sets off Poisson(excess × memory) events; there may be none
    const share = 1 - exponential(random) / (this.#excess * memory);
    return share > 0 ? Math.min(byItself, -memory * Math.log(share)) : byItself;
  }
}

function requireFinite(jumpsPerYear: number, excitation: number): void {
  const all = jumpsPerYear / (1 - excitation);
  if (all <= MOST_JUMPS * (1 + 1e-9)) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `hawkes: with an excitation of ${excitation}, ${jumpsPerYear} jumps per year become ${Math.round(all)}.`,
    hint: "They must be at most 1,000,000, jumpsPerYear / (1 - excitation): lower either of them.",
  });
}
