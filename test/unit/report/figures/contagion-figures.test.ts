import type { ContagionResult, Exposure } from "../../../../src/types.js";

import { expect } from "chai";

import { contagionFigures } from "../../../../src/report/index.js";
import { readSvg, saidBy } from "../../../helpers/svg.js";

const VERMILION = "#d55e00";

function estimate(value: number) {
  return {
    value,
    interval: { lower: value - 10, upper: value + 10, confidence: 0.95, method: "Student's t" as const },
  };
}

function exposure(from: string, to: string, added: number): Exposure {
  const interval = { lower: 0.5, upper: 1, confidence: 0.95, method: "Clopper-Pearson" as const };
  return { from, to, loss: estimate(added + 5), added: estimate(added), fails: { value: 1, interval }, onlyShocked: 3 };
}

const result: ContagionResult = {
  scenario: "three pools",
  target: "Pool",
  forkBlock: 7,
  isFork: false,
  protocols: ["left", "middle", "right"],
  shocks: [{ protocol: "left", words: "is sold", does: "losses" }],
  at: 2,
  tolerance: 1,
  unshocked: [],
  matrix: [exposure("left", "left", 400), exposure("left", "middle", 200), exposure("left", "right", 0)],
  orders: [],
  edges: [],
  paths: 10,
  wanted: 10,
  seed: 4,
  confidence: 0.95,
  blocks: 3,
  blockTime: 12,
  explored: { executor: "batched", because: undefined },
  seconds: 1,
};

describe("the figures of contagion", () => {
  it("are a graph with an arrow for each edge, as wide as what is lost, and the entries with intervals", async () => {
    const figures = await contagionFigures(result);
    expect(figures.map(({ name }) => name)).to.deep.equal(["contagion", "exposures"]);
    const [graph = { svg: "" }, entries = { svg: "" }] = figures;
    const { texts, elements } = readSvg(graph.svg);
    expect(texts).to.include.members(["left", "middle", "right", "$400.00", "$200.00"]);
    // nobody has a loss that is not there
    expect(texts).not.to.include("$0.00");
    const heads = elements.filter(({ attributes }) => attributes.fill === VERMILION);
    expect(heads).to.have.lengthOf(1);
    expect(saidBy(graph.svg)).to.include(
      "10 paths of 3 blocks, the same with and without shocks, which happen in block 2",
    );
    const more = await contagionFigures({ ...result, matrix: [...result.matrix, exposure("right", "left", 50)] });
    const lines = readSvg(more[0]?.svg ?? "").elements.filter(
      ({ attributes }) => attributes.stroke === VERMILION && attributes.fill === "none",
    );
    const widths = lines.map(({ attributes }) => Number(attributes["stroke-width"]));
    expect(widths).to.have.lengthOf(2);
    expect(widths[0]).to.be.closeTo(4 * widths[1]!, 1e-9);
    expect(readSvg(entries.svg).texts).to.include.members(["left -> middle", "left itself", "200 (190 to 210)"]);
    expect((await contagionFigures(result)).map(({ svg }) => svg)).to.deep.equal(figures.map(({ svg }) => svg));
  });

  it("say that nobody loses by another, and are none without paths", async () => {
    const [graph = { svg: "" }] = await contagionFigures({ ...result, matrix: [exposure("left", "left", 400)] });
    expect(saidBy(graph.svg)).to.include("No protocol loses by the failure of another.");
    expect(await contagionFigures({ ...result, matrix: [] })).to.deep.equal([]);
  });
});
