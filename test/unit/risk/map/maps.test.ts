import type { MapPoint, Probe } from "../../../../src/risk/map/point.js";

import { expect } from "chai";

import { seekFrontier } from "../../../../src/risk/map/frontier.js";
import { outcomeOf } from "../../../../src/risk/map/map-result.js";
import { seekThreshold } from "../../../../src/risk/map/threshold.js";

/** Ends of points by a rule, and the points that were asked for. */
function ruled(rule: (values: Readonly<Record<string, number>>) => MapPoint["end"]): {
  probe: Probe;
  asked: unknown[];
} {
  const asked: unknown[] = [];
  const probe: Probe = async (values) => {
    asked.push(values);
    return { point: { values, end: rule(values), runs: 1 } };
  };
  return { probe, asked };
}

const axis = { name: "ltv", range: [0, 1] } as const;

describe("a map along a parameter", () => {
  const seek = { points: 5, precision: 0.001 };

  it("brackets a threshold to its precision, by bisection of neighbours that differ", async () => {
    const { probe, asked } = ruled(({ ltv = 0 }) => (ltv > 0.6180339 ? "broke" : "survived"));
    const { edges, points } = await seekThreshold(axis, probe, seek);
    expect(edges).to.have.lengthOf(1);
    const [survived, broke] = [edges[0]!.survived.values.ltv!, edges[0]!.broke.values.ltv!];
    expect(survived).to.be.at.most(0.6180339);
    expect(broke).to.be.above(0.6180339);
    expect(broke - survived).to.be.at.most(0.001);
    // 5 at first, and 8 halves of a quarter
    expect(asked).to.have.lengthOf(13);
    expect(points.map(({ values }) => values.ltv)).to.deep.equal(points.map(({ values }) => values.ltv).toSorted());
    expect(outcomeOf(points, edges.length)).to.equal("threshold");
  });

  it("is also found where large values survive, and between two steps", async () => {
    const { probe } = ruled(({ ltv = 0 }) => (ltv < 0.35 ? "broke" : "survived"));
    const { edges } = await seekThreshold({ ...axis, step: 0.1 }, probe, seek);
    expect(edges.map(({ survived, broke }) => [broke.values.ltv, survived.values.ltv])).to.deep.equal([[0.3, 0.4]]);
  });

  it("has several thresholds where survival begins again: monotony is not assumed", async () => {
    const { probe } = ruled(({ ltv = 0 }) => (ltv > 0.3 && ltv < 0.6 ? "broke" : "survived"));
    const { edges, points } = await seekThreshold(axis, probe, seek);
    expect(edges).to.have.lengthOf(2);
    expect(outcomeOf(points, edges.length)).to.equal("several thresholds");
  });

  for (const [end, outcome] of [
    ["survived", "all survived"],
    ["broke", "all broke"],
    ["undecided", "undecided"],
  ] as const) {
    it(`says that there is no threshold if every point ${end}`, async () => {
      const { probe, asked } = ruled(() => end);
      const { edges, points } = await seekThreshold(axis, probe, seek);
      expect([edges.length, asked.length, outcomeOf(points, edges.length)]).to.deep.equal([0, 5, outcome]);
    });
  }

  it("takes an undecided point for neither, and stops bisecting there", async () => {
    const { probe } = ruled(({ ltv = 0 }) => (ltv === 0.625 ? "undecided" : ltv > 0.6 ? "broke" : "survived"));
    const { edges } = await seekThreshold(axis, probe, seek);
    expect(edges).to.have.lengthOf(1);
    const { survived, broke, undecided } = edges[0]!;
    expect([survived, ...(undecided ?? []), broke].map(({ values }) => values.ltv)).to.deep.equal([0.5, 0.625, 0.75]);
  });

  it("ends where it is cut, with what it has", async () => {
    let left = 7;
    const { points, cut } = await seekThreshold(
      axis,
      async (values) => ({
        point: { values, runs: 1, end: (values.ltv ?? 0) > 0.6 ? "broke" : "survived" },
        ...(--left === 0 ? { cut: "interrupted" as const } : {}),
      }),
      seek,
    );
    expect([points.length, cut]).to.deep.equal([7, "interrupted"]);
  });
});

describe("a map in two parameters", () => {
  const axes = [axis, { name: "fall", range: [0, 1] }] as const;

  it("is refined only where neighbours differ", async () => {
    const { probe, asked } = ruled(({ ltv = 0, fall = 0 }) => (ltv + fall > 1.01 ? "broke" : "survived"));
    const { points, grid } = await seekFrontier(axes, probe, { points: 5, refinements: 3 });
    expect(grid.map(({ length }) => length)).to.deep.equal([33, 33]);
    // of 1,089 places
    expect(asked.length).to.be.below(300);
    expect(asked).to.have.lengthOf(points.length);
    const at = (ltv: number, fall: number): MapPoint["end"] | undefined =>
      points.find(({ values }) => values.ltv === ltv && values.fall === fall)?.end;
    // along the whole diagonal, on the finest grid
    for (let index = 0; index <= 32; index++) expect(at(index / 32, (32 - index) / 32)).to.equal("survived");
    for (let index = 1; index <= 32; index++) expect(at(index / 32, (33 - index) / 32)).to.equal("broke");
    expect(at(1 / 32, 1 / 32)).to.equal(undefined);
  });

  it("follows a frontier into a cell whose corners are equal", async () => {
    // a bay: it breaks above 0.5, except around 0.375
    const { probe } = ruled(({ ltv = 0, fall = 0 }) =>
      fall > 0.5 || (fall >= 0.375 && ltv > 0.3 && ltv < 0.45) ? "broke" : "survived",
    );
    const { points } = await seekFrontier(axes, probe, { points: 5, refinements: 2 });
    const bay = points.filter(({ values, end }) => end === "broke" && (values.fall ?? 1) < 0.5);
    expect(bay.map(({ values }) => values.ltv)).to.include(0.375);
  });

  it("tests no point twice where the steps of a parameter are coarser than its grid", async () => {
    const { probe, asked } = ruled(({ fall = 0 }) => (fall > 0.5 ? "broke" : "survived"));
    const { grid } = await seekFrontier([{ ...axis, range: [1, 3], step: 1 }, axes[1]], probe, {
      points: 5,
      refinements: 2,
    });
    expect(grid[0]).to.deep.equal([1, 2, 3]);
    expect(new Set(asked.map((values) => JSON.stringify(values))).size).to.equal(asked.length);
  });
});
