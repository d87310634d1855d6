import type { CampaignResult } from "../../../src/types.js";

import { expect } from "chai";

import { SiegeError } from "../../../src/errors.js";
import { toJson } from "../../../src/tasks/result-json.js";

describe("results as JSON", () => {
  it("hold amounts as strings and errors as their code", () => {
    const error = new SiegeError("NO_CODE", { message: "There is no code.", hint: "Deploy it." });
    // two fields stand in for a whole result
    const result = { kind: "survived", amount: 10n ** 20n } as unknown as CampaignResult;
    expect(
      JSON.parse(
        toJson([
          { file: "a.ts", result },
          { file: "b.ts", error },
          { file: "c.ts", error: new TypeError("x is not a function") },
        ]),
      ),
    ).to.deep.equal({
      version: 1,
      results: [
        { file: "a.ts", result: { kind: "survived", amount: "100000000000000000000" } },
        { file: "b.ts", error: { code: "NO_CODE", message: "There is no code.", hint: "Deploy it." } },
        { file: "c.ts", error: { message: "x is not a function" } },
      ],
    });
  });
});
