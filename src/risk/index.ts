/** Risk in numbers: what drives an output. */
export { elementaryEffects, morrisEffect, morrisTrajectories } from "./sensitivity/morris.js";
export type { MorrisEffect, MorrisValues, Trajectory } from "./sensitivity/morris.js";
export { saltelliDesign, sobolIndices } from "./sensitivity/saltelli.js";
export type { SaltelliRow, SaltelliValues, SobolIndex, SobolIndices } from "./sensitivity/saltelli.js";
export { sobolPoints } from "./sensitivity/sobol-points.js";
export type { BootstrapInterval } from "./sensitivity/bootstrap.js";
