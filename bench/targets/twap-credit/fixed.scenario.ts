import { twapCredit } from "./scenario.js";
export default twapCredit("GroveCreditFixed");
