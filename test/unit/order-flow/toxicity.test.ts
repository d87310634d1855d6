import type { Address } from "viem";

import type { SimulatedTrade } from "../../helpers/simulated-flow.js";

import { expect } from "chai";

import { createRandom } from "../../../src/market/random.js";
import { calibrateFlow, constantProductLoss, toxicityOf, vpin } from "../../../src/order-flow/index.js";
import { codeOf } from "../../helpers/errors.js";
import { BLOCK_TIME, simulatedFlow, trader } from "../../helpers/simulated-flow.js";

describe("VPIN", () => {
  const trades = [
    { side: 1, volume: 800 },
    { side: -1, volume: 700 },
    { side: 1, volume: 500 },
  ] as const;

  it("is what is published: buckets of 800 and 200, and of 500 and 500, give 0.3", () => {
    expect(vpin(trades, { bucketVolume: 1_000 })).to.deep.equal([0.3]);
  });

  it("splits a trade on the edge of a bucket, and leaves out a bucket that is not full", () => {
    const one = [{ side: 1, volume: 2_500 }] as const;
    expect(vpin(one, { bucketVolume: 1_000 })).to.deep.equal([1]);
    expect(vpin(one, { bucketVolume: 1_000, window: 1 })).to.deep.equal([1, 1]);
    expect(vpin(one, { bucketVolume: 3_000 })).to.deep.equal([]);
  });

  it("is told of a bucket without a volume", () => {
    expect(codeOf(() => vpin(trades, { bucketVolume: 0 }))).to.equal("INVALID_OPTION");
  });
});

describe("the toxicity of a pool's flow", () => {
  const SECONDS = 43_200;
  const [ARBITRAGEUR, INFORMED] = [trader(8), trader(9)];

  /**
   * Half a day in which a fair price wanders, an arbitrageur takes the pool to it every minute, some accounts trade at random after that, and
   * one knows the price a minute ahead.
   */
  function day(knows: boolean, seed = 1) {
    const random = createRandom(seed);
    const rounds: { at: number; price: number }[] = [];
    let price = 2_000;
    for (let at = 0; at < SECONDS + 120; at += BLOCK_TIME)
      rounds.push({ at, price: (price *= 1 + 0.0005 * random.normal()) });
    const trades: SimulatedTrade[] = [];
    let ether = 1_000;
    const trade = (at: number, from: Address, bought: number): void => {
      trades.push({ at, from, ether: bought });
      ether -= bought;
    };
    for (let at = 0; at < SECONDS - 120; at += 60) {
      const block = at / BLOCK_TIME;
      trade(at, ARBITRAGEUR, ether - Math.sqrt((1_000 * 2_000_000) / rounds[block]!.price));
      const size = 0.01 * Math.exp(random.normal());
      trade(at, trader(1 + random.integer(0, 3)), random.next() < 0.5 ? size : -size);
      if (at % 300 !== 0) continue;
      const later = rounds[block + 5]!.price > rounds[block]!.price;
      trade(at, INFORMED, (knows ? later : random.next() < 0.5) ? 0.02 : -0.02);
    }
    return simulatedFlow(
      trades,
      SECONDS,
      rounds.filter(({ at }) => at < SECONDS),
    );
  }

  it("tells a planted informed trader and the arbitrageur from noise by what they gain, and a twin that knows nothing is noise", () => {
    const informedOf = (knows: boolean): readonly string[] =>
      toxicityOf(day(knows), { pool: "pool", reference: "feed", horizons: [60] })
        .counterparties.filter(({ informed }) => informed)
        .map(({ from }) => from);
    expect(informedOf(true)).to.have.members([ARBITRAGEUR, INFORMED]);
    expect(informedOf(false)).to.deep.equal([ARBITRAGEUR]);
  });

  it("estimates the share of trades that know where the price goes, 1 in 11, and none where nobody does", () => {
    const shareOf = (knows: boolean) => toxicityOf(day(knows), { pool: "pool", reference: "feed" }).informed!;
    const { share, horizon } = shareOf(true);
    expect(horizon).to.equal(60);
    expect(share.value).to.be.closeTo(1 / 11, 3 * share.error);
    expect(share.interval[0]).to.be.greaterThan(0.01);
    expect(shareOf(false).share.interval[0]).to.be.lessThan(0.01);
    // the pool's own prices, which trades move, say nothing
    expect(toxicityOf(day(true), { pool: "pool" })).to.not.have.property("informed");
    expect(calibrateFlow(day(true), { references: { pool: "feed" } }).pools.pool!.informed!.share.value).to.be.closeTo(
      share.value,
      0.03,
    );
  });

  it("finds the loss versus rebalancing of a pool that arbitrageurs keep at the price: an eighth of the variance", () => {
    // 5 % volatility a day loses 3.125 basis points of the value a day
    expect(constantProductLoss(0.05)).to.be.closeTo(3.125e-4, 1e-12);
    const random = createRandom(3);
    const steps = 2_000;
    const trades: SimulatedTrade[] = [];
    const [volatility, k] = [0.05, 1_000 * 2_000_000];
    let [price, ether] = [2_000, 1_000];
    let value = 0;
    for (let step = 0; step < steps; step++) {
      price *= Math.exp((volatility / Math.sqrt(steps)) * random.normal());
      const wanted = Math.sqrt(k / price);
      trades.push({ at: step * BLOCK_TIME, ether: ether - wanted });
      ether = wanted;
      value += (2 * Math.sqrt(k * price)) / steps;
    }
    const { rebalancingLoss: loss } = toxicityOf(simulatedFlow(trades, steps * BLOCK_TIME), { pool: "pool" });
    // the squares of 2,000 normal numbers have a deviation of 3.2 % of their mean
    expect(loss!.value / value).to.be.closeTo(constantProductLoss(volatility), 0.1 * constantProductLoss(volatility));
    expect(loss!.interval[0]).to.be.lessThan(loss!.value);
  });

  it("finds the price impact of a pool in its curve: twice the price by its depth", () => {
    const random = createRandom(4);
    const trades = Array.from({ length: 500 }, (_nothing, index) => ({ at: index * 60, ether: 0.2 * random.normal() }));
    const { lambda } = toxicityOf(simulatedFlow(trades, 30_000), { pool: "pool", interval: 60 });
    // p = k / x²: dp / dx = 2 p / x = 4 dollars for an ether, of 1,000
    expect(lambda!.value).to.be.closeTo(4, 0.2);
    expect(lambda!.interval[0]).to.be.at.most(lambda!.value);
  });

  it("gives the same numbers with the same seed, in order of volume", () => {
    const [one, other] = [
      toxicityOf(day(true), { pool: "pool", seed: 5 }),
      toxicityOf(day(true), { pool: "pool", seed: 5 }),
    ];
    expect(one).to.deep.equal(other);
    const volumes = one.counterparties.map(({ volume }) => volume);
    expect(volumes).to.deep.equal(volumes.toSorted((a, b) => b - a));
    expect(one.counterparties.reduce((sum, { share }) => sum + share, 0)).to.be.closeTo(1, 1e-9);
  });

  it("leaves out trades after which nothing is known", () => {
    const flow = day(true);
    const gap = { ...flow, missing: [[1_000, 2_000]] as const };
    const tradesAt = (of: typeof flow, seconds: number): number =>
      toxicityOf(of, { pool: "pool", reference: "feed", horizons: [seconds] }).markouts[0]!.trades;
    expect(tradesAt(flow, 300)).to.be.lessThan(tradesAt(flow, 1));
    expect(tradesAt(gap, 1)).to.be.lessThan(tradesAt(flow, 1));
  });

  it("is told what it cannot measure", () => {
    const flow = day(true);
    expect(codeOf(() => toxicityOf(flow, { pool: "nowhere" }))).to.equal("INVALID_OPTION");
    expect(codeOf(() => toxicityOf(flow, { pool: "pool", reference: "nowhere" }))).to.equal("INVALID_OPTION");
    expect(codeOf(() => toxicityOf(flow, { pool: "pool", horizons: [0] }))).to.equal("INVALID_OPTION");
    expect(codeOf(() => toxicityOf(flow, { pool: "pool", reference: { times: [2, 1], prices: [1, 1] } }))).to.equal(
      "INVALID_OPTION",
    );
    const short = simulatedFlow([{ at: 0, ether: 1 }], 600);
    expect(codeOf(() => toxicityOf(short, { pool: "pool" }))).to.equal("FLOW_TOO_SHORT");
    expect(codeOf(() => calibrateFlow(short))).to.equal("FLOW_TOO_SHORT");
  });
});
