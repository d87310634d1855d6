import type { ProjectStyle, TestSubject } from "../../../src/report/typescript-test.js";

import { expect } from "chai";

import { renderTestFile } from "../../../src/report/typescript-test.js";

const subject: TestSubject = {
  file: "vault-0000.json",
  target: "Vault",
  scenario: "flash crash",
  violation: { condition: "solvent", evidence: { summary: "assets 8 WETH < liabilities 10 WETH" } },
  steps: [{ block: 2, actor: "market", action: "ETH falls 12.5 %" }],
};

describe("the test beside a reproduction", () => {
  it("tells what broke, and replays it", () => {
    expect(renderTestFile(subject, { runner: "mocha", assertions: "chai" })).to.equal(
      `// Written by hardhat-siege. Vault did not survive "flash crash":
//   solvent: assets 8 WETH < liabilities 10 WETH
//   block 2  market: ETH falls 12.5 %
// Replays with no RPC endpoint and no fixture. Once the flaw is fixed, toSurviveScenario() plays the same steps first.
import { fileURLToPath } from "node:url";

import { expect } from "chai";
import { network } from "hardhat";

describe("Vault: flash crash", () => {
  it("breaks solvent in 1 step", async () => {
    const { siege } = await network.create();
    const outcome = await siege.replay(fileURLToPath(new URL("./vault-0000.json", import.meta.url)));
    expect(outcome.kind).to.equal("violation");
  });
});
`,
    );
  });

  const chai = 'import { expect } from "chai";';
  const assert = 'import assert from "node:assert/strict";';
  const nodeTest = 'import { describe, it } from "node:test";';
  const styles: [style: ProjectStyle, imports: string[], assertion: string][] = [
    [{ runner: "mocha", assertions: "chai" }, [chai], 'expect(outcome.kind).to.equal("violation");'],
    [{ runner: "mocha", assertions: "node:assert" }, [assert], 'assert.equal(outcome.kind, "violation");'],
    [
      { runner: "node:test", assertions: "node:assert" },
      [assert, nodeTest],
      'assert.equal(outcome.kind, "violation");',
    ],
    [{ runner: "node:test", assertions: "chai" }, [nodeTest, chai], 'expect(outcome.kind).to.equal("violation");'],
  ];
  for (const [style, imports, assertion] of styles) {
    it(`is written for ${style.runner} with ${style.assertions}`, () => {
      const lines = renderTestFile(subject, style).split("\n");
      expect(lines.filter((line) => [chai, assert, nodeTest].includes(line))).to.deep.equal(imports);
      expect(lines).to.include(`    ${assertion}`);
    });
  }

  it("lets no name end a comment", () => {
    const odd = { ...subject, target: "Vault\nprocess.exit()", scenario: "crash\u2028process.exit()" };
    const [comment = ""] = renderTestFile(odd, { runner: "mocha", assertions: "chai" }).split("\nimport ");
    for (const line of comment.split(/[\n\u2028]/)) expect(line).to.match(/^\/\//);
  });
});
