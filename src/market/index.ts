export { gbm } from "./gbm.js";
export type { GbmOptions } from "./gbm.js";
export { path } from "./path.js";
export type { Process, ProcessContext } from "./process.js";
export type { Random } from "./random.js";
export { route } from "./routing.js";
export type { Route, RouteLeg, RouteRequest } from "./routing.js";
export { shock } from "./shock.js";
export type { ShockOptions } from "./shock.js";
