import type { Evidence } from "../../../src/types.js";

import { expect } from "chai";

import { count, defineCondition, quantity, usd } from "../../../src/conditions/index.js";
import { fromJson, toJson } from "../../../src/engine/json.js";
import { constant } from "../../../src/protocols/index.js";
import { failsWith } from "../../helpers/errors.js";

import { bind } from "./fake-chain.js";

/** The evidence of a condition that a user wrote. */
async function evidenceOf(judged: unknown): Promise<Evidence | undefined> {
  const condition = defineCondition({
    id: "own",
    observe: () => constant(undefined),
    // plain JavaScript returns anything
    judge: () => judged as undefined,
  });
  return (await bind(condition, { contracts: {}, accounts: {} })).judge();
}

describe("the evidence of a user's condition", () => {
  it("may be a sentence", async () => {
    expect(await evidenceOf("the cap is exceeded")).to.deep.equal({ summary: "the cap is exceeded", quantities: [] });
    expect(await evidenceOf({ summary: "the cap is exceeded" })).to.deep.equal({
      summary: "the cap is exceeded",
      quantities: [],
    });
    expect(await evidenceOf(undefined)).to.equal(undefined);
  });

  it("has the text of each number from its value and unit", async () => {
    const evidence = await evidenceOf({
      summary: "the cap is exceeded",
      quantities: [
        quantity("deposits", usd(1_234.5), "alice"),
        { label: "total supply", value: 7n, unit: { symbol: "WETH", decimals: 18 } },
        { label: "state", text: "paused" },
        { label: "depositors", kind: "accounts", ...count(3), text: "three" },
      ],
    });
    expect(evidence?.quantities).to.deep.equal([
      { kind: "deposits", of: "alice", label: "deposits of alice", value: 1_234.5, unit: "USD", text: "$1,234.50" },
      {
        kind: "total supply",
        label: "total supply",
        value: 7n,
        unit: { symbol: "WETH", decimals: 18 },
        text: "7 wei of WETH",
      },
      { kind: "state", label: "state", text: "paused" },
      { kind: "accounts", label: "depositors", value: 3, unit: "count", text: "three" },
    ]);
    expect(fromJson(toJson(evidence))).to.deep.equal(evidence);
  });

  it("keeps the text alone of a number that JSON does not have", async () => {
    const evidence = await evidenceOf({
      summary: "a price of zero",
      quantities: [quantity("deviation", usd(Infinity))],
    });
    expect(evidence?.quantities).to.deep.equal([{ kind: "deviation", label: "deviation", text: "$∞" }]);
  });

  for (const [what, judged] of [
    ["is an empty string", ""],
    ["is a boolean", false],
    ["has no summary", { quantities: [] }],
    ["is a promise", Promise.resolve("too late")],
    ["has a quantity without a name", { summary: "a", quantities: [{ value: 1, unit: "USD" }] }],
    [
      "has a quantity of an unknown unit",
      { summary: "a", quantities: [{ label: "rate", value: 1, unit: "per mille" }] },
    ],
    ["has a quantity without anything to say", { summary: "a", quantities: [{ label: "rate" }] }],
  ] as const) {
    it(`is refused if it ${what}`, async () => {
      const refused = await failsWith("CONDITION_FAILED", () => evidenceOf(judged));
      expect(refused.message).to.include("judge()").and.to.include("returned");
    });
  }
});
