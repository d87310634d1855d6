import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { ContagionResult } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege contagion", () => {
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    hre = await shellEnvironment();
  });

  async function contagion(options: Readonly<Record<string, unknown>>, name = "linked"): Promise<Ended> {
    const file = path.join(SHELL_PROJECT, "siege", `${name}.scenario.ts`);
    return siegeTask(hre, "contagion", { file, noCompile: true, paths: "2", minimise: "0", lanes: "1", ...options });
  }

  it("prints the matrix, what did nothing, and exits with 0", async () => {
    const { code, stdout, stderr } = await contagion({});
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^Contagion among first, second in "boxes that lack"\n/);
    expect(stdout).to.match(/\n {2}if first fails +\$400\.00 +\$100\.00\n/);
    expect(stdout).to.match(/\n {2}if second fails +\$0\.00 +\$0\.00\n/);
    expect(stdout).to.match(/shock +second did nothing: set\(\): "above the cap"\n/);
    expect(stdout).to.match(/amplified +1\.25 times/);
    expect(stdout).to.match(/edge +first -> second: no reproduction, as more edges were not asked for\n/);
  });

  it("prints JSON that its schema describes", async () => {
    const { code, stdout, stderr } = await contagion({ json: true, at: "2", tolerance: "200" });
    expect(code, stderr).to.equal(0);
    expect(faultsOf("contagion", stdout)).to.deep.equal([]);
    const { version, contagion: result } = JSON.parse(stdout) as { version: number; contagion: ContagionResult };
    expect(version).to.equal(1);
    expect(result).to.deep.include({ paths: 2, at: 2, tolerance: 200, protocols: ["first", "second"] });
    // what is within the tolerance is no loss
    expect(result.matrix.map(({ loss }) => loss.value)).to.deep.equal([400, 0, 0, 0]);
  });

  for (const [what, options, printed, name] of [
    ["one path", { paths: "1" }, /\[INVALID_OPTION\]/],
    ["a protocol that is named twice", { protocols: "first,first" }, /\[INVALID_OPTION\]/],
    ["one protocol", { protocols: "first" }, /\[INVALID_SCENARIO\]/],
    ["two venues that are not told", { fragmentation: "venues" }, /\[INVALID_OPTION\]/],
    ["a scenario without shocks", {}, /\[INVALID_SCENARIO\]/, "limited"],
    ["what was stopped", { timeLimit: "0.000001" }, /stopped {4}by the time limit, after 0 complete paths of 2\n/],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await contagion(options, name);
      expect(code, stdout + stderr).to.equal(2);
      expect(stdout + stderr).to.match(printed);
    });
  }
});
