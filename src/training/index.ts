export { cmaEs } from "./optimisers/cma-es.js";
export type { CmaEs, CmaEsOptions, Evaluated } from "./optimisers/cma-es.js";
export type { Scored } from "./optimisers/dominance.js";
export { hypervolume } from "./optimisers/hypervolume.js";
export { nsga2 } from "./optimisers/nsga2.js";
export type { Individual, Nsga2, Nsga2Options } from "./optimisers/nsga2.js";
export type { Random } from "../market/random.js";
