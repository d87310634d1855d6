import { etherMarket } from "./scenario.js";
export default etherMarket("EtherMarket");
