import type { Random } from "../../market/random.js";
import type { Scored } from "./dominance.js";

import { requireInRange, requireKnown } from "../../options.js";

import { crowdingOf, frontsOf } from "./dominance.js";

/** Options of {@link nsga2}. */
export interface Nsga2Options {
  /** Parameters: points have as many coordinates, each from 0 to 1. */
  readonly dimensions: number;
  readonly random: Random;
  /** Candidates per generation, an even number from 4. Default 40. */
  readonly population?: number;
  /** Points that the first generation has besides random ones. Default: none. */
  readonly seeds?: readonly (readonly number[])[];
}

/** A candidate with what was found of it. */
export interface Individual extends Scored {
  readonly point: readonly number[];
}

/** An optimiser of several objectives that is asked for candidates and told what they are worth. */
export interface Nsga2 {
  /** The candidates of a generation. */
  ask(): readonly (readonly number[])[];
  /** Takes what they are worth; the better half of them and of those before goes on. */
  tell(evaluated: readonly Individual[]): void;
  /** The present candidates that none of the others dominates. */
  readonly front: readonly Individual[];
}

/** Distribution indices of crossover and mutation, and the probability of crossover: those of Deb's paper. */
const [CROSSOVER_INDEX, MUTATION_INDEX, CROSSES] = [20, 20, 0.9];

/**
 * NSGA-II (Deb, Pratap, Agarwal and Meyarivan, *A fast and elitist multiobjective genetic algorithm*, IEEE Transactions on Evolutionary
 * Computation 6, 2002): fronts of candidates by dominance, the least crowded ones of the last front that still fits, tournaments,
 * simulated binary crossover and polynomial mutation within bounds. No npm package of it was found that is kept up, so it is written
 * here.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function nsga2(options: Nsga2Options): Nsga2 {
  const { dimensions, random, population = 40, seeds = [] } = options;
  requireKnown("nsga2", options, ["dimensions", "random", "population", "seeds"]);
  requireInRange("nsga2", "dimensions", dimensions, { min: 1, max: 1_000, kind: "integer" });
  requireInRange("nsga2", "population / 2", population / 2, { min: 2, max: 5_000, kind: "integer" });
  let parents: readonly Ranked[] = [];
  const drawn = (): readonly number[] => Array.from({ length: dimensions }, () => random.next());
  return {
    ask: () => {
      if (parents.length === 0) {
        return [
          ...seeds.slice(0, population),
          ...Array.from({ length: Math.max(0, population - seeds.length) }, drawn),
        ];
      }
      const children: (readonly number[])[] = [];
      while (children.length < population) {
        const pair = crossed(winner(parents, random).point, winner(parents, random).point, random);
        children.push(...pair.map((point) => mutated(point, random)));
      }
      return children.slice(0, population);
    },
    tell: (evaluated) => {
      parents = selected([...parents, ...evaluated], population);
    },
    get front() {
      return parents.filter(({ rank }) => rank === 0);
    },
  };
}

interface Ranked extends Individual {
  /** Of its front, from 0. */
  readonly rank: number;
  readonly crowding: number;
}

function selected(all: readonly Individual[], population: number): readonly Ranked[] {
  const kept: Ranked[] = [];
  for (const [rank, places] of frontsOf(all).entries()) {
    const front = places.flatMap((place) => all[place] ?? []);
    const crowding = crowdingOf(front);
    const ranked = front.map((one, index) => ({ ...one, rank, crowding: crowding[index] ?? 0 }));
    const room = population - kept.length;
    if (ranked.length > room) ranked.sort((one, other) => other.crowding - one.crowding);
    kept.push(...ranked.slice(0, room));
    if (kept.length === population) break;
  }
  return kept;
}

/** The better one of two that are drawn. */
function winner(parents: readonly Ranked[], random: Random): Ranked {
  const [one, other] = [random.pick(parents), random.pick(parents)];
  if (one.rank !== other.rank) return one.rank < other.rank ? one : other;
  return one.crowding >= other.crowding ? one : other;
}

/** Simulated binary crossover within 0 and 1. */
function crossed(one: readonly number[], other: readonly number[], random: Random): readonly (readonly number[])[] {
  if (random.next() > CROSSES) return [one, other];
  const first = [...one];
  const second = [...other];
  for (const [index, value] of one.entries()) {
    const mate = other[index] ?? value;
    const [low, high] = [Math.min(value, mate), Math.max(value, mate)];
    if (random.next() > 0.5 || high - low < 1e-14) continue;
    const draw = random.next();
    const spread = (room: number): number => {
      const beta = 1 + (2 * room) / (high - low);
      const alpha = 2 - beta ** -(CROSSOVER_INDEX + 1);
      const scaled = draw * alpha;
      return (scaled <= 1 ? scaled : 1 / (2 - scaled)) ** (1 / (CROSSOVER_INDEX + 1));
    };
    const children = [
      (low + high - spread(low) * (high - low)) / 2,
      (low + high + spread(1 - high) * (high - low)) / 2,
    ].map((child) => Math.min(1, Math.max(0, child)));
    if (random.next() < 0.5) children.reverse();
    [first[index], second[index]] = [children[0] ?? value, children[1] ?? mate];
  }
  return [first, second];
}

/** Polynomial mutation of one coordinate on average, within 0 and 1. */
function mutated(point: readonly number[], random: Random): readonly number[] {
  return point.map((value) => {
    if (random.next() >= 1 / point.length) return value;
    const draw = random.next();
    const power = 1 / (MUTATION_INDEX + 1);
    const room = draw < 0.5 ? value : 1 - value;
    const rest = (1 - room) ** (MUTATION_INDEX + 1);
    const change =
      draw < 0.5
        ? (2 * draw + (1 - 2 * draw) * rest) ** power - 1
        : 1 - (2 * (1 - draw) + 2 * (draw - 0.5) * rest) ** power;
    return Math.min(1, Math.max(0, value + change));
  });
}
