import type { ProjectStyle, TestSubject } from "../../../src/report/typescript-test.js";

import { fileURLToPath } from "node:url";

import { expect } from "chai";
import ts from "typescript";

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

  it("shows what it holds, and replays its file, whatever the names are", () => {
    const odd = {
      ...subject,
      file: 'a"; process.exit(); \u202e#?%.json',
      target: "\u202eVault\u001b[2J",
      scenario: '"); process.exit(); ("',
      violation: { condition: "`${process.exit()}`", evidence: { summary: "x".repeat(5_000) } },
      steps: Array.from({ length: 500 }, () => ({ block: 1, actor: "\u2029eve", action: "\u0085process.exit()" })),
    };
    const text = renderTestFile(odd, { runner: "mocha", assertions: "chai" });
    expect(text).not.to.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text.split("\n").length).to.be.lessThan(90);
    for (const line of text.split("\n")) expect(line.length).to.be.lessThan(700);
    const { outputText, diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
    expect(diagnostics).to.deep.equal([]);
    // every name is in a comment or in a string
    const code = outputText.replaceAll(/"(\\.|[^"\\])*"|\/\/.*/g, "");
    expect(code).not.to.include("exit");
    const url = /new URL\("([^"]*)"/.exec(text)?.[1] ?? "";
    expect(fileURLToPath(new URL(url, "file:///folder/test.ts"))).to.equal(`/folder/${odd.file}`);
  });

  it("lets no name end a comment", () => {
    const odd = { ...subject, target: "Vault\nprocess.exit()", scenario: "crash\u2028process.exit()" };
    const [comment = ""] = renderTestFile(odd, { runner: "mocha", assertions: "chai" }).split("\nimport ");
    for (const line of comment.split(/[\n\u2028]/)) expect(line).to.match(/^\/\//);
  });
});
