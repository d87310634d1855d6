import { emissionGauges } from "./scenario.js";
export default emissionGauges("EmissionGauges");
