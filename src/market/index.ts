export { gbm } from "./gbm.js";
export type { GbmOptions } from "./gbm.js";
export { ORACLE_FAULT_KINDS } from "./oracle-faults.js";
export type { OracleFault, OracleFaultKind } from "./oracle-faults.js";
export { path } from "./path.js";
export type { Process, ProcessContext } from "./process.js";
export type { Random } from "./random.js";
export { shock } from "./shock.js";
export type { ShockOptions } from "./shock.js";
