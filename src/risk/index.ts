/** Risk in numbers: intervals for what is estimated from runs. */
export { clopperPearson } from "./intervals/clopper-pearson.js";
export { bernoulliConfidenceSequence } from "./intervals/confidence-sequence.js";
export { normalMixtureBound, type Tuning } from "./intervals/normal-mixture.js";
export type { Estimate, Interval, IntervalMethod, ProbabilityInterval } from "./intervals/interval.js";
export type { Trials } from "./intervals/require-trials.js";
