import type { Process } from "../../src/market/index.js";

import { expect } from "chai";

import { createRandom } from "../../src/market/random.js";

/** Seconds of 365 days. */
export const YEAR = 31_536_000;

/** How a process is sampled, and how often. */
interface Sampling {
  readonly blocks: number;
  /** Seconds. */
  readonly blockTime: number;
  readonly paths: number;
  readonly seed?: number;
}

/** Paths of a process, drawn from one source; each is the factor by which the price has changed after each block. */
export function factorsOf(
  process: Process,
  { blocks, blockTime, paths, seed = 1 }: Sampling,
): readonly (readonly number[])[] {
  const random = createRandom(seed);
  return Array.from({ length: paths }, () => {
    let factor = 1;
    return process.sample({ blocks, blockTime, random }).map((change) => (factor *= 1 + change / 1e6));
  });
}

/** What the price has become in the end, as a factor of its start, once for each path. */
export function endsOf(process: Process, sampling: Sampling): readonly number[] {
  return factorsOf(process, sampling).map((factors) => factors.at(-1) ?? 1);
}

/** The log returns of the blocks of all paths, one after the other. */
export function logReturnsOf(process: Process, sampling: Sampling): readonly number[] {
  const { blocks, blockTime, paths, seed = 1 } = sampling;
  const random = createRandom(seed);
  return Array.from({ length: paths }, () =>
    process.sample({ blocks, blockTime, random }).map((change) => Math.log1p(change / 1e6)),
  ).flat();
}

/** Expects the mean of independent values to be a number, within three standard errors. */
export function expectMean(values: readonly number[], expected: number, what: string): void {
  const { mean, error } = estimateOf(values);
  expect(Math.abs(mean - expected), `${what}: ${mean} ± ${error}, not ${expected}`).to.be.at.most(3 * error);
}

/** Expects the central moments of independent values to be these, each within three standard errors. */
export function expectMoments(
  values: readonly number[],
  expected: { readonly mean: number; readonly variance: number; readonly third?: number; readonly fourth?: number },
): void {
  const { mean, variance, third, fourth } = expected;
  expectMean(values, mean, "mean");
  const moment = (power: number): readonly number[] => values.map((value) => (value - mean) ** power);
  expectMean(moment(2), variance, "variance");
  if (third !== undefined) expectMean(moment(3), third, "third central moment");
  if (fourth !== undefined) expectMean(moment(4), fourth, "fourth central moment");
}

/** The mean of values, and its standard error. */
export function estimateOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares) / values.length };
}
