import type { CampaignResult } from "../../../../src/types.js";

import { expect } from "chai";

import { quantity, tokens } from "../../../../src/conditions/index.js";
import { SiegeError } from "../../../../src/errors.js";
import { json } from "../../../../src/report/reporters/json.js";

describe("results as JSON", () => {
  it("hold amounts as strings and errors as their code", () => {
    const error = new SiegeError("NO_CODE", { message: "There is no code.", hint: "Deploy it." });
    // a few fields stand for all of a result
    const shortfall = quantity("shortfall", tokens(10n ** 20n, { symbol: "WETH", decimals: 18 }));
    const result = { kind: "violation", evidence: [shortfall] } as unknown as CampaignResult;
    expect(
      JSON.parse(
        json([
          { file: "a.ts", result },
          { file: "b.ts", error },
          { file: "c.ts", error: new TypeError("x is not a function") },
        ]),
      ),
    ).to.deep.equal({
      version: 2,
      results: [
        {
          file: "a.ts",
          result: {
            kind: "violation",
            evidence: [
              {
                kind: "shortfall",
                label: "shortfall",
                value: "100000000000000000000",
                unit: { symbol: "WETH", decimals: 18 },
                text: "100 WETH",
              },
            ],
          },
        },
        { file: "b.ts", error: { code: "NO_CODE", message: "There is no code.", hint: "Deploy it." } },
        { file: "c.ts", error: { message: "x is not a function" } },
      ],
    });
  });
});
