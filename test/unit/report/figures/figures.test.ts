import type {
  FrontierMap,
  GreeksResult,
  MapPoint,
  MorrisResult,
  SobolResult,
  ThresholdMap,
} from "../../../../src/types.js";

import { expect } from "chai";

import { greeksFigures, mapFigures, sensitivityFigures } from "../../../../src/report/index.js";
import { readSvg, saidBy } from "../../../helpers/svg.js";

const ltv = { name: "ltv", range: [0.5, 0.9], unit: "of the collateral" } as const;
const fall = { name: "fall", range: [5, 45], unit: "percent" } as const;

/** A point, by where it is and how it ended. */
function point(values: Readonly<Record<string, number>>, end: MapPoint["end"]): MapPoint {
  return { values, end, runs: 5 };
}

/** The marks of a figure by how they look without colour: shape, and whether it is filled. */
function marksOf(svg: string): ReadonlyMap<string, number> {
  const marks = new Map<string, number>();
  for (const { name, attributes } of readSvg(svg).elements) {
    const { d, transform, fill } = attributes;
    // of unit size, put to its place: the marks of points
    if (name !== "path" || transform?.startsWith("matrix(") !== true) continue;
    const look = `${d} ${fill === "none" || fill === "#ffffff" || fill === "#fff" ? "outline" : "filled"}`;
    marks.set(look, (marks.get(look) ?? 0) + 1);
  }
  return marks;
}

describe("the figure of a threshold", () => {
  const points = [
    point({ ltv: 0.5 }, "survived"),
    point({ ltv: 0.6 }, "survived"),
    point({ ltv: 0.7 }, "undecided"),
    point({ ltv: 0.8 }, "broke"),
    point({ ltv: 0.85 }, "broke"),
    point({ ltv: 0.9 }, "broke"),
  ];
  const map: ThresholdMap = {
    kind: "threshold map",
    along: [ltv],
    scenario: "crash",
    target: "Vault",
    outcome: "threshold",
    forkBlock: 20,
    seed: 7,
    runs: 500,
    first: 5,
    seconds: 1,
    precision: 0.004,
    points,
    edges: [{ survived: points[1]!, broke: points[3]!, undecided: [points[2]!] }],
  };

  it("has every point with a mark that tells its end without colour", async () => {
    const [{ name, svg } = { name: "", svg: "" }, ...others] = await mapFigures(map);
    expect([name, others]).to.deep.equal(["threshold", []]);
    expect([...marksOf(svg).values()].toSorted()).to.deep.equal([1, 2, 3]);
    expect(readSvg(svg).texts).to.include.members(["survived", "broke", "undecided", "ltv (of the collateral)"]);
  });

  it("says where the edge is, and how it was found", async () => {
    const [figure] = await mapFigures(map);
    const said = saidBy(figure!.svg);
    expect(said).to.include("survived at 0.6, broke at 0.8.");
    expect(said).to.include("6 campaigns of up to 500 runs each, seed 7 at every point, block 20.");
    expect(said).to.include("down to 0.004");
  });

  it("says if it was stopped, and is none without a point", async () => {
    const [figure] = await mapFigures({ ...map, cut: "interrupted" });
    expect(saidBy(figure!.svg)).to.include("Stopped by an interruption, before its end.");
    expect(await mapFigures({ ...map, points: [], edges: [] })).to.deep.equal([]);
  });
});

describe("the figure of a frontier", () => {
  const grid = [
    [0.5, 0.7, 0.9],
    [5, 25, 45],
  ] as const;
  const map: FrontierMap = {
    kind: "frontier map",
    along: [ltv, fall],
    scenario: "<b>crash</b>",
    target: "<script>alert(1)</script>",
    outcome: "frontier",
    seed: 7,
    runs: 500,
    first: 3,
    seconds: 1,
    refinements: 0,
    grid,
    points: [
      point({ ltv: 0.5, fall: 5 }, "survived"),
      point({ ltv: 0.5, fall: 25 }, "survived"),
      point({ ltv: 0.9, fall: 5 }, "survived"),
      point({ ltv: 0.7, fall: 25 }, "undecided"),
      point({ ltv: 0.9, fall: 45 }, "broke"),
      point({ ltv: 0.9, fall: 25 }, "broke"),
    ],
  };

  it("tells every point's end, and untested places, without colour", async () => {
    const [{ svg } = { svg: "" }] = await mapFigures(map);
    // survived, broke, undecided, and three places that were not tested
    expect([...marksOf(svg).values()].toSorted()).to.deep.equal([1, 2, 3, 3]);
    expect(readSvg(svg).texts).to.include.members(["ltv (of the collateral)", "fall (percent)"]);
    expect(saidBy(svg)).to.include('<script>alert(1)</script> under "<b>crash</b>"');
  });

  it("shows nothing of what lies around a stop", async () => {
    const [{ svg } = { svg: "" }] = await mapFigures({ ...map, cut: "time limit" });
    expect([...marksOf(svg).values()].toSorted()).to.deep.equal([1, 2, 3]);
  });

  it("draws points in their places", async () => {
    const [{ svg } = { svg: "" }] = await mapFigures(map);
    const places = readSvg(svg).elements.flatMap(({ attributes: { d, transform } }) => {
      const [, x, y] = /^matrix\([^,]+,0,0,[^,]+,([\d.]+),([\d.]+)\)$/.exec(transform ?? "") ?? [];
      return x === undefined || d === undefined ? [] : [{ x: Number(x), y: Number(y) }];
    });
    const columns = [...new Set(places.map(({ x }) => Math.round(x)))].toSorted((a, b) => a - b);
    const rows = [...new Set(places.map(({ y }) => Math.round(y)))].toSorted((a, b) => a - b);
    expect([columns, rows].map(({ length }) => length)).to.deep.equal([3, 3]);
    for (const [one, two, three] of [columns, rows] as unknown as readonly [number, number, number][]) {
      expect(Math.abs(three - two - (two - one))).to.be.at.most(2);
    }
  });
});

describe("the figure of sensitivities", () => {
  const interval = (lower: number, upper: number) => ({ lower, upper, confidence: 0.95, method: "bootstrap" }) as const;
  const base = {
    scenario: "crash",
    target: "Vault",
    forkBlock: 25_490_000,
    of: [ltv, fall],
    output: { margin: "noBadDebt" },
    seed: 3,
    runs: 20,
    confidence: 0.95,
    samples: 10,
    wanted: 10,
    points: [{ values: { ltv: 0.5, fall: 5 }, value: 0.3 }],
    outcome: "estimated",
    seconds: 1,
  } as const;
  const morris: MorrisResult = {
    ...base,
    method: "morris",
    effects: [
      { name: "ltv", mu: -0.1, muStar: 0.12, muStarInterval: interval(0.02, 0.2), sigma: 0.25 },
      { name: "fall", mu: -0.3, muStar: 0.32, muStarInterval: interval(0.21, 0.45), sigma: 0.1 },
    ],
  };
  const sobol: SobolResult = {
    ...base,
    method: "sobol",
    mean: 0.4,
    variance: 0.03,
    indices: [
      { name: "ltv", first: 0.61, firstInterval: interval(0.5, 0.7), total: 0.8, totalInterval: interval(0.7, 0.9) },
      { name: "fall", first: -0.03, firstInterval: interval(-0.1, 0.05), total: 0.1, totalInterval: interval(0, 0.2) },
    ],
  };

  it("has mu* with its interval and sigma, most of all first", async () => {
    const [{ name, svg } = { name: "", svg: "" }] = await sensitivityFigures(morris);
    expect(name).to.equal("tornado");
    const { texts } = readSvg(svg);
    const numbers = ["0.32 (0.21 to 0.45)", "0.12 (0.02 to 0.2)", "0.1", "0.25"];
    expect(texts).to.include.members([...numbers, "mu*", "sigma", "ltv", "fall"]);
    expect(texts.indexOf("fall")).to.be.below(texts.indexOf("ltv"));
    expect(texts).to.include("change of the least margin of noBadDebt over the range");
    expect(saidBy(svg)).to.include("Morris, 10 trajectories, 1 point of 20 runs, seed 3, block 25490000.");
    expect(saidBy(svg)).to.include("95 % bootstrap intervals");
  });

  it("has total and first indices with their intervals", async () => {
    const [{ svg } = { svg: "" }] = await sensitivityFigures(sobol);
    const { texts } = readSvg(svg);
    expect(texts).to.include.members([
      "0.8 (0.7 to 0.9)",
      "0.61 (0.5 to 0.7)",
      "-0.03 (-0.1 to 0.05)",
      "total",
      "first",
    ]);
    expect(saidBy(svg)).to.include("a mean of 0.4 and a variance of 0.03");
  });

  it("draws bars as long as their numbers", async () => {
    const [{ svg } = { svg: "" }] = await sensitivityFigures(morris);
    const widths = readSvg(svg)
      .elements.filter(({ name }) => name === "polygon")
      .map(({ attributes }) => {
        const [from = 0, , to = 0] = attributes.points!.split(" ").map(Number);
        return to - from;
      });
    expect(widths).to.have.lengthOf(4);
    const [fallMu = 0, ltvMu = 0, fallSigma = 0, ltvSigma = 0] = widths;
    expect(ltvMu / fallMu).to.be.closeTo(0.12 / 0.32, 0.01);
    expect(fallSigma / fallMu).to.be.closeTo(0.1 / 0.32, 0.01);
    expect(ltvSigma / fallMu).to.be.closeTo(0.25 / 0.32, 0.01);
  });

  it("leaves out an interval that no resample gave, also when JSON has it as null", async () => {
    const effects = morris.effects.map((effect) => ({ ...effect, muStarInterval: interval(NaN, NaN) }));
    const unsure = { ...morris, effects };
    const figures = await sensitivityFigures(unsure);
    expect(readSvg(figures[0]!.svg).texts).to.include("0.32");
    expect(await sensitivityFigures(JSON.parse(JSON.stringify(unsure)) as MorrisResult)).to.deep.equal(figures);
  });

  it("is none if nothing was estimated", async () => {
    expect(await sensitivityFigures({ ...morris, outcome: "constant", effects: [] })).to.deep.equal([]);
  });
});

describe("the figure of Greeks", () => {
  const estimate = (value: number, width: number) => ({
    value,
    standardError: width / 4,
    interval: { lower: value - width, upper: value + width },
  });
  const result: GreeksResult = {
    scenario: "a day",
    target: "Vault",
    forkBlock: 7,
    output: "least margin of noBadDebt",
    greeks: [
      { to: { kind: "time" }, name: "time", per: "1 day", response: estimate(-0.01, 0.002) },
      {
        to: { kind: "price", asset: "ETH" },
        name: "price:ETH",
        per: "1 %",
        response: estimate(0.05, 0.01),
        curvature: estimate(0.002, 0.001),
      },
    ],
    method: "central differences on common random numbers",
    step: 0.01,
    paths: 100,
    seed: 3,
    confidence: 0.95,
    blocks: 24,
    blockTime: 3_600,
    seconds: 1,
  };

  it("has the responses and their curvatures with intervals, the largest first", async () => {
    const [{ name, svg } = { name: "", svg: "" }] = await greeksFigures(result);
    expect(name).to.equal("greeks");
    const { texts } = readSvg(svg);
    expect(texts).to.include.members(["0.05 (0.04 to 0.06)", "-0.01 (-0.012 to -0.008)", "0.002 (0.001 to 0.003)"]);
    expect(texts.indexOf("price:ETH, 1 %")).to.be.within(0, texts.indexOf("time, 1 day"));
    expect(saidBy(svg)).to.include(
      "100 paths of 24 blocks, the same in all variants, changed by 1 % up and down, seed 3",
    );
    // time has no curvature
    expect(readSvg(svg).elements.filter(({ name: element }) => element === "polygon")).to.have.lengthOf(3);
  });

  it("is none if nothing was complete", async () => {
    expect(await greeksFigures({ ...result, greeks: [] })).to.deep.equal([]);
  });
});
