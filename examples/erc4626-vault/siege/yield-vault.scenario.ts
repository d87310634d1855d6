import { defineScenario } from "hardhat-siege/scenario";

import { weekOfYield } from "./week-of-yield.ts";

export default defineScenario((connection) => weekOfYield(connection, "YieldVault"));
