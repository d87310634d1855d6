import { stakedEtherMarket } from "./scenario.js";
export default stakedEtherMarket("StakedEtherMarket");
