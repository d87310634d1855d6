export { calibrateFlow } from "./calibration/calibrate-flow.js";
export type { CalibrateFlowOptions, FlowCalibration, LendingFlow, TradeFlow } from "./calibration/calibrate-flow.js";
export type { Arrivals } from "./calibration/arrivals.js";
export { fitHawkesArrivals } from "./calibration/hawkes-arrivals.js";
export type { HawkesArrivals } from "./calibration/hawkes-arrivals.js";
export type { LenderFlow } from "./calibration/lenders.js";
export type { LiquidationFlow } from "./calibration/liquidations.js";
export type { ParetoTail, Sizes } from "./calibration/sizes.js";
export type {
  BlockRange,
  FlowContract,
  FlowCounts,
  FlowDataSet,
  FlowFeed,
  FlowLending,
  FlowPool,
  FlowToken,
} from "./data-set/flow-data-set.js";
export type {
  FlowEvent,
  LendingEvent,
  LiquidationEvent,
  LiquidityEvent,
  RoundEvent,
  SwapEvent,
} from "./data-set/flow-event.js";
export { readFlow } from "./data-set/read-flow.js";
export type { FlowEstimate } from "./flow-estimate.js";
export type { Distance } from "../numeric/kolmogorov.js";
export type { InformedShare } from "./toxicity/informed-share.js";
export type { Markout } from "./toxicity/markouts.js";
export { constantProductLoss } from "./toxicity/rebalancing-loss.js";
export type { GivenPrices } from "./toxicity/reference.js";
export { toxicityOf } from "./toxicity/toxicity.js";
export type { CounterpartyFlow, Toxicity, ToxicityOptions } from "./toxicity/toxicity.js";
export { tradesOfPool } from "./trades.js";
export type { PoolTrades, Span, Trade } from "./trades.js";
export { vpin } from "./toxicity/vpin.js";
export type { SidedTrade, VpinOptions } from "./toxicity/vpin.js";
