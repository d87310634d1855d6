import type { Hedge, HedgeEnd } from "../../helpers/hedging-errors.js";

import { expect } from "chai";

import { hedgingErrors } from "../../helpers/hedging-errors.js";
import { forkForEach } from "../../helpers/play-agents.js";

const PATHS = 60;
const DAY = 86_400;
const VOLATILITY = 0.8;
const AMOUNT = 10;

/** Ten calls at the money of ten days, hedged every six hours on a pool of 1,000 WETH, at 20 gwei. */
const BASE: Hedge = {
  option: { type: "call", strike: 2_000, expiresIn: 10 * DAY, amount: -AMOUNT, volatility: VOLATILITY },
  volatility: VOLATILITY,
  blockTime: DAY / 4,
  depth: 1_000,
  baseFee: 20,
  paths: PATHS,
};

/**
 * How far hedges are from perfect, on the real pool, by block time, depth and gas: the table of docs/options.md. All variants see the
 * same prices of six hours (common random numbers), so that they are compared path by path.
 */
describe("the hedging error", () => {
  const theFork = forkForEach();
  const played = new Map<string, Promise<readonly HedgeEnd[]>>();

  function ends(what: string, change: Partial<Hedge> = {}): Promise<readonly HedgeEnd[]> {
    const found = played.get(what) ?? hedgingErrors(theFork(), { ...BASE, ...change });
    played.set(what, found);
    return found;
  }
  const base = (): Promise<readonly HedgeEnd[]> => ends("base");
  const deep = (): Promise<readonly HedgeEnd[]> => ends("deep", { depth: 100_000 });
  const shallow = (): Promise<readonly HedgeEnd[]> => ends("shallow", { depth: 250 });
  const daily = (): Promise<readonly HedgeEnd[]> => ends("daily", { blockTime: DAY });
  const dear = (): Promise<readonly HedgeEnd[]> => ends("dear", { baseFee: 100 });
  const banded = (): Promise<readonly HedgeEnd[]> => ends("banded", { band: 0.05 });

  /** What fees and price impact have cost. */
  const pool = ({ made, ideal, gas }: HedgeEnd): number => ideal - made - gas;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));

  /** Whether the first is larger, path by path, by four standard errors. */
  function exceeds(one: readonly number[], other: readonly number[]): void {
    const differences = one.map((value, path) => value - (other[path] ?? NaN));
    expect(mean(differences)).to.be.above((4 * deviation(differences)) / Math.sqrt(PATHS));
  }

  it("without costs grows with the root of the block time: √(π/4) · vega · σ / √n (Derman and Kamal 1999)", async () => {
    const years = 10 / 365;
    const vega = (AMOUNT * 2_000 * Math.sqrt(years)) / Math.sqrt(2 * Math.PI);
    for (const [found, hedges] of [
      [await base(), 40],
      [await daily(), 10],
    ] as const) {
      const expected = (Math.sqrt(Math.PI / 4) * vega * VOLATILITY) / Math.sqrt(hedges);
      const ideal = found.map((end) => end.ideal);
      // a deviation of n paths has a standard error of 1 / √(2n) of itself, here a tenth; the formula is of the first order in 1/n
      expect(deviation(ideal) / expected).to.be.within(0.7, 1.3);
      expect(Math.abs(mean(ideal))).to.be.below((3 * expected) / Math.sqrt(PATHS));
    }
  });

  it("is the same without costs, whatever the pool and gas: prices do not depend on them", async () => {
    const expected = (await base()).map(({ ideal }) => ideal);
    for (const found of [await deep(), await shallow(), await dear(), await banded()]) {
      for (const [path, { ideal }] of found.entries()) expect(ideal).to.be.closeTo(expected[path]!, 1e-6);
    }
  });

  it("grows as the pool is shallower; a deep pool costs no more than its fee", async () => {
    exceeds((await shallow()).map(pool), (await base()).map(pool));
    exceeds((await base()).map(pool), (await deep()).map(pool));
    const costs = mean((await deep()).map(pool));
    expect(costs).to.be.within(0, 0.003 * mean((await deep()).map(({ turnover }) => turnover)));
  });

  it("grows with gas, in proportion, and with more hedges; a band saves most of it", async () => {
    const gas = async (of: Promise<readonly HedgeEnd[]>): Promise<number> => mean((await of).map((end) => end.gas));
    expect((await gas(dear())) / (await gas(base()))).to.be.closeTo(5, 0.1);
    expect((await gas(base())) / (await gas(daily()))).to.be.closeTo(4, 0.4);
    expect((await gas(banded())) / (await gas(base()))).to.be.below(0.6);
    exceeds(
      (await banded()).map(({ made }) => made),
      (await base()).map(({ made }) => made),
    );
  });

  after(async () => {
    for (const [what, found] of played) {
      const of = await found;
      const [made, ideal] = [of.map((end) => end.made), of.map((end) => end.ideal)];
      const figures = [
        deviation(ideal),
        mean(of.map(pool)),
        mean(of.map(({ gas }) => gas)),
        mean(made),
        deviation(made),
      ];
      console.log(`    ${what}: ${figures.map((figure) => figure.toFixed(0)).join(", ")}`);
    }
  });
});
