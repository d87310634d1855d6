import { scenarioOf } from "./scenario.js";
export default scenarioOf("SafetyStakingFixed");
