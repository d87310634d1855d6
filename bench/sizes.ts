/** How much is measured. */
export interface Sizes {
  /** Samples per figure. */
  readonly samples: number;
  /** Our calls per throughput sample, for each lane; the peers' are in peers/measures.ts. */
  readonly calls: number;
  /** Seeds per search. */
  readonly seeds: number;
  /** Seeds per minimised finding. */
  readonly minimisedSeeds: number;
  readonly reverts: number;
  readonly growthSamples: number;
  /** Of the risk run. */
  readonly paths: number;
}

export const SIZES: Sizes =
  process.env.BENCH_QUICK === "1"
    ? { samples: 1, calls: 500, seeds: 1, minimisedSeeds: 1, reverts: 200, growthSamples: 1, paths: 20 }
    : { samples: 5, calls: 3_000, seeds: 10, minimisedSeeds: 5, reverts: 100_000, growthSamples: 3, paths: 2_000 };
