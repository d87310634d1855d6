export { chainlink } from "./chainlink/chainlink.js";
export type { ChainlinkOptions, ChainlinkView } from "./chainlink/chainlink.js";
export { ORACLE_FAULT_KINDS } from "./faults.js";
export type { OracleFault, OracleFaultKind } from "./faults.js";
export { defineOracle } from "./oracle.js";
export type {
  Oracle,
  OracleBounds,
  OracleDefinition,
  OracleFactory,
  OracleInspectContext,
  OracleModel,
  PriceFeedDefinition,
  Publication,
  UptimeFeedDefinition,
} from "./oracle.js";
export { sequencerUptime } from "./sequencer-uptime.js";
export type { SequencerUptimeOptions, SequencerUptimeView } from "./sequencer-uptime.js";
export { volatilityOracleAbi } from "./volatility/abi.js";
export { volatilityOracleCode } from "./volatility/creation-code.js";
export type { VolatilityOracleDeployment } from "./volatility/creation-code.js";
export { surfaceVolatility } from "./volatility/surface.js";
export type { SurfacePoint, VolatilitySurface } from "./volatility/surface.js";
export { volatilityOracle } from "./volatility/volatility-oracle.js";
export type { VolatilityOracleOptions, VolatilityOracleView } from "./volatility/volatility-oracle.js";
