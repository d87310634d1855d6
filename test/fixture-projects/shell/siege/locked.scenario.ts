import { boxScenario } from "./box-scenario.js";

export default boxScenario("LockedBox");
