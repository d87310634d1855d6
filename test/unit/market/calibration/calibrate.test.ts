import type { CalibratedModels, History } from "../../../../src/market/index.js";

import { expect } from "chai";

import { calibrate, fromCsv, gbm, hawkes, kou, merton } from "../../../../src/market/index.js";
import { createRandom } from "../../../../src/market/random.js";
import { failsWith } from "../../../helpers/errors.js";
import { hasRecordedPrices, recordedPrices } from "../../../helpers/recorded-prices.js";
import { simulatedHistory } from "../../../helpers/simulated-history.js";

const GBM = { volatility: 0.8, drift: 0.3 };
const MERTON = { volatility: 0.6, jumpsPerYear: 300, jumpMean: -0.01, jumpDeviation: 0.03, drift: 0.1 };
const KOU = { volatility: 0.6, jumpsPerYear: 300, upward: 0.4, meanRise: 0.02, meanFall: 0.03, drift: 0.1 };

const HAWKES = {
  volatility: 0.6,
  jumpsPerYear: 200,
  excitation: 0.6,
  memory: 43_200,
  jumpMean: -0.02,
  jumpDeviation: 0.03,
  drift: 0.1,
};

/** Expects the parameters that made a history to be within 3 standard errors of those that are fitted to it. */
function expectRecovered<ModelT extends keyof CalibratedModels>(
  model: ModelT,
  history: History,
  truth: Required<CalibratedModels[ModelT]>,
): void {
  const { parameters, errors } = calibrate(history, model);
  for (const name of Object.keys(truth) as (keyof CalibratedModels[ModelT])[]) {
    const [found, expected] = [Number(parameters[name]), Number(truth[name])];
    expect(Math.abs(found - expected), `${String(name)}: ${found} ± ${errors[name]}, not ${expected}`).to.be.at.most(
      3 * errors[name],
    );
    // an error so large would hide anything; the drift's is a year's volatility
    if (name !== "drift") expect(errors[name], String(name)).to.be.lessThan(0.5 * Math.abs(expected));
  }
}

describe("calibrate", () => {
  it("recovers gbm: its intervals contain the truth in 95 % of 2,000 histories", () => {
    const [histories, inside] = [2_000, { volatility: 0, drift: 0 }];
    const random = createRandom(1);
    for (let index = 0; index < histories; index++) {
      let price = 100;
      const changes = gbm(GBM).sample({ blocks: 200, blockTime: 86_400, random });
      const prices = [price, ...changes.map((change) => (price *= 1 + change / 1e6))];
      const { parameters, errors } = calibrate({ prices, spacing: 86_400 }, "gbm");
      for (const name of ["volatility", "drift"] as const) {
        if (Math.abs(parameters[name] - GBM[name]) <= 1.959964 * errors[name]) inside[name] += 1;
      }
    }
    // three errors of the share of 2,000, and on either side
    expect(inside.volatility / histories).to.be.within(0.935, 0.965);
    expect(inside.drift / histories).to.be.within(0.935, 0.965);
  });

  it("recovers merton from 3,000 hours", () => {
    expectRecovered("merton", simulatedHistory(merton(MERTON), 3_000, 2), MERTON);
  });

  it("recovers kou from 3,000 hours", () => {
    expectRecovered("kou", simulatedHistory(kou(KOU), 3_000, 3), KOU);
  });

  it("recovers hawkes from 3,000 hours in which jumps set off others for half a day", () => {
    expectRecovered("hawkes", simulatedHistory(hawkes(HAWKES), 3_000, 3), HAWKES);
  });

  it("finds more likelihood in clusters than in the same number of jumps without, where there are clusters", () => {
    const history = simulatedHistory(hawkes(HAWKES), 1_500, 5);
    const [clustered, independent] = (["hawkes", "merton"] as const).map((model) => calibrate(history, model));
    expect(clustered!.method).to.equal("filtered maximum likelihood");
    // chi-squared with the two parameters that it has more of, at one in 10,000
    expect(clustered!.logLikelihood - independent!.logLikelihood).to.be.greaterThan(9.21);
  });

  it("gives a process for a scenario, that of the parameters", () => {
    const { process, parameters } = calibrate(simulatedHistory(merton(MERTON), 500, 1), "merton");
    const draw = (of: typeof process): readonly number[] =>
      of.sample({ blocks: 50, blockTime: 12, random: createRandom(5) });
    expect(process.kind).to.equal("merton");
    expect(draw(process)).to.deep.equal(draw(merton(parameters)));
  });

  it("keeps a given drift, and fits the rest with it", () => {
    for (const model of ["gbm", "merton", "kou"] as const) {
      const history = simulatedHistory(merton(MERTON), 300, 4);
      const [free, given] = [calibrate(history, model), calibrate(history, model, { drift: 0.05 })];
      expect(given.parameters.drift).to.equal(0.05);
      expect(given.errors.drift).to.equal(0);
      expect(given.logLikelihood).to.be.below(free.logLikelihood);
      expect(given.parameters.volatility).to.be.closeTo(free.parameters.volatility, free.errors.volatility);
    }
  });

  it("gives gbm's likelihood, of which no other parameters have more", () => {
    const history = simulatedHistory(gbm(GBM), 300, 6);
    const dt = 3_600 / 31_536_000;
    const returns = history.prices.slice(1).map((price, index) => Math.log(price / history.prices[index]!));
    const likelihood = (volatility: number, drift: number): number =>
      returns.reduce((sum, value) => {
        const distance = value - (drift - volatility ** 2 / 2) * dt;
        const variance = volatility ** 2 * dt;
        return sum - (Math.log(2 * Math.PI * variance) + distance ** 2 / variance) / 2;
      }, 0);
    for (const options of [{}, { drift: 5 }]) {
      const { parameters, logLikelihood } = calibrate(history, "gbm", options);
      const { volatility, drift } = parameters;
      expect(likelihood(volatility, drift)).to.be.closeTo(logLikelihood, 1e-8);
      for (const step of [-1e-3, 1e-3]) {
        expect(likelihood(volatility * (1 + step), drift)).to.be.lessThan(logLikelihood);
        if (!("drift" in options)) expect(likelihood(volatility, drift + step)).to.be.lessThan(logLikelihood);
      }
    }
  });

  it("leaves out returns across gaps that are kept", () => {
    const { prices } = simulatedHistory(gbm(GBM), 400, 1);
    const times = prices.map((_price, index) => (index + (index >= 200 ? 5 : 0)) * 3_600);
    // across the gap, the price is ten times as high
    const moved = prices.map((price, index) => (index >= 200 ? 10 * price : price));
    const history = { prices: moved, times, spacing: 3_600, gaps: "keep" } as const;
    const { parameters, returns, leftOut } = calibrate(history, "gbm");
    expect({ returns, leftOut }).to.deep.equal({ returns: 399, leftOut: 1 });
    expect(parameters.volatility).to.be.closeTo(0.8, 0.09);
  });

  describe("refuses a history", () => {
    const prices = Array.from({ length: 20 }, (_value, index) => 100 + (index % 3));
    const times = prices.map((_price, index) => index * 60);
    const spacing = 60;
    const withPrice = (price: unknown): readonly number[] => prices.with(7, price as number);
    const withTime = (time: number): readonly number[] => times.with(7, time);
    for (const [what, history, words] of [
      ["of three rows", { prices: prices.slice(0, 3), spacing }, "has 3 rows"],
      ["with a zero", { prices: withPrice(0), spacing }, "the price in row 8 is 0"],
      ["with a negative price", { prices: withPrice(-1), spacing }, "the price in row 8 is -1"],
      ["with a price that is none", { prices: withPrice(Number.NaN), spacing }, "the price in row 8 is NaN"],
      ["with a price that is missing", { prices: withPrice(undefined), spacing }, "the price in row 8 is missing"],
      ["with an infinite price", { prices: withPrice(Infinity), spacing }, "the price in row 8 is Infinity"],
      ["with a duplicate", { prices, times: withTime(360), spacing }, "row 8 is a duplicate: it has the time of row 7"],
      ["with a row out of order", { prices, times: withTime(10), spacing }, "row 8 is earlier than row 7"],
      ["with a row too many", { prices, times: withTime(390), spacing }, "row 8 is 30 s after row 7"],
      [
        "with a gap",
        { prices, times: times.map((time) => (time > 400 ? time + 60 : time)), spacing },
        "a gap of 120 s before row 8",
      ],
      ["with a time that is none", { prices, times: withTime(Number.NaN), spacing }, "the time in row 8 is NaN"],
      ["with too few times", { prices, times: times.slice(1), spacing }, "20 prices and 19 times"],
      ["that does not move", { prices: prices.map(() => 7), spacing }, "is 7 in all rows"],
      ["that is none", { prices: "prices" as never, spacing }, '"prices"'],
    ] as const) {
      it(what, async () => {
        const error = await failsWith("INVALID_HISTORY", () => calibrate(history as History, "gbm"));
        expect(error.message).to.include(words);
      });
    }

    it("that has too few returns for the model, or none that look like jumps", async () => {
      await failsWith("INVALID_HISTORY", () => calibrate({ prices, spacing }, "merton"));
      const calm = simulatedHistory(gbm(GBM), 300, 1);
      const error = await failsWith("INVALID_HISTORY", () => calibrate(calm, "merton"));
      expect(error.message).to.include("does not determine the model's jumps");
    });

    it("whose drift is beyond any model's, and takes it once the drift is given", async () => {
      // half of its value in 40 hours
      const falling = {
        prices: Array.from({ length: 40 }, (_value, hour) => 100 * 0.98 ** hour * (1 + 0.001 * (hour % 3))),
        spacing: 3_600,
      };
      const error = await failsWith("INVALID_HISTORY", () => calibrate(falling, "gbm"));
      expect(error.message).to.include("drift is -17").and.include("{ drift: 0 }");
      expect(calibrate(falling, "gbm", { drift: 0 }).parameters.drift).to.equal(0);
    });

    it("of a model or with options that do not exist", async () => {
      await failsWith("INVALID_OPTION", () => calibrate({ prices, spacing }, "garch" as never));
      await failsWith("INVALID_OPTION", () => calibrate({ prices, spacing }, "gbm", { drift: 100 }));
      await failsWith("INVALID_OPTION", () => calibrate({ prices, spacing: 0 }, "gbm"));
      await failsWith("INVALID_OPTION", () => calibrate({ prices } as never, "gbm"));
    });
  });

  describe("fits hourly prices of ether across three crashes (needs ../shared/prices)", () => {
    before(function () {
      if (!hasRecordedPrices()) this.skip();
    });

    const crash = (name: Parameters<typeof recordedPrices>[0]): History =>
      fromCsv(recordedPrices(name), { time: "timestamp_ms", price: "close", gaps: "keep" });

    // maxima of the same likelihood by SciPy's Nelder-Mead
    for (const [name, returns, leftOut, logLikelihood, volatility, jumpsPerYear, jumpDeviation] of [
      ["2020h1", 4_350, 5, 14_677.289898, 0.475901, 2_208.23, 0.0173111],
      ["2021q2", 2_176, 2, 6_274.574077, 0.749565, 3_945.04, 0.0183644],
    ] as const) {
      it(`${name}: finds the maximum of Merton's likelihood that SciPy finds`, () => {
        const found = calibrate(crash(name), "merton");
        expect(found).to.include({ returns, leftOut });
        expect(found.logLikelihood).to.be.closeTo(logLikelihood, 1e-4);
        const { parameters, errors } = found;
        expect(parameters.volatility).to.be.closeTo(volatility, 0.01 * errors.volatility);
        expect(parameters.jumpsPerYear).to.be.closeTo(jumpsPerYear, 0.01 * errors.jumpsPerYear);
        expect(parameters.jumpDeviation).to.be.closeTo(jumpDeviation, 0.01 * errors.jumpDeviation);
      });
    }

    it("2022-apr-jul: jumps that set off jumps explain far more than as many that do not", () => {
      const history = crash("2022-apr-jul");
      const [independent, clustered] = (["merton", "hawkes"] as const).map((model) => calibrate(history, model));
      expect(clustered!.logLikelihood - independent!.logLikelihood).to.be.greaterThan(200);
      expect(clustered!.parameters).to.have.property("excitation").that.is.within(0.9, 0.99);
    });

    for (const name of ["2021q2", "2022-apr-jul"] as const) {
      it(`${name}: jumps explain it better, and double-exponential ones best`, () => {
        const history = crash(name);
        const [diffusion, normal, exponential] = (["gbm", "merton", "kou"] as const).map(
          (model) => calibrate(history, model).logLikelihood,
        );
        // by far more than the parameters that they add
        expect(normal! - diffusion!).to.be.greaterThan(200);
        expect(exponential! - normal!).to.be.greaterThan(5);
      });
    }
  });
});
