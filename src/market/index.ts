export { gbm } from "./gbm.js";
export type { GbmOptions } from "./gbm.js";
export { path } from "./path.js";
export type { Process, ProcessContext } from "./process.js";
export type { Random } from "./random.js";
export { shock } from "./shock.js";
export type { ShockOptions } from "./shock.js";
export { surge } from "./surge.js";
export type { SurgeOptions } from "./surge.js";
