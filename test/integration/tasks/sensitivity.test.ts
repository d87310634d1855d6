import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { MorrisResult } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { readSvg } from "../../helpers/svg.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege sensitivity", () => {
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    hre = await shellEnvironment();
  });

  async function sensitivity(options: Readonly<Record<string, unknown>>): Promise<Ended> {
    const file = path.join(SHELL_PROJECT, "siege", "limited.scenario.ts");
    return siegeTask(hre, "sensitivity", { file, noCompile: true, runs: "3", samples: "2", ...options });
  }

  it("prints what drives the outcome, most of all first, and exits with 0", async () => {
    const { code, stdout, stderr } = await sensitivity({ margin: "within" });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^What drives the least margin of within: CappedBox in "anybody sets the box"\n/);
    expect(stdout).to.match(/varied {5}limit from 500 to 1500\n {2}varied {5}blocks from 1 to 5 blocks\n/);
    expect(stdout).to.match(/Morris, 2 trajectories, \d points of 3 runs, seed 1;/);
  });

  it("prints JSON with every point", async () => {
    const { code, stdout, stderr } = await sensitivity({ of: "limit", parameters: "blocks=2", json: true });
    expect(code, stderr).to.equal(0);
    expect(faultsOf("sensitivity", stdout)).to.deep.equal([]);
    const { version, sensitivity: result } = JSON.parse(stdout) as { version: number; sensitivity: MorrisResult };
    expect(version).to.equal(1);
    expect(result).to.deep.include({ method: "morris", parameters: { blocks: 2 }, output: "violations", runs: 3 });
    for (const { values, value } of result.points) {
      expect(Object.keys(values)).to.deep.equal(["limit"]);
      expect(value).to.be.within(0, 1);
    }
  });

  it("draws figures of what it prints into a folder, and says where", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    try {
      for (const method of ["morris", "sobol"]) {
        const figures = path.join(folder, method);
        const options = { method, margin: "within", samples: "4", figures };
        const { code, stdout, stderr } = await sensitivity(options);
        expect(code, stderr).to.equal(0);
        expect(stdout).to.include(`\n  figure     ${path.join(figures, "tornado.svg")}\n`);
        const { texts } = readSvg(await readFile(path.join(figures, "tornado.svg"), "utf8"));
        expect(texts).to.include.members(method === "morris" ? ["mu*", "sigma", "limit"] : ["total", "first", "limit"]);
        // the number that is printed first in the table
        const [, most = ""] = /\n {2}\w+ +([\d.]+) /.exec(stdout.slice(stdout.indexOf("interval"))) ?? [];
        const shown = Number(most).toLocaleString("en-US", { maximumSignificantDigits: 3 });
        expect(
          texts.some((text) => text.startsWith(`${shown} (`)),
          `${shown} in ${texts.join("; ")}`,
        ).to.equal(true);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  for (const [what, options, printed] of [
    ["a method that does not exist", { method: "fast" }, /\[INVALID_OPTION\]/],
    ["a parameter that does not exist", { of: "lvt" }, /\[UNKNOWN_PARAMETER\]/],
    ["an estimate that was stopped", { timeLimit: "0.000001" }, /stopped {4}by the time limit/],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await sensitivity(options);
      expect(code, stdout + stderr).to.equal(2);
      expect(stdout + stderr).to.match(printed);
    });
  }
});
