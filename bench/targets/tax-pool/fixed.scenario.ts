import { scenarioFor } from "./scenario.js";
export default scenarioFor("TaxPoolFixed");
