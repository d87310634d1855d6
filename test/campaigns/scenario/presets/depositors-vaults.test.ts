import { deepPoolVault, freshPriceVault, gatedVault } from "../../../fixtures/presets/depositors-vaults.js";
import { presetsReach } from "../../../fixtures/presets/reach.js";

describe("presets find the flaw they are made for in vaults of depositors", () => {
  presetsReach([freshPriceVault, deepPoolVault, gatedVault]);
});
