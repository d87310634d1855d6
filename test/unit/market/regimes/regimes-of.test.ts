import type { RegimeLabel } from "../../../../src/market/index.js";

import { expect } from "chai";

import { gbm, regimesOf } from "../../../../src/market/index.js";
import { createRandom } from "../../../../src/market/random.js";
import { codeOf } from "../../../helpers/errors.js";
import { simulatedHistory } from "../../../helpers/simulated-history.js";
import { hoursOf } from "../../../helpers/stretches.js";

const HOUR = 3_600;

/** Calm, turbulent, calm: 400, 200 and 400 hours. */
const history = hoursOf(7, [0.5, 400], [2.5, 200], [0.5, 400]);
const TRUTH: readonly RegimeLabel[] = ["calm", "turbulent", "calm"];

describe("regimesOf", () => {
  for (const method of ["two-state", "bayesian", "cusum"] as const) {
    describe(`by ${method}`, () => {
      const result = regimesOf(history, { method });

      it("labels the history, and dates its changes to a few hours", () => {
        expect(result.periods.map(({ label }) => label)).to.deep.equal(TRUTH);
        expect(result.periods.reduce((sum, { returns }) => sum + returns, 0)).to.equal(1_000);
        const [first, second] = result.changes;
        expect(first!.at / HOUR).to.be.closeTo(401, 8);
        expect(second!.at / HOUR).to.be.closeTo(601, 8);
        expect(result.now).to.deep.equal({ label: "calm", since: second!.at });
      });

      it("says after how many hours they were found", () => {
        for (const { at, foundAt, delay } of result.changes) {
          expect(delay).to.equal(foundAt! - at);
          expect(delay! / HOUR).to.be.within(0, 48);
        }
      });

      it("fits a process to each, and one of both", () => {
        const [calm, turbulent] = result.regimes;
        expect(calm!.volatility).to.be.closeTo(0.5, 0.06);
        expect(turbulent!.volatility).to.be.closeTo(2.5, 0.4);
        expect(calm!.calibration.parameters.volatility).to.be.closeTo(calm!.volatility, 0.01);
        expect(calm!.share + turbulent!.share).to.be.closeTo(1, 1e-9);
        expect(result.process.kind).to.equal("regimes");
      });
    });
  }

  it("tells of one regime where there is one, with its process", () => {
    for (const method of ["two-state", "bayesian", "cusum"] as const) {
      const { regimes, periods, changes, process, now, prediction } = regimesOf(
        simulatedHistory(gbm({ volatility: 0.8 }), 600, 6),
        { method },
      );
      expect(
        periods.map(({ label }) => label),
        method,
      ).to.deep.equal(["only"]);
      expect(regimes).to.have.lengthOf(1);
      expect([changes, now.label, process.kind, prediction]).to.deep.equal([[], "only", "gbm", undefined]);
    }
  });

  it("counts alarms where nothing changes: few, as clusters are what it looks for", () => {
    // in a year of hours
    expect(regimesOf(history, { method: "bayesian" }).falseAlarms).to.be.within(0, 30);
    expect(regimesOf(history, { method: "cusum" }).falseAlarms).to.be.within(0, 30);
  });

  it("takes depth into account: it tells regimes apart that volatility alone hardly does", () => {
    const mild = hoursOf(3, [0.5, 300], [0.8, 200], [0.5, 300]);
    const random = createRandom(9);
    const depth = mild.prices.map((_price, row) =>
      Math.exp((row > 300 && row <= 500 ? 11 : 13) + 0.3 * random.normal()),
    );
    const { periods } = regimesOf(mild, { depth });
    expect(periods.map(({ label }) => label)).to.deep.equal(TRUTH);
    expect(periods[1]!.from / HOUR).to.be.closeTo(300, 1);
    expect(regimesOf(mild).periods).to.not.deep.equal(periods);
  });

  it("predicts changes better than the rate of the past where regimes last longer in one state than in the other", () => {
    const parts = Array.from({ length: 20 }, () => [[0.4, 150] as const, [2.5, 15] as const]).flat();
    const { prediction } = regimesOf(hoursOf(2, ...parts), { within: 12 * HOUR });
    expect(prediction!.within).to.equal(12 * HOUR);
    expect(prediction!.brier).to.be.below(0.9 * prediction!.baseRateBrier);
    expect(prediction!.hindsightBrier).to.be.at.most(prediction!.baseRateBrier);
    // calm at the last price, as turbulent stretches are over within hours
    expect(prediction!.probability).to.be.within(0, 1);
  });

  it("leaves returns across gaps out", () => {
    const times = history.prices.map((_price, row) => row * HOUR + (row > 500 ? 30 * 86_400 : 0));
    const { periods, changes } = regimesOf({ ...history, times, gaps: "keep" });
    expect(periods.reduce((sum, { returns }) => sum + returns, 0)).to.equal(999);
    expect(changes[1]!.at - changes[0]!.at).to.be.closeTo(200 * HOUR + 30 * 86_400, 16 * HOUR);
  });

  it("refuses histories that are too short and options that make no sense", () => {
    const short = simulatedHistory(gbm({ volatility: 0.8 }), 150, 1);
    expect(codeOf(() => regimesOf(short))).to.equal("INVALID_HISTORY");
    const still = { prices: new Array<number>(300).fill(5), spacing: HOUR };
    expect(codeOf(() => regimesOf(still))).to.equal("INVALID_HISTORY");
    for (const depth of [[1], history.prices.map(() => 0), history.prices.map(() => NaN), "deep"]) {
      expect(codeOf(() => regimesOf(history, { depth: depth as number[] }))).to.equal("INVALID_HISTORY");
    }
    for (const options of [{ method: "guess" }, { within: 0 }, { model: "heston" }, { horizon: 5 }]) {
      expect(
        codeOf(() => regimesOf(history, options as object)),
        JSON.stringify(options),
      ).to.equal("INVALID_OPTION");
    }
  });
});
