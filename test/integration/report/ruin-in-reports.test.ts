import type { Entry, FileRuin } from "../../../src/report/file-result.js";
import type { ReporterName } from "../../../src/report/reporters/reporters.js";
import type { RuinResult } from "../../../src/types.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { expect } from "chai";

import { reporterOf } from "../../../src/report/reporters/reporters.js";
import { verdictOf } from "../../../src/report/reporters/verdict.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { faultsOf } from "../../helpers/valid-json.js";

const FILE = "test/Note.ts";

describe("a risk run in reports", () => {
  let local: LocalSiege;
  let ruin: RuinResult;

  before(async () => {
    local = await createLocalSiege();
    const note = await deployBarrierNote(local.connection.provider, "flawed");
    const { siege } = local.connection;
    ruin = await siege.ruin(note, siege.scenario(thirtyDays(note)), { paths: 60 });
  });
  after(() => local.close());

  const entry = (limit: number, changes: Partial<FileRuin> = {}): FileRuin => ({
    file: FILE,
    line: 7,
    ruin,
    limit,
    ...changes,
  });
  const told = async (name: ReporterName, one: Entry): Promise<string> =>
    (await reporterOf(name))([one], { release: "1.0.0", root: process.cwd() });

  it("has the verdict of the assertion: what decides is the interval", () => {
    const { lower, upper } = ruin.probability.interval;
    const kind = (limit: number, changes?: Partial<FileRuin>): string => verdictOf(entry(limit, changes)).kind;
    const expected = { wanted: "violation" } as const;
    expect([kind(lower / 2), kind((lower + upper) / 2), kind((1 + upper) / 2)]).to.deep.equal([
      "failed",
      "undecided",
      "passed",
    ]);
    expect([
      kind(lower / 2, expected),
      kind((lower + upper) / 2, expected),
      kind((1 + upper) / 2, expected),
    ]).to.deep.equal(["passed", "undecided", "failed"]);
    const cut: RuinResult = { ...ruin, kind: "incomplete", reason: "time limit", error: undefined };
    expect(kind((1 + upper) / 2, { ruin: cut })).to.equal("undecided");
  });

  it("is a case in JUnit, a row in Markdown and an entry in JSON", async () => {
    const failing = entry(0.01);
    expect(await told("junit", failing)).to.include(
      '<testcase name="BarrierNote has a ruin probability below 1 % under &quot;thirty days, marked daily&quot;"',
    );
    expect(await told("junit", failing)).to.include('<failure type="ruinProbability" message="');
    expect(await told("markdown", failing)).to.include("| ❌ not below | BarrierNote has a ruin probability below 1 %");
    expect(await told("github", failing)).to.include(`::error file=${FILE},line=7,title=BarrierNote has a ruin`);
    const document = await told("json", failing);
    expect(faultsOf("results", document)).to.deep.equal([]);
    expect(JSON.parse(document)).to.have.nested.property("results[0].ruin.paths", 60);
    expect(JSON.parse(document)).to.have.nested.property("results[0].limit", 0.01);
  });

  it("is no pass in SARIF and in an audit without a minimised path", async () => {
    const sarif = JSON.parse(await told("sarif", entry(0.01))) as {
      runs: [{ results: { ruleId: string; kind: string }[] }];
    };
    expect(sarif.runs[0].results).to.have.lengthOf(1);
    expect(sarif.runs[0].results[0]).to.deep.include({ ruleId: "siege/ruinProbability", kind: "fail" });
    expect(await told("audit", entry(0.01))).to.include("# Not decided");
    expect(await told("audit", entry(0.99))).to.equal("No finding.\n");
  });

  it("is a chapter of the page, with its figures", async () => {
    const page = await told("html", entry(0.01));
    expect(page.match(/<svg role="img"/g)).to.have.lengthOf(3);
    expect(page).to.include("expected to be below 1 %").and.to.include("What the paths say");
    // the page's policy allows no style of anybody else
    expect(page.match(/<style>/g)).to.have.lengthOf(1);
    expect(page).not.to.match(/<svg[^>]* style=/);
  });
});
