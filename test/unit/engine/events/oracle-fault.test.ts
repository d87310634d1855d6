import type { TellingContext } from "../../../../src/engine/events/kind.js";

import { expect } from "chai";

import { oracleFault } from "../../../../src/engine/events/oracle-fault.js";
import { ORACLE_FAULT_KINDS } from "../../../../src/oracles/faults.js";

/** A fault needs nothing of the world to be described. */
const context: TellingContext = {
  nameOf: (address) => address,
  token: () => undefined,
  assetOf: () => undefined,
  account: () => undefined,
  effect: undefined,
  threshold: undefined,
};

describe("an oracle fault", () => {
  const { tells } = oracleFault;

  it("has a sentence for every kind", () => {
    const lines = ORACLE_FAULT_KINDS.map((fault) => {
      const step = {
        kind: "oracle" as const,
        block: 2,
        oracle: "ETH",
        fault,
        blocks: fault === "zero" ? 1 : 4,
        ...(fault === "wrong" ? { factor: 126_000 } : {}),
        ...(fault === "decimals" ? { decimals: 18 } : {}),
      };
      return tells.words(tells.data(step, context)).action;
    });
    expect(lines).to.deep.equal([
      "publishes nothing for 4 blocks",
      "repeats its last price in fresh rounds for 4 blocks",
      "opens rounds that repeat its previous answer and timestamp for 4 blocks",
      "returns 0 for 1 block",
      "returns a negative price for 4 blocks",
      "returns 0.126 times the price for 4 blocks",
      "returns prices with 18 decimals from now on",
      "gets a new aggregator whose rounds start at 1",
      "reports the sequencer as down for 4 blocks",
    ]);
  });

  it("is data: numbers with their units, including the factor that survives", () => {
    const step = { kind: "oracle", block: 2, oracle: "ETH", fault: "wrong", blocks: 4, factor: 126_000 } as const;
    const data = tells.data(step, { ...context, threshold: { survives: 136_000 } });
    expect(data).to.deep.equal({
      kind: "oracle",
      oracle: "ETH",
      fault: "wrong",
      duration: { value: 4, unit: "blocks" },
      factor: { value: 0.126, unit: "times" },
      survives: { value: 0.136, unit: "times" },
    });
    expect(tells.words(data).consequence).to.equal("(0.136 survives)");
  });
});
