import type { RuinResult } from "../../../src/types.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { expect } from "chai";

import { formatProbability } from "../../../src/quantity/probability.js";
import { ruinFigures } from "../../../src/report/index.js";
import { toText } from "../../../src/report/reporters/json.js";
import { ruinText } from "../../../src/report/ruin.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { readSvg, saidBy } from "../../helpers/svg.js";

describe("figures of a risk run", () => {
  let local: LocalSiege;
  let ruined: RuinResult;

  before(async () => {
    local = await createLocalSiege();
    ruined = await ruin("flawed", 60);
  });
  after(() => local.close());

  async function ruin(kind: "flawed" | "fixed", paths: number, timeLimit?: number): Promise<RuinResult> {
    const note = await deployBarrierNote(local.connection.provider, kind);
    const { siege } = local.connection;
    return siege.ruin(note, siege.scenario(thirtyDays(note)), {
      paths,
      ...(timeLimit === undefined ? {} : { timeLimit }),
    });
  }

  it("show when it comes and what is lost, with the seed, the paths and the intervals", async () => {
    const figures = await ruinFigures(ruined);
    expect(figures.map(({ name }) => name)).to.deep.equal(["time-to-ruin", "loss-shortfall-whole", "prices-x"]);
    for (const { svg } of figures) {
      expect(saidBy(svg)).to.include('BarrierNote under "thirty days, marked daily"');
      expect(saidBy(svg)).to.include(`${ruinText(ruined)} (Clopper-Pearson).`);
      expect(saidBy(svg)).to.include("30 blocks of 1 day a path, seed 1, block ");
    }
    const [time, loss, prices] = figures.map(({ svg }) => readSvg(svg).texts);
    expect(time).to.include(formatProbability(ruined.probability.value!));
    expect(time).to.include.members(["block (of 1 day)", "probability of ruin (%)", "30"]);
    expect(loss).to.include.members(["shortfall (US dollars), by whole", "paths"]);
    expect(prices).to.include("price (US dollars) of X");
    const [{ atRisk, givenRuin } = { atRisk: [], givenRuin: undefined }] = ruined.losses;
    expect(loss).to.include(`mean given ruin $${givenRuin!.value.toFixed(2)}`);
    expect(loss).to.include(`VaR 95 % $${atRisk[0]!.valueAtRisk.value.toFixed(2)}`);
  });

  it("mark every ruined path that they draw among the prices of all", async () => {
    const [, , prices] = await ruinFigures(ruined);
    const { texts, elements } = readSvg(prices!.svg);
    expect(texts).to.include.members(["90 % of paths", "50 % of paths", "median", "price (US dollars) of X"]);
    const lines = elements.filter(({ name }) => name === "polyline");
    // a line and the two strokes of a cross for each, and the median
    expect(lines).to.have.lengthOf(3 * ruined.prices[0]!.ruined.length + 1);
  });

  it("are the same bytes each time, and from JSON", async () => {
    const figures = await ruinFigures(ruined);
    expect(await ruinFigures(ruined)).to.deep.equal(figures);
    const { result } = JSON.parse(toText({ version: 1, file: "barrier.scenario.ts", result: ruined })) as {
      result: RuinResult;
    };
    expect(await ruinFigures(result)).to.deep.equal(figures);
  });

  it("say what is known if no path is ruined, and have no loss to show", async () => {
    const figures = await ruinFigures(await ruin("fixed", 20));
    expect(figures.map(({ name }) => name)).to.deep.equal(["time-to-ruin", "prices-x"]);
    expect(saidBy(figures[0]!.svg)).to.include("0 of 20 paths ruined: at most ");
  });

  it("are none if no path was played", async () => {
    expect(await ruinFigures(await ruin("flawed", 20, 1e-6))).to.deep.equal([]);
  });

  it("say that a run is incomplete, with intervals that hold wherever it stopped", async () => {
    const { kind: _kind, ...rest } = ruined;
    const interval = { ...rest.probability.interval, method: "confidence sequence" as const };
    const cut: RuinResult = {
      ...rest,
      kind: "incomplete",
      reason: "interrupted",
      error: undefined,
      probability: { ...rest.probability, interval },
    };
    const [time] = await ruinFigures(cut);
    expect(saidBy(time!.svg)).to.include("(confidence sequence).");
    expect(saidBy(time!.svg)).to.include("Incomplete: stopped by an interruption.");
    // wider at each block
    expect(time!.svg).not.to.equal((await ruinFigures(ruined))[0]!.svg);
  });

  it("have names as text, whatever they are, and safe names of files", async () => {
    const odd = "<script>alert(1)</script>&\"'\u0007\ufffe]]>";
    const hostile: RuinResult = {
      ...ruined,
      target: odd,
      scenario: `../../${odd}`,
      losses: ruined.losses.map((loss) => ({ ...loss, kind: odd, condition: "../../x" })),
      ruined: ruined.ruined.map((path) => ({
        ...path,
        harm: path.harm.map((harm) => ({ ...harm, kind: odd, condition: "../../x" })),
      })),
    };
    const figures = await ruinFigures(hostile);
    expect(figures.map(({ name }) => name)).to.deep.equal(["time-to-ruin", "loss-script-alert-1-script-x", "prices-x"]);
    for (const { svg } of figures) {
      expect(saidBy(svg)).to.include("<script>alert(1)</script>&\"'\ufffd\ufffd]]>");
      expect(svg).not.to.include("<script");
    }
  });
});
