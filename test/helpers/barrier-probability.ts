import { normalDensity, normalProbability } from "../../src/numeric/normal.js";
import { nodesOn } from "../../src/numeric/quadrature.js";

/** A geometric Brownian motion without drift that is looked at so many times. */
interface WatchedPrice {
  /** The barrier over the price at the start, below 1. */
  readonly barrier: number;
  /** Of log returns between two looks. */
  readonly deviation: number;
  readonly looks: number;
}

/**
 * The probability that the price is at or below its barrier at one of the looks: the density of the paths that are not is passed from
 * look to look by Gauss-Legendre quadrature, and what falls below is summed.
 */
export function barrierProbability({ barrier, deviation, looks }: WatchedPrice, panels = 24): number {
  const mean = -(deviation ** 2) / 2;
  const bottom = Math.log(barrier);
  const top = 9 * deviation * Math.sqrt(looks);
  const width = (top - bottom) / panels;
  const nodes = Array.from({ length: panels }, (_value, index) =>
    nodesOn(bottom + index * width, bottom + (index + 1) * width),
  ).flat();
  const step = (from: number, to: number): number => normalDensity((to - from - mean) / deviation) / deviation;
  const fall = nodes.map(({ at }) => normalProbability((bottom - at - mean) / deviation));
  let density = nodes.map(({ at }) => step(0, at));
  let ruined = normalProbability((bottom - mean) / deviation);
  for (let look = 1; look < looks; look++) {
    const masses = density.map((value, index) => value * nodes[index]!.weight);
    ruined += masses.reduce((sum, mass, index) => sum + mass * fall[index]!, 0);
    if (look === looks - 1) break;
    density = nodes.map(({ at: to }) =>
      nodes.reduce((sum, { at: from }, index) => sum + masses[index]! * step(from, to), 0),
    );
  }
  return ruined;
}
