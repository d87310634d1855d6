import type { Moment } from "../../../examples/post-mortems/crashes/crash-on-aave.js";
import type { RecordedCrash } from "../../helpers/recorded-prices.js";

import { expect } from "chai";

import { crashFigure } from "../../../examples/post-mortems/crashes/crash-figure.js";
import { BLOCK_TIME, BONUS, LOANS, START, THRESHOLD } from "../../../examples/post-mortems/crashes/crash-on-aave.js";
import { playCrash } from "../../../examples/post-mortems/crashes/play-crash.js";
import { fromCsv } from "../../../src/market/index.js";
import { hasRecordedPrices, recordedPrices } from "../../helpers/recorded-prices.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

const DAYS = [
  { file: "2020h1", from: "2020-03-12T00:00:00Z", hours: 36 },
  { file: "2021q2", from: "2021-05-19T00:00:00Z", hours: 24 },
] as const satisfies readonly { readonly file: RecordedCrash; readonly from: string; readonly hours: number }[];

const NEVER = 48;

/** Of the feed (0.5 %) and of interest over two days, relative to a health factor. */
const TOLERANCE = 0.006;

describe("recorded crashes on Aave V3 (need ../shared/prices)", () => {
  before(function () {
    if (!hasRecordedPrices()) this.skip();
  });

  for (const { file, from, hours } of DAYS) {
    describe(from.slice(0, 10), () => {
      const played = new Map<number, readonly Moment[]>();
      let factors: readonly number[] = [];

      before(async function () {
        if (!hasRecordedPrices()) this.skip();
        const history = fromCsv(recordedPrices(file), { time: "timestamp_ms", price: "close", gaps: "keep" });
        factors = factorsOf(history, Date.parse(from) / 1_000, (hours * 3_600) / BLOCK_TIME);
        const source = await miniMainnetSource();
        for (const late of [0, NEVER]) {
          const fork = await createSiegeFork(source);
          played.set(late, await playCrash(fork, { history, from, hours, late }));
          await fork.close();
        }
        await source.close();
      });

      const momentsOf = (late: number): readonly Moment[] => played.get(late) ?? [];

      it("has the recorded prices after every block, and a feed that is never farther from them than its deviation", () => {
        const moments = momentsOf(0);
        expect(moments.map(({ block }) => block)).to.deep.equal(factors.map((_factor, index) => index + 1));
        for (const [index, { fair, feed }] of moments.entries()) {
          expect(fair / START / factors[index]!).to.be.closeTo(1, 1e-4);
          expect(Math.abs(feed / fair - 1)).to.be.below(0.0051);
        }
      });

      it("liquidates nobody before the price takes the first loan under its threshold, and soon after it does", () => {
        const nearest = Math.min(...LOANS.map(({ healthFactor }) => healthFactor));
        const due = factors.findIndex((factor) => factor * nearest < 1 + TOLERANCE) + 1;
        const certain = factors.findIndex((factor) => factor * nearest < 1 - TOLERANCE) + 1;
        const first = momentsOf(0).find(({ accounts }) => accounts > 0)!.block;
        expect(first).to.be.at.least(due);
        // seen after the block that is due, and liquidated in the next
        expect(first).to.be.at.most(certain + 2);
      });

      it("liquidates the loans that the lowest price takes under their thresholds, and no others", () => {
        const lowest = Math.min(...factors);
        const under = (by: number): number => LOANS.filter(({ healthFactor }) => healthFactor * lowest < by).length;
        expect(momentsOf(0).at(-1)!.accounts).to.be.within(under(1 - 2 * TOLERANCE), under(1 + TOLERANCE));
      });

      it("leaves hardly any bad debt if liquidators answer in the next block, and what the prices say if nobody does", () => {
        const moments = momentsOf(NEVER);
        const most = (all: readonly Moment[]): number => Math.max(...all.map(({ badDebt }) => badDebt));
        // a loan that is healthy after one block is liquidated two blocks later: if it owes more than what a bonus leaves by then, it loses
        const falls = factors.slice(2).map((factor, index) => factor / factors[index]!);
        const isOutrun = Math.min(...falls) < THRESHOLD * BONUS + TOLERANCE;
        expect(most(momentsOf(0))).to.be.below(isOutrun ? 0.02 * most(moments) : 1);
        expect(moments.at(-1)!.seized).to.equal(0);
        for (const [index, { badDebt }] of moments.entries()) {
          const expected = LOANS.reduce(
            (sum, { collateral, debt }) => sum + Math.max(0, debt - collateral * START * factors[index]!),
            0,
          );
          // interest adds to it
          expect(badDebt).to.be.within(expected * 0.999, expected * 1.02 + 500);
        }
        expect(Math.max(...moments.map(({ badDebt }) => badDebt))).to.be.above(10_000);
      });

      it("is drawn: the price, what was seized and the bad debt, over the same hours", async () => {
        const crashes = [...played].map(([late, moments]) => ({ late, moments }));
        const svg = await crashFigure({ day: from.slice(0, 10), price: 100, crashes });
        for (const name of ["ether (US dollars)", "seized (ether)", "bad debt (%)", "hours since midnight (UTC)"]) {
          expect(svg).to.include(`>${name}<`);
        }
        expect(await crashFigure({ day: from.slice(0, 10), price: 100, crashes })).to.equal(svg);
      });
    });
  }
});

/** The recorded price at the end of each block over that at the start: evenly in logarithms between two hours. */
function factorsOf(
  { prices, times = [] }: { readonly prices: readonly number[]; readonly times?: readonly number[] },
  start: number,
  blocks: number,
): readonly number[] {
  const at = (moment: number): number => {
    const next = times.findIndex((time) => time > moment);
    const [before, after] = [times[next - 1]!, times[next]!];
    const share = (moment - before) / (after - before);
    return prices[next - 1]! ** (1 - share) * prices[next]! ** share;
  };
  return Array.from({ length: blocks }, (_value, index) => at(start + (index + 1) * BLOCK_TIME) / at(start));
}
