import type { OracleFaultKind } from "../../../src/oracles/faults.js";

import { expect } from "chai";

import { faultyPrice } from "../../../src/oracles/faulty-price.js";

const fault = (kind: OracleFaultKind, factor?: number) => ({
  oracle: "ETH",
  fault: kind,
  blocks: 1,
  ...(factor === undefined ? {} : { factor }),
});

/** The market fell from 2,000 to 1,500, which is due. */
const due = { due: 1_500, seen: 1_500, last: 2_000 };
const nothing = { due: undefined, seen: 2_000, last: 2_000 };

describe("faultyPrice", () => {
  it("is the due price if there is no fault, or nothing", () => {
    expect(faultyPrice({ faults: [], ...due })).to.deep.equal({ price: 1_500, carried: false });
    expect(faultyPrice({ faults: [], ...nothing })).to.equal(undefined);
  });

  it("repeats the old price if a feed is frozen, and carries it over if it is stale", () => {
    expect(faultyPrice({ faults: [fault("frozen")], ...due })).to.deep.equal({ price: 2_000, carried: false });
    expect(faultyPrice({ faults: [fault("stale")], ...due })).to.deep.equal({ price: 2_000, carried: true });
    for (const kind of ["frozen", "stale"] as const) {
      expect(faultyPrice({ faults: [fault(kind)], ...nothing })).to.equal(undefined);
    }
  });

  it("publishes an invalid answer whether a round is due or not", () => {
    for (const at of [due, nothing]) {
      expect(faultyPrice({ faults: [fault("zero")], ...at })?.price).to.equal(0);
      expect(faultyPrice({ faults: [fault("negative")], ...at })?.price).to.equal(-at.seen);
      expect(faultyPrice({ faults: [fault("wrong", 100_000)], ...at })?.price).to.equal(at.seen / 10);
    }
  });

  it("is nothing while silent, whatever else is wrong; of other faults the last counts", () => {
    expect(faultyPrice({ faults: [fault("silent"), fault("zero")], ...due })).to.equal(undefined);
    expect(faultyPrice({ faults: [fault("zero"), fault("frozen")], ...due })?.price).to.equal(2_000);
    expect(faultyPrice({ faults: [fault("frozen"), fault("zero")], ...due })?.price).to.equal(0);
  });
});
