import { minimumDebt } from "./scenario.js";
export default minimumDebt("MeridianLending");
