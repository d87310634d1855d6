import { expect } from "chai";

import { describeFault } from "../../../src/engine/describe-fault.js";
import { ORACLE_FAULT_KINDS } from "../../../src/oracles/faults.js";

describe("describeFault", () => {
  it("has a line for every kind", () => {
    const lines = ORACLE_FAULT_KINDS.map((fault) =>
      describeFault({
        oracle: "ETH",
        fault,
        blocks: fault === "zero" ? 1 : 4,
        ...(fault === "wrong" ? { factor: 126_000 } : {}),
        ...(fault === "decimals" ? { decimals: 18 } : {}),
      }),
    );
    expect(lines).to.deep.equal([
      "publishes nothing for 4 blocks",
      "repeats its last price in fresh rounds for 4 blocks",
      "opens rounds with its last answer and that one's time for 4 blocks",
      "answers 0 for 1 block",
      "answers a negative price for 4 blocks",
      "answers 0.126 times the price for 4 blocks",
      "answers with 18 decimals from now on",
      "gets a new aggregator, whose rounds are counted from 1",
      "says that the sequencer is down for 4 blocks",
    ]);
  });
});
