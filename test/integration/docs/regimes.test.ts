import type {
  ChangePrediction,
  FoundChange,
  History,
  Process,
  RegimeEnd,
  RegimePeriod,
} from "../../../src/market/index.js";

import { expect } from "chai";

import { textOf } from "../../helpers/documentation.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { hoursOf } from "../../helpers/stretches.js";

/** What docs/regimes.md exports. */
interface Documented {
  described(history: History): string;
  processes(history: History): { readonly turbulent: Process | undefined; readonly both: Process };
  whenLiquidityLeft(history: History, reserves: readonly number[]): readonly RegimePeriod[];
  changesOfUtilisation(utilisation: readonly number[]): readonly FoundChange[];
  isOver(history: History, tunedAt: number): RegimeEnd;
  withinSixHours(history: History): ChangePrediction | undefined;
}

describe("docs/regimes.md", () => {
  const history = hoursOf(7, [0.5, 400], [2.5, 200], [0.5, 400]);
  let code: Documented;

  before(async () => {
    code = (await documentedCode("docs/regimes.md")) as unknown as Documented;
  });

  it("describes the history that it prints", () => {
    for (const line of code.described(history).split("\n")) {
      expect(textOf("docs/regimes.md")).to.include(`${line}\n`);
    }
  });

  it("fits processes", () => {
    const { turbulent, both } = code.processes(history);
    expect([turbulent?.kind, both.kind]).to.deep.equal(["gbm", "regimes"]);
  });

  it("looks at liquidity", () => {
    const reserves = history.prices.map((_price, row) => (row > 400 && row <= 600 ? 1e6 : 9e6) * (1 + (row % 7) / 20));
    const [left, ...others] = code.whenLiquidityLeft(history, reserves);
    expect(others).to.deep.equal([]);
    expect(left?.returns).to.equal(200);
  });

  it("says whether a regime is over", () => {
    const calm = code.isOver(history, 0);
    expect(calm).to.deep.equal({ then: "calm", ended: false });
    const { then, ended, change } = code.isOver(history, 500 * 3_600);
    expect([then, ended, change?.to]).to.deep.equal(["turbulent", true, "calm"]);
  });

  it("finds changes in any series, and predicts", () => {
    const utilisation = Array.from({ length: 300 }, (_value, index) => (index < 200 ? 0.6 : 0.9) + (index % 5) / 50);
    expect(code.changesOfUtilisation(utilisation).map(({ at }) => at)).to.deep.equal([200]);
    expect(code.withinSixHours(hoursOf(7, [0.5, 200], [2.5, 50], [0.5, 200], [2.5, 50], [0.5, 200]))?.within).to.equal(
      21_600,
    );
  });
});
