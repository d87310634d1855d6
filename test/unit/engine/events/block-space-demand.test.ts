import type { TellingContext } from "../../../../src/engine/events/kind.js";

import { expect } from "chai";

import { blockSpaceDemand } from "../../../../src/engine/events/block-space-demand.js";

const context: TellingContext = {
  nameOf: (address) => address,
  token: () => undefined,
  assetOf: () => undefined,
  account: () => undefined,
  effect: undefined,
  threshold: undefined,
};

describe("a change of block-space demand", () => {
  const { tells } = blockSpaceDemand;
  const step = { kind: "gas", block: 9, change: 8_667_000 } as const;

  it("is described as a factor, with the factor that survives", () => {
    expect(tells.actor(step)).to.equal("block space");
    const data = tells.data(step, { ...context, threshold: { survives: 8_666_000 } });
    expect(data).to.deep.equal({
      kind: "gas",
      factor: { value: 9.667, unit: "times" },
      survives: { value: 9.666, unit: "times" },
    });
    expect(tells.words(data)).to.deep.equal({
      action: "demand x 9.667",
      consequence: "(survives at x 9.666)",
    });
  });

  it("is described without a threshold if none is known", () => {
    expect(tells.words(tells.data({ ...step, change: 19_000_000 }, context))).to.deep.equal({
      action: "demand x 20",
      consequence: undefined,
    });
  });
});
