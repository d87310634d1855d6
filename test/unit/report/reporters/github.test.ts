import { expect } from "chai";

import { github } from "../../../../src/report/reporters/github.js";
import { finding, results } from "../../../helpers/results.js";

const about = { release: "1.2.3", root: process.cwd() };
const file = "siege/crash.scenario.ts";

describe("the reporter github", () => {
  it("annotates what broke, and says nothing of what survived", () => {
    expect(github([{ file, result: results.survived }], about)).to.equal("");
    expect(github([{ file, result: results.violation }], about)).to.equal(
      `::error file=${file},title=Vault survives "flash crash"::solvent: assets 8 WETH < liabilities 10 WETH\n`,
    );
  });

  it("annotates the code that explains it, if that is known", () => {
    const code = [{ contract: "Engine", function: "_seize", file: "contracts/Engine.sol", line: 118, score: 1 }];
    const found = { ...finding, code };
    const result = { ...results.violation, finding: found, findings: [found] };
    expect(github([{ file, result }], about)).to.match(/^::error file=contracts\/Engine\.sol,line=118,title=/);
  });

  it("warns of what could not be decided", () => {
    expect(github([{ file: "test/vault.ts", line: 12, result: results.incomplete }], about)).to.match(
      /^::warning file=test\/vault\.ts,line=12,title=.*::INCOMPLETE: incomplete: stopped by the time limit\n$/,
    );
  });

  it("lets no name begin a command, or end its own", () => {
    const hostile = "x\n::set-output name=a::b\r%0A,file=/etc/passwd";
    const violation = { ...finding.violation, condition: hostile, evidence: { summary: hostile, quantities: [] } };
    const found = { ...finding, violation };
    const text = github(
      [
        {
          file: `siege/${hostile}`,
          result: { ...results.violation, target: hostile, finding: found, findings: [found] },
        },
      ],
      about,
    );
    expect(text.trimEnd().split("\n")).to.have.length(1);
    const [, properties = ""] = /^::error (.*?)::/.exec(text) ?? [];
    expect(properties.split(",").map((one) => one.split("=")[0])).to.deep.equal(["file", "title"]);
  });
});
