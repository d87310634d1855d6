import { optimisticPrice } from "./scenario.js";
export default optimisticPrice("AurumCreditFixed");
