import { expect } from "chai";

import { withRelativeTimes } from "../../../../src/engine/explain/timeline/relative-times.js";

describe("times in decoded calls", () => {
  const START = 1_735_689_600;

  it("are told from the start, so that they are the same on another day", () => {
    for (const start of [START, START + 86_400 * 365 * 3]) {
      const [before, at, after] = [start - 840, start, start + 120];
      expect(withRelativeTimes(`swap(5, ${after.toLocaleString("en-US")})`, start)).to.equal(
        "swap(5, start + 2 minutes)",
      );
      expect(withRelativeTimes(`7, 200,000,000,000, ${at}, (${before})`, start)).to.equal(
        "7, 200,000,000,000, start, (start - 14 minutes)",
      );
    }
  });

  it("are neither amounts of tokens nor other numbers", () => {
    for (const text of [
      "1,735,689,600 USDC",
      "0x1735689600",
      "17,356,896,000",
      "1,735,689,600.5",
      "45 × 10^18",
      "3,000,000,000",
    ]) {
      expect(withRelativeTimes(text, START)).to.equal(text);
    }
  });
});
