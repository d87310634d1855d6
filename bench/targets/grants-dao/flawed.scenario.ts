import { grantsDao } from "./scenario.js";
export default grantsDao("GrantsDao");
