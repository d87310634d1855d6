import type { ProjectStyle } from "../../../src/report/typescript-test.js";

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { projectStyleOf } from "../../../src/plugin/project-style.js";

const MOCHA_CHAI: ProjectStyle = { runner: "mocha", assertions: "chai" };
const MOCHA: ProjectStyle = { runner: "mocha", assertions: "node:assert" };
const NODE_TEST: ProjectStyle = { runner: "node:test", assertions: "node:assert" };

describe("the style of a project's tests", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const cases: [what: string, plugins: string[], packages: object | undefined, style: ProjectStyle][] = [
    ["mocha and viem", ["hardhat-viem", "hardhat-mocha"], { devDependencies: { mocha: "", chai: "" } }, MOCHA_CHAI],
    ["mocha without chai", ["hardhat-mocha"], { devDependencies: { mocha: "" } }, MOCHA],
    // the toolbox brings chai, and its users' package.json need not name it
    ["mocha and ethers", ["hardhat-ethers-chai-matchers", "hardhat-mocha"], { devDependencies: {} }, MOCHA_CHAI],
    ["node:test and viem", ["hardhat-viem", "hardhat-node-test-runner"], {}, NODE_TEST],
    ["node:test with chai", ["hardhat-node-test-runner"], { devDependencies: { chai: "" } }, NODE_TEST],
    [
      "both runners",
      ["hardhat-node-test-runner", "hardhat-mocha"],
      { dependencies: { mocha: "", chai: "" } },
      MOCHA_CHAI,
    ],
    ["both runners, mocha not by name", ["hardhat-node-test-runner", "hardhat-mocha"], {}, NODE_TEST],
    ["no runner's plugin, but mocha", ["hardhat-siege"], { devDependencies: { mocha: "" } }, MOCHA],
    ["neither", ["hardhat-siege"], {}, NODE_TEST],
    ["no package.json", ["hardhat-mocha"], undefined, MOCHA],
  ];
  for (const [what, plugins, packages, style] of cases) {
    it(`of ${what}`, async () => {
      if (packages !== undefined) await writeFile(path.join(root, "package.json"), JSON.stringify(packages));
      const config = { plugins: plugins.map((id) => ({ id })), paths: { root } };
      expect(await projectStyleOf(config)).to.deep.equal(style);
    });
  }
});
