import { stakeCouncil } from "./scenario.js";
export default stakeCouncil("StakeCouncilFixed");
