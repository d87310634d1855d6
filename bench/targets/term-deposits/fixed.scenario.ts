import { termDeposits } from "./scenario.js";
export default termDeposits("TermDepositsFixed");
