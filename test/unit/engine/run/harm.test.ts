import type { Quantity } from "../../../../src/conditions/evidence.js";
import type { Violation } from "../../../../src/engine/run/outcome.js";

import { expect } from "chai";

import { quantity } from "../../../../src/conditions/evidence.js";
import { HarmWatch } from "../../../../src/engine/run/harm.js";
import { percent, tokens, usd } from "../../../../src/quantity/amount.js";

const WETH = { symbol: "WETH", decimals: 18 };

function violation(condition: string, ...quantities: readonly Quantity[]): Violation {
  return { condition, target: "Vault", block: 1, cause: condition, evidence: { summary: condition, quantities } };
}

describe("the harm of a run", () => {
  let watch: HarmWatch;

  beforeEach(() => {
    watch = new HarmWatch();
  });

  const after = (...violations: readonly Violation[]): void => watch.watcher.broken?.(violations);

  it("is the most after any block, and what is left after the last", () => {
    after();
    after(violation("solvent", quantity("shortfall", tokens(3n * 10n ** 18n, WETH))));
    after(violation("solvent", quantity("shortfall", tokens(10n ** 18n, WETH))));
    expect(watch.harm).to.deep.equal({
      measured: [{ condition: "solvent", kind: "shortfall", unit: WETH, most: 3, last: 1 }],
      atEnd: ["solvent"],
    });
    after();
    expect(watch.harm).to.deep.equal({
      measured: [{ condition: "solvent", kind: "shortfall", unit: WETH, most: 3, last: 0 }],
      atEnd: [],
    });
  });

  it("is that of several protocols together, and the largest of several shares", () => {
    after(
      violation("noShortfall", quantity("shortfall", usd(10), "lending")),
      violation("noShortfall", quantity("shortfall", usd(5), "pool")),
      violation("fairShare", quantity("loss", percent(0.1), "alice")),
      violation("fairShare", quantity("loss", percent(0.3), "bob")),
    );
    expect(watch.harm.measured.map(({ most }) => most)).to.deep.equal([15, 30]);
  });

  it("is counted once if every account's evidence says what all have lost", () => {
    const evidence = [quantity("bad debt", usd(30)), quantity("debt", usd(20), "alice")];
    after(violation("noBadDebt", ...evidence), violation("noBadDebt", ...evidence));
    expect(watch.harm.measured.map(({ most }) => most)).to.deep.equal([30]);
  });

  it("is what depositors miss", () => {
    after(
      violation(
        "withdrawable",
        quantity("value of shares", tokens(4n * 10n ** 18n, WETH), "alice"),
        quantity("payout", tokens(10n ** 18n, WETH), "alice"),
      ),
    );
    expect(watch.harm.measured).to.deep.equal([
      { condition: "withdrawable", kind: "missing payout", unit: WETH, most: 3, last: 3 },
    ]);
  });

  it("is unknown where a condition says no number", () => {
    after(violation("invariants"));
    expect(watch.harm).to.deep.equal({ measured: [], atEnd: ["invariants"] });
  });
});
