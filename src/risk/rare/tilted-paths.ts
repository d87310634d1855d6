import type { Doubt } from "../../engine/activity/doubts.js";
import type { Genome } from "../../engine/events/genome.js";
import type { World } from "../../engine/world/world.js";
import type { RareOptions } from "./rare-options.js";
import type { DiffusionNoise } from "./tilted-process.js";
import type { WeightedProbability } from "./weighted-probability.js";

import { createRandom } from "../../market/random.js";
import { pathSource, streamSeed } from "../ruin/path-source.js";

import { DEFENSIVE, defensiveRatio, isTilted } from "./importance-sampling.js";
import { logRatioOfShift } from "./tilted-noise.js";
import { tiltedProcess } from "./tilted-process.js";
import { weightedProbability } from "./weighted-probability.js";

/** How paths were tilted, and what shows whether to believe it. Plain data. */
export interface RareReport extends Required<RareOptions> {
  /** The standard error of the probability; `undefined` for fewer than two paths. */
  readonly error: number | undefined;
  /** The mean of the likelihood ratios of all paths, which is 1 but for its own error. */
  readonly meanRatio: WeightedProbability["meanRatio"];
  /** How many paths of equal weight would be as good as these. */
  readonly effectivePaths: number;
  /** The same of the ruined ones, on which the probability rests. */
  readonly effectiveRuined: number;
}

/** Below this, the error of the probability is itself a guess. */
const FEWEST_EFFECTIVE = 20;

/**
 * Paths of a risk run whose prices are tilted, each with its likelihood ratio. They have the streams of `pathSource`: a path that is
 * not tilted is the one that plain sampling would play.
 */
export class TiltedPaths {
  readonly #options: Required<RareOptions>;
  readonly #seed: number;
  readonly #blocks: number;
  readonly #plain: (index: number) => Genome;
  readonly #tilted: (index: number) => Genome;
  /** Of the path that is being drawn, by asset. */
  readonly #noise = new Map<string, DiffusionNoise>();
  readonly #ratios = new Map<number, number>();

  /** @param options - checked by `requireTilts` */
  constructor(world: World, seed: number, { assets, defensive = DEFENSIVE }: RareOptions) {
    this.#options = { assets, defensive };
    this.#seed = seed;
    this.#blocks = world.scenario.blocks;
    this.#plain = pathSource(this.#shifted(world, 0), seed);
    this.#tilted = pathSource(this.#shifted(world, 1), seed);
  }

  /** The genome of a path, counted from 0. */
  readonly genome = (index: number): Genome => {
    const random = createRandom(streamSeed(this.#seed, index, "tilt"));
    const genome = isTilted(random, this.#options.defensive) ? this.#tilted(index) : this.#plain(index);
    // assets are independent of one another
    const logRatio = [...this.#noise].reduce(
      (sum, [name, noise]) => sum + logRatioOfShift(noise.sum, this.#shiftOf(name), noise.count),
      0,
    );
    this.#ratios.set(index, defensiveRatio([logRatio], this.#options.defensive));
    return genome;
  };

  /** The probability of what happened in some of the first paths. @param hits - their numbers, counted from 1 */
  probability(hits: ReadonlySet<number>, paths: number, confidence: number): WeightedProbability {
    const samples = Array.from({ length: paths }, (_value, index) => ({
      ratio: this.#ratioOf(index),
      hit: hits.has(index + 1),
    }));
    return weightedProbability(samples, confidence, 1 / this.#options.defensive);
  }

  report({ error, meanRatio, effectiveSamples, effectiveHits }: WeightedProbability): RareReport {
    return {
      ...this.#options,
      error,
      meanRatio,
      effectivePaths: effectiveSamples,
      effectiveRuined: effectiveHits,
    };
  }

  /** The likelihood ratio of a path. */
  #ratioOf(index: number): number {
    // a path that a file had was not drawn yet
    if (!this.#ratios.has(index)) this.genome(index);
    return this.#ratios.get(index) ?? 1;
  }

  /** The mean of each block's normal: those of independent normals add up, their deviations by the root. */
  #shiftOf(name: string): number {
    return (this.#options.assets[name]?.deviations ?? 0) / Math.sqrt(this.#blocks);
  }

  /** @param times - how often the shift is applied: 0 records the noise only */
  #shifted(world: World, times: 0 | 1): World {
    const assets = new Map(
      [...world.scenario.assets].map(([name, asset]) => {
        if (asset.process === undefined || this.#options.assets[name] === undefined) return [name, asset];
        const drew = (noise: DiffusionNoise): unknown => this.#noise.set(name, noise);
        return [name, { ...asset, process: tiltedProcess(asset.process, times * this.#shiftOf(name), drew) }];
      }),
    );
    return { ...world, scenario: { ...world.scenario, assets } };
  }
}

/** Why a probability by tilted paths is not to be relied on; none if it is. */
export function rareDoubts({ hits, effectiveHits }: WeightedProbability): readonly Doubt[] {
  // without a ruined path, the bound is exact
  if (hits === 0 || effectiveHits >= FEWEST_EFFECTIVE) return [];
  const effective = effectiveHits.toLocaleString("en-US", { maximumSignificantDigits: 2 });
  return [
    {
      code: "FEW_EFFECTIVE_PATHS",
      message: `The ruined paths (${hits.toLocaleString("en-US")}) are worth ${effective} of equal weight, fewer than the ${FEWEST_EFFECTIVE} from which on the interval holds.`,
      hint: "Play more paths, or tilt differently: with a good tilt, about half of the tilted paths are ruined, most of them barely.",
    },
  ];
}
