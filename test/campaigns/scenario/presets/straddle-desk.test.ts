import { expect } from "chai";

import { presetsReach } from "../../../fixtures/presets/reach.js";
import { straddles } from "../../../fixtures/presets/straddle-desk.js";

describe("volShock finds the flaw that it is made for", () => {
  presetsReach([straddles], (_preset, { trace, steps }) => {
    // whoever buys, and volatility, which shrinks to the rise that the margin does not cover
    const [rise] = trace.steps.flatMap((step) => (step.kind === "market" ? [step] : []));
    expect(trace.steps).to.have.length(2);
    expect(rise?.asset).to.equal("ETH_IV");
    expect(rise?.change).to.be.within(250_000, 1_200_000);
    expect(steps.map(({ action }) => action).join(" ")).to.include("ETH_IV rises");
  });
});
