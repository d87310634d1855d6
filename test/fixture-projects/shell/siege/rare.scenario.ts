import { boxScenario } from "./box-scenario.js";

/** Few values break it, so that it takes dozens of runs to come to one. */
export default boxScenario("LeakyBox", (value) => value > 1_000n && value % 31n === 26n);
