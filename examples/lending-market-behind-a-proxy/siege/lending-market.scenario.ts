import { defineScenario } from "hardhat-siege/scenario";

import { crash } from "./crash.ts";

export default defineScenario((connection) => crash(connection, "LendingMarket"));
