import { expect } from "chai";

import {
  dollarVault,
  laggedPoolVault,
  medianVault,
  noiseFilterVault,
  thinMarginVault,
} from "../../../fixtures/presets/margin-vaults.js";
import { presetsReach } from "../../../fixtures/presets/reach.js";

describe("presets find the flaw they are made for in lending vaults", () => {
  presetsReach([thinMarginVault, noiseFilterVault, dollarVault, medianVault, laggedPoolVault], (preset, { trace }) => {
    if (preset !== "slowBleed") return;
    // a slow fall stays slow while it is minimised, so that the twin survives the result
    const changes = trace.steps.flatMap((step) => (step.kind === "market" ? [step.change] : []));
    // 1 - 0.5^(1/15): no block's fall exceeds the preset's
    expect(Math.min(...changes)).to.be.at.least(-45_160);
    // 55 % of 2,000 dollars are lent: 1,100, which the price reaches in 13 such steps, and not in 12
    expect(changes).to.have.length(13);
  });
});
