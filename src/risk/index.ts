export { arithmeticAsianPrice, geometricAsianPrice } from "./options/asian.js";
export type { AsianOption, SimulationOptions } from "./options/asian.js";
export { barrierPrice } from "./options/barrier.js";
export type { BarrierOption } from "./options/barrier.js";
export { blackScholes } from "../market/options/black-scholes.js";
export type { BlackScholesOption, Greeks } from "../market/options/black-scholes.js";
export type { SimulatedValue } from "./options/simulated-value.js";
export { estimateGreeks } from "./options/estimated-greeks.js";
export type { EstimatedGreeks, GreeksOptions } from "./options/estimated-greeks.js";
export { hestonPrice } from "./options/heston-price.js";
export { impliedVolatility } from "./options/implied-volatility.js";
export type { PricedOption } from "./options/implied-volatility.js";
export { kouPrice } from "./options/kou-price.js";
export { mertonPrice } from "./options/merton-price.js";
export type { EuropeanOption } from "../market/options/option.js";
export { calibrateSurface } from "./options/surface.js";
export type { SurfaceCalibration } from "./options/surface.js";
export { calibrateVolatility } from "./options/calibrate-volatility.js";
export type { CalibrateVolatilityOptions, VolatilityCalibration } from "./options/calibrate-volatility.js";
export type { SmileShape } from "./options/ssvi.js";
export type { VolatilityQuote } from "./options/volatility-quote.js";
export { clopperPearson } from "./intervals/clopper-pearson.js";
export { bernoulliConfidenceSequence } from "./intervals/confidence-sequence.js";
export { normalMixtureBound, type Tuning } from "./intervals/normal-mixture.js";
export type {
  BootstrapInterval,
  Estimate,
  Interval,
  IntervalMethod,
  ProbabilityInterval,
} from "./intervals/interval.js";
export type { Trials } from "./intervals/require-trials.js";
export { elementaryEffects, morrisEffect, morrisTrajectories } from "./sensitivity/morris.js";
export type { MorrisEffect, MorrisValues, Trajectory } from "./sensitivity/morris.js";
export { saltelliDesign, sobolIndices } from "./sensitivity/saltelli.js";
export type { SaltelliRow, SaltelliValues, SobolIndex, SobolIndices } from "./sensitivity/saltelli.js";
export { sobolPoints } from "./sensitivity/sobol-points.js";
export { importanceSampling } from "./rare/importance-sampling.js";
export type { ImportanceOptions, NormalEvent } from "./rare/importance-sampling.js";
export { multilevelSplitting } from "./rare/multilevel-splitting.js";
export type { SplitProbability, SplittingOptions } from "./rare/multilevel-splitting.js";
export { treeSplitting } from "./rare/tree-splitting.js";
export type { TreeProbability, TreeSplittingOptions } from "./rare/tree-splitting.js";
export type { ChainScore, ScoreContext } from "./rare/chain-branches.js";
export type { RareRuinOptions } from "./rare/rare-ruin-options.js";
export type { RareRuinResult } from "./rare/rare-ruin.js";
export type { BranchableChain } from "./rare/branchable-chain.js";
export { shiftedNormal, tiltedExponential } from "./rare/tilted-noise.js";
export type { TiltedNoise } from "./rare/tilted-noise.js";
export { weightedProbability } from "./rare/weighted-probability.js";
export type { WeightedProbability, WeightedSample } from "./rare/weighted-probability.js";
export type { AssetTilt, RareOptions } from "./rare/rare-options.js";
export type { RareReport } from "./rare/tilted-paths.js";
