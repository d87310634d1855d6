import type { Entry } from "../../../../src/report/file-result.js";

import path from "node:path";

import { expect } from "chai";

import { SiegeError } from "../../../../src/errors.js";
import { sarif } from "../../../../src/report/reporters/sarif.js";
import { finding, results } from "../../../helpers/results.js";
import { readSarif } from "../../../helpers/sarif.js";

const about = { release: "1.2.3", root: process.cwd() };
const file = "siege/crash.scenario.ts";

const runOf = (...entries: readonly Entry[]) => readSarif(sarif(entries, about)).runs[0]!;

const broke = (changed: object = {}, around: object = {}): Entry => {
  const one = { ...finding, ...changed };
  return { file, result: { ...results.violation, finding: one, findings: [one], ...around } };
};

describe("the reporter sarif", () => {
  it("has a result for each finding, with its rule, and where it was asked for if the code is not known", () => {
    const { tool, results: all = [], invocations } = runOf(broke(), { file, result: results.survived });
    expect(tool.driver).to.include({ name: "hardhat-siege", semanticVersion: "1.2.3" });
    expect(tool.driver.rules?.map(({ id }) => id)).to.deep.equal(["siege/solvent"]);
    expect(all).to.have.length(1);
    expect(all[0]).to.deep.include({ ruleId: "siege/solvent", ruleIndex: 0, kind: "fail", level: "error" });
    expect(all[0]?.message.text).to.match(/^Vault did not survive "flash crash": solvent: assets 8 WETH/);
    expect(all[0]?.locations?.[0]?.physicalLocation).to.deep.equal({
      artifactLocation: { uri: file, uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    });
    expect(invocations?.[0]?.executionSuccessful).to.equal(true);
  });

  it("points to the code that explains a finding, best first", () => {
    const code = [
      { contract: "Engine", function: "_seize", file: "contracts/Engine.sol", line: 118, score: 1, opens: "ETH falls" },
      { contract: "Token", function: "transfer", score: 0.9 },
      { contract: "Engine", function: "borrow", file: "contracts/Engine.sol", line: 40, score: 0.5 },
    ];
    const [result] = runOf(broke({ code })).results ?? [];
    expect(result?.locations).to.deep.equal([
      {
        physicalLocation: {
          artifactLocation: { uri: "contracts/Engine.sol", uriBaseId: "%SRCROOT%" },
          region: { startLine: 118 },
        },
        message: { text: "Engine._seize: ETH falls" },
      },
    ]);
    expect(result?.relatedLocations).to.have.length(1);
  });

  it("tells the steps as a code flow", () => {
    const [result] = runOf(broke()).results ?? [];
    const [flow] = result?.codeFlows?.[0]?.threadFlows ?? [];
    expect(flow?.locations.map(({ location }) => location?.message?.text)).to.deep.equal([
      "block 2: market: ETH falls 12.5 %; (12.4 % survives)",
    ]);
  });

  it("has fingerprints that follow the cause, and neither amounts nor lines", () => {
    const printOf = (entry: Entry) => runOf(entry).results?.[0]?.partialFingerprints;
    const known = printOf(broke());
    expect(known?.primaryLocationLineHash).to.match(/^[0-9a-f]{16}:1$/);
    const worse = { ...finding.violation, block: 9, evidence: { summary: "assets 1 WETH", quantities: [] } };
    const code = [{ contract: "Engine", function: "_seize", file: "contracts/Engine.sol", line: 7, score: 1 }];
    expect(printOf(broke({ violation: worse, code }))).to.deep.equal(known);
    expect(printOf(broke({ violation: { ...finding.violation, cause: "solvent/alice" } }))).not.to.deep.equal(known);
    expect(printOf(broke({}, { scenario: "freeze" }))).not.to.deep.equal(known);
  });

  const undecided: [what: string, entry: Entry, level: string, said: RegExp][] = [
    ["inconclusive", { file, result: results.inconclusive }, "warning", /: inconclusive: No call that changes/],
    ["incomplete", { file, result: results.incomplete }, "warning", /: incomplete: stopped by the time limit$/],
    [
      "a file that cannot be played",
      { file, error: new SiegeError("NO_CODE", { message: "There is no code.", hint: "Deploy it." }) },
      "error",
      /: There is no code\.$/,
    ],
  ];
  for (const [what, entry, level, said] of undecided) {
    it(`has ${what} as a notification, and did not succeed then`, () => {
      const { results: all, invocations } = runOf(entry);
      expect(all).to.deep.equal([]);
      expect(invocations?.[0]?.executionSuccessful).to.equal(false);
      const [notification] = invocations?.[0]?.toolExecutionNotifications ?? [];
      expect(notification?.level).to.equal(level);
      expect(notification?.message.text).to.match(said);
    });
  }

  it("has what was found before an interruption as open, beside the notification", () => {
    const unfinished = { ...finding, certificate: undefined };
    const { results: all, invocations } = runOf({ file, result: { ...results.incomplete, finding: unfinished } });
    expect(all?.[0]).to.include({ kind: "open", level: "none" });
    expect(invocations?.[0]?.executionSuccessful).to.equal(false);
  });

  it("suppresses what a test expects", () => {
    const { results: all } = runOf({ file: "test/vault.ts", line: 12, wanted: "violation", result: results.violation });
    expect(all?.[0]?.suppressions?.[0]?.kind).to.equal("inSource");
    expect(all?.[0]?.locations?.[0]?.physicalLocation?.region?.startLine).to.equal(12);
  });

  it("shows hostile names as text, and files as addresses", () => {
    const hostile = { ...finding.violation, condition: 'a\u001b[2J\n"b"', cause: "\u202ex" };
    const entry = { ...broke({ violation: hostile }), file: path.join(about.root, "siege/a b#?%.scenario.ts") };
    const { results: all } = runOf(entry);
    expect(all?.[0]?.ruleId).to.equal('siege/a�[2J "b"');
    expect(all?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).to.equal(
      "siege/a%20b%23%3F%25.scenario.ts",
    );
    const outside = { ...broke(), file: path.resolve("/elsewhere/x.ts") };
    expect(runOf(outside).results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).to.match(
      /^file:\/\/.*\/elsewhere\/x\.ts$/,
    );
  });
});
