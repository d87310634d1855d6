import type { HistoryRegimes } from "../../../src/market/index.js";
import type { RecordedCrash } from "../../helpers/recorded-prices.js";

import { expect } from "chai";

import { fromCsv, regimeEndedSince, regimesOf } from "../../../src/market/index.js";
import { renderRegimeEnd } from "../../../src/report/regimes.js";
import { textOf } from "../../helpers/documentation.js";
import { hasRecordedPrices, recordedPrices } from "../../helpers/recorded-prices.js";

const METHODS = ["two-state", "bayesian", "cusum"] as const;

/** A moment in the middle of each crash, Unix seconds. */
const CRASHES = [
  ["2020h1", "2020-03-12T10:00:00Z"],
  ["2021q2", "2021-05-19T12:00:00Z"],
  ["2022-apr-jul", "2022-06-13T00:00:00Z"],
] as const satisfies readonly (readonly [RecordedCrash, string])[];

function regimesIn(crash: RecordedCrash, method: (typeof METHODS)[number]): HistoryRegimes<object> {
  const history = fromCsv(recordedPrices(crash), { time: "timestamp_ms", price: "close", gaps: "keep" });
  return regimesOf(history, { method });
}

describe("regimes of the recorded crashes of ether", () => {
  before(function () {
    if (!hasRecordedPrices()) this.skip();
  });

  for (const [crash, at] of CRASHES) {
    for (const method of METHODS) {
      it(`calls ${at.slice(0, 10)} turbulent by ${method}, finds it within 27 hours, and little where nothing changes`, () => {
        const { periods, changes, falseAlarms, regimes } = regimesIn(crash, method);
        const moment = Date.parse(at) / 1_000;
        const period = periods.find(({ from, to }) => from <= moment && moment <= to);
        expect(period?.label).to.equal("turbulent");
        const change = changes.find(({ at: began }) => began === period?.from);
        expect(change?.delay, "not found").to.not.equal(undefined);
        expect(change!.delay! / 3_600).to.be.within(0, 27);
        const [calm, turbulent] = regimes;
        expect(turbulent!.volatility).to.be.greaterThan(1.9 * calm!.volatility);
        expect(falseAlarms).to.be.below(method === "two-state" ? 180 : 6);
      });
    }
  }

  it("says on the evening before 12 March 2020, knowing no later price, that the regime of January has ended", () => {
    const {
      prices,
      times = [],
      ...history
    } = fromCsv(recordedPrices("2020h1"), {
      time: "timestamp_ms",
      price: "close",
      gaps: "keep",
    });
    const known = times.filter((time) => time <= Date.parse("2020-03-11T18:00:00Z") / 1_000).length;
    const regimes = regimesOf({ ...history, prices: prices.slice(0, known), times: times.slice(0, known) });
    const moment = Date.parse("2020-01-25T00:00:00Z") / 1_000;
    const line = renderRegimeEnd(regimeEndedSince(regimes, moment), moment);
    expect(textOf("docs/regimes.md")).to.include(`${line}\n`);
    expect(line).to.include("calm when it was tuned");
  });

  it("knows of 12 March 2020 the evening before", () => {
    const { changes } = regimesIn("2020h1", "two-state");
    const before = changes.findLast(({ foundAt = Infinity }) => foundAt < Date.parse("2020-03-12T10:00:00Z") / 1_000);
    expect(before?.to).to.equal("turbulent");
    expect(new Date(before!.foundAt! * 1_000).toISOString().slice(0, 13)).to.equal("2020-03-11T18");
  });
});
