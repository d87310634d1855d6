import { collateralAuction } from "./scenario.js";
export default collateralAuction("GavelLoansFixed");
