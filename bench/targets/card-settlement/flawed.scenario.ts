import { cardSettlement } from "./scenario.js";
export default cardSettlement("SpendVault");
