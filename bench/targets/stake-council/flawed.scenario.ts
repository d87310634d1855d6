import { stakeCouncil } from "./scenario.js";
export default stakeCouncil("StakeCouncil");
