import { auction, bridge, dao, fund, harvest } from "../../../fixtures/presets/others.js";
import { presetsReach } from "../../../fixtures/presets/reach.js";

describe("presets reach what they are for beyond vaults", () => {
  presetsReach([auction, harvest, fund, dao, bridge]);
});
