import { flashLiquidation } from "./scenario.js";
export default flashLiquidation("HarborMarket");
