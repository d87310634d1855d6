import { defineScenario } from "hardhat-siege/scenario";

import { crashWeek } from "./crash-week.ts";

export default defineScenario(crashWeek);
