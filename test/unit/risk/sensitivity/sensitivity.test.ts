import type { Random } from "../../../../src/market/random.js";

import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import { MOST_DIMENSIONS } from "../../../../src/risk/sensitivity/direction-numbers.js";
import { elementaryEffects, morrisEffect, morrisTrajectories } from "../../../../src/risk/sensitivity/morris.js";
import { saltelliDesign, sobolIndices } from "../../../../src/risk/sensitivity/saltelli.js";
import { sobolPoints } from "../../../../src/risk/sensitivity/sobol-points.js";
import { ISHIGAMI, SOBOL_G } from "../../../helpers/analytical-functions.js";

const SEEDS = [1, 2];

function indicesOf(of: (point: readonly number[]) => number, rows: number, dimensions: number, random?: Random) {
  const values = saltelliDesign(rows, dimensions, random).map(({ a, b, mixed }) => ({
    a: of(a),
    b: of(b),
    mixed: mixed.map(of),
  }));
  return sobolIndices(values, { confidence: 0.95, random: createRandom(9) });
}

describe("Sobol points", () => {
  it("begin as published, the origin skipped", () => {
    expect(sobolPoints(5, 3, { skip: 1 })).to.deep.equal([
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.75],
      [0.25, 0.75, 0.25],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
    ]);
  });

  for (const [how, options] of [
    ["plain", {}],
    ["scrambled", { random: createRandom(4) }],
  ] as const) {
    it(`${how} ones are balanced in every dimension: one point in each of 256 equal parts`, () => {
      const points = sobolPoints(256, MOST_DIMENSIONS, options);
      for (let dimension = 0; dimension < MOST_DIMENSIONS; dimension++) {
        const parts = new Set(points.map((point) => Math.floor(point[dimension]! * 256)));
        expect(parts, `dimension ${dimension}`).to.have.property("size", 256);
      }
    });
  }
});

describe("Sobol indices", () => {
  for (const { name, of, dimensions, first, total } of [ISHIGAMI, SOBOL_G]) {
    it(`of ${name} are those that are known, within their intervals`, () => {
      for (const seed of [undefined, ...SEEDS]) {
        const random = seed === undefined ? undefined : createRandom(seed);
        const { indices = [] } = indicesOf(of, 4_096, dimensions, random);
        for (const [index, value] of first.entries()) {
          const { first: estimate, firstInterval } = indices[index]!;
          expect(estimate, `S${index}`).to.be.closeTo(value, 0.02);
          expect(value).to.be.within(firstInterval.lower - 0.005, firstInterval.upper + 0.005);
        }
        for (const [index, value] of total.entries()) {
          const { total: estimate, totalInterval } = indices[index]!;
          expect(estimate, `ST${index}`).to.be.closeTo(value, 0.02);
          expect(value).to.be.within(totalInterval.lower - 0.005, totalInterval.upper + 0.005);
        }
      }
    }).timeout(60_000);
  }

  it("have the variance that is known", () => {
    expect(indicesOf(ISHIGAMI.of, 4_096, 3).variance).to.be.closeTo(ISHIGAMI.variance!, 0.05);
  });

  it("have intervals that get narrower with more rows", () => {
    const width = (rows: number): number =>
      [1, 2, 3, 4, 5].reduce((sum, seed) => {
        const { firstInterval } = indicesOf(ISHIGAMI.of, rows, 3, createRandom(seed)).indices![0]!;
        return sum + firstInterval.upper - firstInterval.lower;
      }, 0);
    // 16 times as many: a quarter as wide, about
    expect(width(1_024)).to.be.below(0.4 * width(64));
  });

  it("are none where the output is the same everywhere: nothing drives it", () => {
    const { mean, variance, indices } = indicesOf(() => 7, 16, 2);
    expect([mean, variance, indices]).to.deep.equal([7, 0, undefined]);
  });
});

describe("Morris screening", () => {
  it("has the effects of Saltelli et al. (2008), exercise 4", () => {
    const third = (...numbers: number[]): number[] => numbers.map((number) => number / 3);
    const rows: [number[], number][] = [
      [third(0, 1), 0.97],
      [third(0, 3), 0.71],
      [third(2, 3), 2.39],
      [third(0, 1), 0.97],
      [third(2, 1), 2.3],
      [third(2, 3), 2.39],
      [third(2, 0), 1.87],
      [third(2, 2), 2.4],
      [third(0, 2), 0.87],
      [third(1, 3), 2.15],
      [third(3, 3), 1.71],
      [third(3, 1), 1.54],
      [third(1, 3), 2.15],
      [third(1, 1), 2.17],
      [third(3, 1), 1.54],
      [third(1, 2), 2.2],
      [third(1, 0), 1.87],
      [third(3, 0), 1],
    ];
    const trajectories = [0, 3, 6, 9, 12, 15].map((start) => {
      const part = rows.slice(start, start + 3);
      return { points: part.map(([point]) => point), values: part.map(([, value]) => value) };
    });
    // as printed, of outputs that are printed with two digits
    const printed = [
      [2.52, 2.01, 2.3, -0.66, -0.93, -1.3],
      [-0.39, 0.13, 0.8, 0.25, -0.02, 0.51],
    ];
    const computed = elementaryEffects(trajectories, 2);
    for (const [index, effects] of printed.entries()) {
      for (const [at, effect] of effects.entries()) expect(computed[index]![at]).to.be.closeTo(effect, 0.02);
    }
    const effects = printed.map((one) => morrisEffect(one, { confidence: 0.95, random: createRandom(1) }));
    const rounded = (number: number): number => Number(number.toFixed(2));
    expect(effects.map(({ mu }) => rounded(mu))).to.deep.equal([0.66, 0.21]);
    expect(effects.map(({ muStar }) => rounded(muStar))).to.deep.equal([1.62, 0.35]);
    expect(effects.map(({ sigma }) => rounded(sigma))).to.deep.equal([1.79, 0.41]);
    for (const { muStar, muStarInterval } of effects) {
      expect(muStar).to.be.within(muStarInterval.lower, muStarInterval.upper);
    }
  });

  it("follows trajectories that change every coordinate once, within the cube", () => {
    for (const points of morrisTrajectories(50, 5, { levels: 4, random: createRandom(2) })) {
      expect(points).to.have.lengthOf(6);
      const changed = points.slice(1).map((point, index) => {
        const places = point.flatMap((value, place) => (value === points[index]![place] ? [] : [place]));
        expect(places).to.have.lengthOf(1);
        expect(Math.abs(point[places[0]!]! - points[index]![places[0]!]!)).to.be.closeTo(2 / 3, 1e-12);
        return places[0];
      });
      expect(changed.toSorted()).to.deep.equal([0, 1, 2, 3, 4]);
      for (const value of points.flat()) expect(value).to.be.within(0, 1);
    }
  });

  it("finds the slopes of a linear function, without spread", () => {
    const trajectories = morrisTrajectories(4, 3, { levels: 4, random: createRandom(3) });
    const values = trajectories.map((points) => ({
      points,
      values: points.map(([x, y, z]) => 3 * x! - 2 * y! + 0 * z!),
    }));
    const effects = elementaryEffects(values, 3);
    for (const [index, slope] of [3, -2, 0].entries()) {
      for (const effect of effects[index]!) expect(effect).to.be.closeTo(slope, 1e-9);
    }
  });
});
