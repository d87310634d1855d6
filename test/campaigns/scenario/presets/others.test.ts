import { auction, bridge, dao, fund, harvest } from "../../../fixtures/presets/others.js";
import { presetsReach } from "../../../fixtures/presets/reach.js";

describe("presets find the flaw they are made for outside vaults", () => {
  presetsReach([auction, harvest, fund, dao, bridge]);
});
