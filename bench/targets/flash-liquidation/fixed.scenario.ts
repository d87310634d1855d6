import { flashLiquidation } from "./scenario.js";
export default flashLiquidation("HarborMarketFixed");
