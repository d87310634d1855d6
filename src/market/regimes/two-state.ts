import { logBeta } from "../../numeric/beta.js";

/** A value of every moment: the log return, and the logarithm of the depth if it is known. */
export interface Moment {
  readonly logReturn: number;
  readonly logDepth?: number;
}

/** What moments of a state look like. */
interface Emission {
  /** Scale of the log return over one spacing, which has {@link DEGREES} degrees of freedom and mean 0. */
  readonly scale: number;
  /** Of the logarithm of the depth; absent if no depth is known. */
  readonly depth?: { readonly mean: number; readonly deviation: number };
}

/** A Markov chain of two states, calm first, seen through what moments look like in each. */
export interface TwoStates {
  readonly emissions: readonly [calm: Emission, turbulent: Emission];
  /** The probability that a state is another at the next moment. */
  readonly leaves: readonly [calm: number, turbulent: number];
}

/** Rounds at most: it takes 20 to 200. */
const MOST_ROUNDS = 1_000;

/** Rounds for a single state, whose only iteration is that of the scale. */
const ALONE_ROUNDS = 50;

/** What a round has to add to the log-likelihood for another one. */
const WORTHWHILE = 1e-6;

/** A state that is this unlikely to be left, or to be kept, is not one of a chain that switches. */
const LEAST_LEAVING = 1e-6;

/** Deviations from the whole history's at which the search starts; the likeliest end counts. */
const STARTS = [
  [0.5, 1.5],
  [0.7, 2.5],
  [0.9, 4],
] as const;

const LOG_ROOT_OF_TWO_PI = Math.log(2 * Math.PI) / 2;

/**
 * Of Student's t. With normal returns, a single jump is a regime of its own: of ether's hours in the first half of 2020, calm ones
 * would last 22 on average and turbulent ones 4.
 */
export const DEGREES = 4;

/** The logarithm of the density of Student's t at 0, with scale 1. */
const LOG_PEAK = -logBeta(DEGREES / 2, 0.5) - Math.log(DEGREES) / 2;

/**
 * Fits two states to moments by maximum likelihood: log returns of mean 0 and Student's t (Bulla, *Hidden Markov models with t
 * components: increased persistence and other aspects*, Quantitative Finance 11, 2011), whose scale depends on the state and, where it
 * is known, a depth that is log-normal in each (Hamilton, *A new approach to the economic analysis of nonstationary time series and the
 * business cycle*, Econometrica 57, 1989; the expectation-maximisation of Baum and Welch, with the scaling of Rabiner, *A tutorial on
 * hidden Markov models*, 1989, V.A).
 *
 * @returns `undefined` if a single state fits as well, by Schwarz's criterion
 */
export function fitTwoStates(moments: readonly Moment[]): TwoStates | undefined {
  const fits = STARTS.flatMap((factors) => climbed(startAt(moments, factors), moments) ?? []);
  const [best] = fits.sort((one, other) => other.logLikelihood - one.logLikelihood);
  return best && ordered(best.states);
}

/** The probability of each moment's being turbulent, given the moments up to it: nothing is known of later ones. */
export function filtered(states: TwoStates, moments: readonly Moment[]): Float64Array {
  return forward(states, moments).turbulent;
}

/** The probability of each moment's being turbulent, given all moments. */
export function smoothed(states: TwoStates, moments: readonly Moment[]): Float64Array {
  return expected(states, moments).turbulent;
}

function startAt(moments: readonly Moment[], [calm, turbulent]: readonly [number, number]): TwoStates {
  const deviation = Math.sqrt(moments.reduce((sum, { logReturn }) => sum + logReturn ** 2, 0) / moments.length);
  const depths = moments.flatMap(({ logDepth }) => logDepth ?? []);
  const mean = depths.reduce((sum, depth) => sum + depth, 0) / depths.length;
  const spread = Math.sqrt(depths.reduce((sum, depth) => sum + (depth - mean) ** 2, 0) / depths.length);
  // where the market is turbulent, liquidity has left
  const at = (factor: number, shift: number): Emission => ({
    scale: deviation * factor,
    ...(depths.length > 0 ? { depth: { mean: mean + shift * spread, deviation: Math.max(spread, 1e-6) } } : {}),
  });
  return { emissions: [at(calm, 0.5), at(turbulent, -0.5)], leaves: [0.02, 0.05] };
}

function climbed(
  start: TwoStates,
  moments: readonly Moment[],
): { readonly states: TwoStates; readonly logLikelihood: number } | undefined {
  let [states, logLikelihood] = [start, -Infinity];
  const single = alone(moments);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const expectation = expected(states, moments);
    const gained = expectation.logLikelihood - logLikelihood;
    logLikelihood = expectation.logLikelihood;
    if (gained < WORTHWHILE) break;
    const next = maximised(expectation, moments, { states, single });
    if (next === undefined) return undefined;
    states = next;
  }
  const parameters = moments.some(({ logDepth }) => logDepth !== undefined) ? 5 : 3;
  const isWorth = logLikelihood - logLikelihoodAlone(single, moments) > (parameters / 2) * Math.log(moments.length);
  return isWorth ? { states, logLikelihood } : undefined;
}

/** One state for all moments. */
function alone(moments: readonly Moment[]): Emission {
  const weights = new Float64Array(moments.length).fill(1);
  let emission: Emission = startAt(moments, [1, 1]).emissions[0];
  for (let round = 0; round < ALONE_ROUNDS; round++) emission = emissionOf(moments, weights, emission);
  return emission;
}

function logLikelihoodAlone(emission: Emission, moments: readonly Moment[]): number {
  return moments.reduce((sum, moment) => sum + logDensity(emission, moment), 0);
}

function logDensity({ scale, depth }: Emission, { logReturn, logDepth }: Moment): number {
  const price = LOG_PEAK - Math.log(scale) - ((DEGREES + 1) / 2) * Math.log1p((logReturn / scale) ** 2 / DEGREES);
  if (depth === undefined || logDepth === undefined) return price;
  return price - LOG_ROOT_OF_TWO_PI - Math.log(depth.deviation) - ((logDepth - depth.mean) / depth.deviation) ** 2 / 2;
}

interface Forward {
  readonly turbulent: Float64Array;
  readonly logLikelihood: number;
}

/** The share of a chain's time that is turbulent. */
export function turbulentShare({ leaves: [calm, turbulent] }: TwoStates): number {
  return calm / (calm + turbulent);
}

function forward(states: TwoStates, moments: readonly Moment[]): Forward {
  const { emissions, leaves } = states;
  const turbulent = new Float64Array(moments.length);
  let ahead = turbulentShare(states);
  let logLikelihood = 0;
  for (const [index, moment] of moments.entries()) {
    const [one, other] = [logDensity(emissions[0], moment), logDensity(emissions[1], moment)];
    const largest = Math.max(one, other);
    const calm = (1 - ahead) * Math.exp(one - largest);
    const wild = ahead * Math.exp(other - largest);
    const now = wild / (calm + wild);
    logLikelihood += Math.log(calm + wild) + largest;
    turbulent[index] = now;
    ahead = now * (1 - leaves[1]) + (1 - now) * leaves[0];
  }
  return { turbulent, logLikelihood };
}

interface Expectation extends Forward {
  /** Expected numbers of switches, and of moments that could have switched. */
  readonly switches: readonly [fromCalm: number, fromTurbulent: number];
  readonly stays: readonly [calm: number, turbulent: number];
}

function expected(states: TwoStates, moments: readonly Moment[]): Expectation {
  const { leaves } = states;
  const { turbulent: seen, logLikelihood } = forward(states, moments);
  const turbulent = Float64Array.from(seen);
  const switches: [number, number] = [0, 0];
  const stays: [number, number] = [0, 0];
  // Kim's smoother: what was expected ahead is replaced by what is known of it
  for (let index = moments.length - 2; index >= 0; index--) {
    const now = seen[index] ?? 0;
    const ahead = now * (1 - leaves[1]) + (1 - now) * leaves[0];
    const later = turbulent[index + 1] ?? 0;
    const toWild = ahead > 0 ? later / ahead : 0;
    const toCalm = ahead < 1 ? (1 - later) / (1 - ahead) : 0;
    const both = {
      wildWild: now * (1 - leaves[1]) * toWild,
      wildCalm: now * leaves[1] * toCalm,
      calmWild: (1 - now) * leaves[0] * toWild,
      calmCalm: (1 - now) * (1 - leaves[0]) * toCalm,
    };
    turbulent[index] = both.wildWild + both.wildCalm;
    switches[0] += both.calmWild;
    switches[1] += both.wildCalm;
    stays[0] += both.calmCalm;
    stays[1] += both.wildWild;
  }
  return { turbulent, logLikelihood, switches, stays };
}

/** @returns `undefined` where a state has died out */
function maximised(
  { turbulent, switches, stays }: Expectation,
  moments: readonly Moment[],
  { states: { emissions }, single }: { readonly states: TwoStates; readonly single: Emission },
): TwoStates | undefined {
  const calm = emissionOf(
    moments,
    turbulent.map((share) => 1 - share),
    emissions[0],
  );
  const wild = emissionOf(moments, turbulent, emissions[1]);
  const leaves = [0, 1].map((state) => {
    const [left = 0, stayed = 0] = [switches[state], stays[state]];
    return left / (left + stayed);
  });
  const [ofCalm = 0, ofWild = 0] = leaves;
  const isAlive = leaves.every((share) => share > LEAST_LEAVING && share < 1 - LEAST_LEAVING);
  // prices that stand still have a likelihood without bound
  const isSpread = [calm, wild].every(({ scale }) => scale > 1e-3 * single.scale);
  return isAlive && isSpread ? { emissions: [calm, wild], leaves: [ofCalm, ofWild] } : undefined;
}

/** @param before - of the round before: what lies far out, by its scale, counts for less (Liu and Rubin's ECM, 1995) */
function emissionOf(moments: readonly Moment[], weights: Float64Array, before: Emission): Emission {
  let [total, squares, depthTotal, depthSum] = [0, 0, 0, 0];
  for (const [index, { logReturn, logDepth }] of moments.entries()) {
    const weight = weights[index] ?? 0;
    total += weight;
    squares += (weight * (DEGREES + 1) * logReturn ** 2) / (DEGREES + (logReturn / before.scale) ** 2);
    if (logDepth === undefined) continue;
    depthTotal += weight;
    depthSum += weight * logDepth;
  }
  const scale = Math.sqrt(squares / total);
  if (depthTotal === 0) return { scale };
  const mean = depthSum / depthTotal;
  let depthSquares = 0;
  for (const [index, { logDepth }] of moments.entries()) {
    if (logDepth !== undefined) depthSquares += (weights[index] ?? 0) * (logDepth - mean) ** 2;
  }
  return { scale, depth: { mean, deviation: Math.max(Math.sqrt(depthSquares / depthTotal), 1e-6) } };
}

/** Calm is the state in which prices move less. */
function ordered(states: TwoStates): TwoStates {
  const [one, other] = states.emissions;
  if (one.scale <= other.scale) return states;
  return { emissions: [other, one], leaves: [states.leaves[1], states.leaves[0]] };
}
