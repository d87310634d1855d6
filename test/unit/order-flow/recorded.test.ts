import type { JsonTransaction } from "../../../src/order-flow/recorded.js";

import { expect } from "chai";
import { numberToHex, zeroAddress } from "viem";

import { undisturbed } from "../../../src/conditions/index.js";
import { orderFlowOf } from "../../../src/market/index.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { failsWith } from "../../helpers/errors.js";

const HASH = numberToHex(1, { size: 32 });

function transaction(more: Partial<JsonTransaction>): JsonTransaction {
  const plain = { hash: HASH, from: zeroAddress, to: zeroAddress, input: "0x", value: "0x1", gas: "0x5208" } as const;
  return { ...plain, ...more };
}

/** The priority fee of one transaction, in a block with a base fee of 10. */
function tip(more: Partial<JsonTransaction>): bigint | undefined {
  return orderFlowOf({ baseFeePerGas: "0xa", transactions: [transaction(more)] })[0]?.tip;
}

describe("orderFlowOf", () => {
  it("takes a block's transactions", () => {
    const made = orderFlowOf({ transactions: [transaction({ gasPrice: "0x7" }), transaction({ to: null })] });
    const plain = { hash: HASH, from: zeroAddress, data: "0x", value: 1n, gas: 21_000n };
    expect(made).to.deep.equal([
      { ...plain, to: zeroAddress, tip: 7n },
      { ...plain, tip: 0n },
    ]);
  });

  it("computes what was paid above the base fee", () => {
    expect(tip({ gasPrice: "0xf" })).to.equal(5n);
    expect(tip({ maxFeePerGas: "0x14", maxPriorityFeePerGas: "0x3" })).to.equal(3n);
    expect(tip({ maxFeePerGas: "0xb", maxPriorityFeePerGas: "0x3" })).to.equal(1n);
  });
});

describe("the order flow of a scenario", () => {
  function build(orderFlow: unknown): unknown {
    return buildScenario({
      name: "flow",
      blocks: 1,
      assets: { ETH: { price: 1 } },
      agents: [],
      conditions: [undisturbed()],
      orderFlow: orderFlow as never,
    });
  }

  const good = { hash: HASH, from: zeroAddress, data: "0x", value: 0n, gas: 21_000n, tip: 0n };

  it("is empty by default", () => {
    expect(build(undefined)).to.deep.include({ orderFlow: [] });
    expect(build([[good]])).to.deep.include({ orderFlow: [[good]] });
  });

  for (const [what, flow] of [
    ["is no list", {}],
    ["has a block that is no list", [good]],
    ["has more blocks than the scenario", [[], [good]]],
    ["has a transaction twice", [[good, good]]],
    ["has a hash that is none", [[{ ...good, hash: "0x12" }]]],
    ["has a sender that is none", [[{ ...good, from: "alice" }]]],
    ["has an amount that is no bigint", [[{ ...good, tip: 3 }]]],
    ["has what JSON-RPC says, not what orderFlowOf makes of it", [[{ ...good, input: "0x" }]]],
  ] as const) {
    it(`is refused if it ${what}`, async () => {
      await failsWith("INVALID_SCENARIO", () => build(flow));
    });
  }
});
