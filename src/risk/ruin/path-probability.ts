import type { TiltedPaths } from "../rare/tilted-paths.js";
import type { WeightedProbability } from "../rare/weighted-probability.js";
import type { RuinedPath } from "./path-end.js";
import type { StopWhen } from "./ruin-options.js";
import type { PathProbability } from "./ruin-result.js";

import { clopperPearson } from "../intervals/clopper-pearson.js";

import { pathSequence } from "./path-sequence.js";

/** What probabilities of paths are made with. */
interface PathProbabilityOptions {
  readonly confidence: number;
  /** How many paths were asked for. */
  readonly wanted: number;
  /** What tilted the paths and weighs them; `undefined` if all count the same. */
  readonly tilted: TiltedPaths | undefined;
}

/** Makes probabilities of what happened in some of the paths. */
export class PathProbabilities {
  readonly #options: PathProbabilityOptions;

  constructor(options: PathProbabilityOptions) {
    this.#options = options;
  }

  /**
   * @param paths - how many were played
   * @param isFixed - whether that number was chosen beforehand; not if a fault or a clock chose it
   */
  of(own: readonly RuinedPath[], paths: number, { isFixed }: { readonly isFixed: boolean }): PathProbability {
    const weighted = this.weighted(own, paths);
    if (weighted !== undefined) return { value: weighted.value, interval: weighted.interval };
    const successes = own.length;
    return {
      value: paths === 0 ? undefined : successes / paths,
      interval: isFixed
        ? clopperPearson({ successes, trials: paths }, this.#options.confidence)
        : pathSequence({ successes, trials: paths }, this.#options),
    };
  }

  /** The same with what shows whether to believe it; `undefined` if all paths count the same. */
  weighted(own: readonly RuinedPath[], paths: number): WeightedProbability | undefined {
    const { tilted, confidence } = this.#options;
    return tilted?.probability(new Set(own.map(({ path }) => path)), paths, confidence);
  }

  /** Whether paths may stop. */
  isEnough(when: StopWhen, ruined: number, paths: number): boolean {
    const { lower, upper } = pathSequence({ successes: ruined, trials: paths }, this.#options);
    return "limit" in when ? upper < when.limit || lower >= when.limit : upper - lower <= when.width;
  }
}
