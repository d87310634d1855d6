import { deepPoolVault, freshPriceVault, gatedVault } from "../../../fixtures/presets/depositors-vaults.js";
import { presetsReach } from "../../../fixtures/presets/reach.js";

describe("presets reach what they are for in vaults of depositors", () => {
  presetsReach([freshPriceVault, deepPoolVault, gatedVault]);
});
