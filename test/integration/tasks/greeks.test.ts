import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { GreeksResult } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege greeks", () => {
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    hre = await shellEnvironment();
  });

  async function greeks(options: Readonly<Record<string, unknown>>): Promise<Ended> {
    const file = path.join(SHELL_PROJECT, "siege", "limited.scenario.ts");
    return siegeTask(hre, "greeks", { file, noCompile: true, paths: "3", ...options });
  }

  it("prints how a margin responds, and exits with 0", async () => {
    const { code, stdout, stderr } = await greeks({ margin: "within", of: "time,limit", parameters: "limit=1200" });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^How least margin of within of CappedBox responds in "anybody sets the box"\n/);
    expect(stdout).to.match(/\n {2}limit +10 +/);
    expect(stdout).to.match(/parameter {2}limit 1200\n/);
  });

  it("prints JSON of what a function answers", async () => {
    const { code, stdout, stderr } = await greeks({ reads: "value", of: "time", json: true });
    expect(code, stderr).to.equal(0);
    expect(faultsOf("greeks", stdout)).to.deep.equal([]);
    const { version, greeks: result } = JSON.parse(stdout) as { version: number; greeks: GreeksResult };
    expect(version).to.equal(1);
    expect(result).to.deep.include({ output: "value", paths: 3, blocks: 3 });
    expect(result.greeks.map(({ name }) => name)).to.deep.equal(["time"]);
  });

  for (const [what, options, printed] of [
    ["neither a margin nor a function", {}, /\[INVALID_OPTION\]/],
    ["both", { margin: "within", reads: "value" }, /\[INVALID_OPTION\]/],
    ["a parameter that does not exist", { margin: "within", of: "lvt" }, /\[UNKNOWN_PARAMETER\]/],
    ["an estimate that was stopped", { margin: "within", of: "time", timeLimit: "0.000001" }, /stopped {4}by the time/],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await greeks(options);
      expect(code, stdout + stderr).to.equal(2);
      expect(stdout + stderr).to.match(printed);
    });
  }
});
