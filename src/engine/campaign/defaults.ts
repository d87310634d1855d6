/** Runs that a search may use: as many as take the seconds on lanes in the test runner that 200 took on simulated networks. */
export const DEFAULT_RUNS = 500;

export const DEFAULT_SEED = 1;
