import type { ChangeOptions, FoundChange } from "../../../../src/market/index.js";

import { readFileSync } from "node:fs";

import { expect } from "chai";

import { changesIn } from "../../../../src/market/index.js";
import { createRandom, mixSeeds } from "../../../../src/market/random.js";
import { scaleOf } from "../../../../src/market/regimes/detector.js";
import { covering, f1 } from "../../../helpers/change-point-scores.js";
import { codeOf } from "../../../helpers/errors.js";

interface Annotated {
  readonly name: string;
  readonly annotations: readonly (readonly number[])[];
  readonly values: readonly number[];
}

const { series } = JSON.parse(
  readFileSync(new URL("../../../fixtures/change-point-series.json", import.meta.url), "utf8"),
) as { readonly series: readonly Annotated[] };

function found(name: string, options: ChangeOptions): readonly FoundChange[] {
  const { values } = series.find((one) => one.name === name)!;
  return changesIn(values, { scale: scaleOf(values), ...options });
}

/** Standard normal values whose mean moves by so many deviations after as many of them. */
function shifted(
  seed: number,
  { before, after, by }: { before: number; after: number; by: number },
): readonly number[] {
  const random = createRandom(mixSeeds(seed));
  return Array.from({ length: before + after }, (_value, index) => random.normal() + (index < before ? 0 : by));
}

describe("changesIn", () => {
  describe("on the Turing Change Point Dataset", () => {
    for (const [name, from, to] of [
      ["quality_control_1", 143, 146],
      ["quality_control_2", 97, 99],
      ["quality_control_3", 178, 180],
      ["nile", 28, 28],
      ["usd_isk", 115, 120],
    ] as const) {
      it(`finds the change of ${name} where its annotators see it, within ten values`, () => {
        const change = found(name, { method: "bayesian" }).find(({ at }) => at >= from && at <= to);
        expect(change, "no change there").to.not.equal(undefined);
        expect(change!.foundAt - change!.at).to.be.within(1, 10);
      });
    }

    it("finds none in quality_control_5, where no annotator sees one", () => {
      expect(found("quality_control_5", { method: "bayesian" })).to.deep.equal([]);
      expect(found("quality_control_5", { method: "cusum" })).to.deep.equal([]);
    });

    it("is better than finding nothing, by covering and by F1", () => {
      const scores = (changes: (name: string) => readonly number[]): readonly [number, number] => {
        const all = series.map(({ name, annotations, values }) => [
          covering(annotations, changes(name), values.length),
          f1(annotations, changes(name)),
        ]);
        return [0, 1].map((which) => all.reduce((sum, one) => sum + one[which]! / all.length, 0)) as [number, number];
      };
      const bayesian = scores((name) => found(name, { method: "bayesian" }).map(({ at }) => at));
      const nothing = scores(() => []);
      expect(nothing.map((score) => score.toFixed(2))).to.deep.equal(["0.64", "0.73"]);
      expect(bayesian.map((score) => score.toFixed(2))).to.deep.equal(["0.86", "0.83"]);
    });
  });

  it("by cusum, sets off as many false alarms as Montgomery's table says, and finds a shift as fast", () => {
    const known = { method: "cusum", threshold: 5, scale: { centre: 0, spread: 1 } } as const;
    const mean = (lengths: readonly number[]): number => lengths.reduce((sum, one) => sum + one, 0) / lengths.length;
    const alarmAfter = (by: number, length: number, seed: number): number =>
      1 + (changesIn(shifted(seed, { before: 0, after: length, by }), known)[0]?.foundAt ?? length);
    const seeds = Array.from({ length: 400 }, (_value, index) => index + 1);
    // run lengths are about exponential: three errors of the mean of 400
    expect(mean(seeds.map((seed) => alarmAfter(0, 3_000, seed)))).to.be.closeTo(465, 70);
    expect(mean(seeds.map((seed) => alarmAfter(1, 400, seed)))).to.be.closeTo(10.4, 1);
  });

  for (const method of ["bayesian", "cusum"] as const) {
    it(`by ${method}, finds a shift of two deviations, and does not look ahead`, () => {
      const values = shifted(3, { before: 100, after: 60, by: 2 });
      const [change, ...others] = changesIn(values, { method });
      expect(others).to.deep.equal([]);
      expect(change!.at).to.be.within(97, 103);
      const known = values.slice(0, change!.foundAt + 1);
      expect(changesIn(known, { method })).to.deep.equal([change]);
      expect(changesIn(known.slice(0, -1), { method })).to.deep.equal([]);
    });

    it(`by ${method}, finds nothing in values that are all the same`, () => {
      expect(
        changesIn(
          Array.from({ length: 300 }, () => 7),
          { method },
        ),
      ).to.deep.equal([]);
    });

    it(`by ${method}, takes a value that is far out for no regime`, () => {
      const values = shifted(5, { before: 200, after: 0, by: 0 }).with(120, 4);
      expect(changesIn(values, { method })).to.deep.equal([]);
    });
  }

  it("refuses what are no values, and what they are too few of", () => {
    const bayesian = { method: "bayesian" } as const;
    expect(codeOf(() => changesIn([1, 2, 3], bayesian))).to.equal("INVALID_HISTORY");
    expect(codeOf(() => changesIn(new Array<number>(30).fill(1).with(7, NaN), bayesian))).to.equal("INVALID_HISTORY");
    expect(codeOf(() => changesIn("1,2" as never, bayesian))).to.equal("INVALID_HISTORY");
    const values = shifted(1, { before: 40, after: 0, by: 0 });
    const wrong: readonly unknown[] = [
      { method: "kalman" },
      { method: "bayesian", threshold: 5 },
      { method: "bayesian", lasts: 1 },
      { method: "cusum", threshold: 0 },
      { method: "cusum", warmUp: 2 },
      { method: "cusum", scale: { centre: 0, spread: 0 } },
    ];
    for (const options of wrong) {
      expect(
        codeOf(() => changesIn(values, options as ChangeOptions)),
        JSON.stringify(options),
      ).to.equal("INVALID_OPTION");
    }
  });
});
