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
