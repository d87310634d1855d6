import { expect } from "chai";

import { createRandom } from "../../../src/market/random.js";
import { distanceOf } from "../../../src/numeric/kolmogorov.js";
import { arrivalsOf } from "../../../src/order-flow/calibration/arrivals.js";
import { fitHawkesArrivals, rescaledWaits } from "../../../src/order-flow/calibration/hawkes-arrivals.js";
import { sizesOf } from "../../../src/order-flow/calibration/sizes.js";
import { simulatedTimes } from "../../helpers/simulated-flow.js";

const HAWKES = { base: 0.05, excitation: 0.6, memory: 60 };
const POISSON = { base: 0.1, excitation: 0, memory: 60 };

describe("arrivals of order flow", () => {
  const seconds = 30_000;
  const span = [[0, seconds]] as const;

  it("recovers the rate of a Poisson process, with its exact interval", () => {
    const times = simulatedTimes(POISSON, seconds, 1);
    const { rate, better, fit, events } = arrivalsOf(times, span, { blockTime: 0, seed: 1 });
    expect(events).to.equal(times.length);
    expect(rate.value).to.equal(times.length / seconds);
    expect(rate.interval[0]).to.be.lessThan(0.1);
    expect(rate.interval[1]).to.be.greaterThan(0.1);
    expect(better).to.equal("poisson");
    expect(fit.probability).to.be.greaterThan(0.01);
    // Garwood's interval for a count of 10, from published tables: 4.7954 to 18.3904
    const ten = arrivalsOf(
      Array.from({ length: 10 }, (_nothing, index) => index + 0.5),
      [[0, 10]],
      { blockTime: 0, seed: 1 },
    );
    expect(ten.rate.interval[0] * 10).to.be.closeTo(4.7954, 1e-4);
    expect(ten.rate.interval[1] * 10).to.be.closeTo(18.3904, 1e-4);
  });

  it("recovers a Hawkes process, and finds it better than a Poisson process, which does not fit", () => {
    const times = simulatedTimes(HAWKES, seconds, 2);
    const { hawkes, better, fit } = arrivalsOf(times, span, { blockTime: 0, seed: 1 });
    expect(better).to.equal("hawkes");
    for (const name of ["base", "excitation", "memory"] as const) {
      const { value, error, interval } = hawkes![name];
      expect(Math.abs(value - HAWKES[name]), name).to.be.at.most(3 * error);
      expect(error, name).to.be.lessThan(0.4 * HAWKES[name]);
      expect(interval[0]).to.be.lessThan(value);
      expect(interval[1]).to.be.greaterThan(value);
    }
    expect(fit.probability).to.be.greaterThan(0.01);
    const rate = times.length / seconds;
    const waits = rescaledWaits(times, span, { base: rate, excitation: 0, memory: 1 });
    expect(distanceOf(waits.map((wait) => -Math.expm1(-wait))).probability).to.be.lessThan(0.01);
  });

  it("does not count what was not read", () => {
    const times = simulatedTimes(POISSON, seconds, 3);
    const spans = [
      [0, 5_000],
      [25_000, 30_000],
    ] as const;
    const read = times.filter((time) => time <= 5_000 || time >= 25_000);
    const { rate, seconds: counted } = arrivalsOf(read, spans, { blockTime: 0, seed: 1 });
    expect(counted).to.equal(10_000);
    expect(rate.value).to.be.closeTo(0.1, 3 * rate.error);
    const hawkes = fitHawkesArrivals(
      simulatedTimes(HAWKES, seconds, 4).filter((time) => time <= 5_000 || time >= 25_000),
      spans,
    );
    expect(hawkes!.base.value).to.be.closeTo(HAWKES.base, 3 * hawkes!.base.error);
  });

  it("puts events of one block at moments of it: without, waits of 0 seconds would be no Poisson process", () => {
    const blocks = simulatedTimes({ ...POISSON, base: 0.3 }, seconds, 5).map((time) => Math.ceil(time / 12) * 12);
    const [spread, heaped] = [12, 0].map((blockTime) => arrivalsOf(blocks, span, { blockTime, seed: 1 }));
    expect(spread!.better).to.equal("poisson");
    expect(spread!.fit.probability).to.be.greaterThan(0.01);
    expect(heaped!.fit.probability).to.be.lessThan(1e-6);
    expect(arrivalsOf(blocks, span, { blockTime: 12, seed: 1 })).to.deep.equal(spread);
  });
});

describe("sizes of order flow", () => {
  const random = createRandom(7);
  const normal = Array.from({ length: 2_000 }, () => 1_000 * Math.exp(1.2 * random.normal()));

  it("recovers a log-normal distribution, and finds no tail", () => {
    const { median, deviation, tail, fit } = sizesOf(normal);
    expect(median.value).to.be.closeTo(1_000, 3 * median.error);
    expect(deviation.value).to.be.closeTo(1.2, 3 * deviation.error);
    expect(tail).to.equal(undefined);
    expect(fit.probability).to.be.greaterThan(0.01);
  });

  it("finds a Pareto tail where there is one", () => {
    const from = 1_000 * Math.exp(1.2 * 1.2816);
    const heavy = normal.map((size) => (size < from ? size : from * (1 - random.next()) ** (-1 / 1.1)));
    const { tail } = sizesOf(heavy);
    expect(tail!.index.value).to.be.closeTo(1.1, 3 * tail!.index.error);
    expect(tail!.gain).to.be.greaterThan(Math.log(2_000));
  });

  it("is told that equal sizes are no distribution", () => {
    const { deviation, fit } = sizesOf(normal.map(() => 500));
    expect(deviation.value).to.be.closeTo(0, 1e-9);
    expect(fit.probability).to.be.lessThan(1e-6);
  });
});
