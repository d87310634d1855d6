import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { TuneResult } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege tune", () => {
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    hre = await shellEnvironment();
  });

  async function tune(options: Readonly<Record<string, unknown>>): Promise<Ended> {
    const file = path.join(SHELL_PROJECT, "siege", "limited.scenario.ts");
    const few = { of: "limit", candidates: "5", paths: "4", limit: "0.3", attacks: "0" };
    return siegeTask(hre, "tune", { file, noCompile: true, ...few, ...options });
  }

  it("prints the accepted point as a change, and exits with 0", async () => {
    const { code, stdout, stderr } = await tune({});
    expect(code, stderr + stdout).to.equal(0);
    expect(stdout).to.match(
      /^1 point accepted: CappedBox in "anybody sets the box"\n {2}wanted {5}minimise tightness\n/,
    );
    expect(stdout).to.match(/\n {2}point 1\n {2}\+ limit \d+\n {2}tightness {2}[\d,]+ \(/);
    expect(stdout).to.match(/ruin {7}\d+ of \d+ fresh paths ruined: [\d.]+ % to [\d.]+ %\n/);
    expect(stdout).to.match(/CMA-ES, 5 candidates of 4 paths, \d points? judged on fresh paths, seed 1; [\d.]+ s/);
  });

  it("prints JSON with every candidate, and exits with 1 where nothing is accepted", async () => {
    const { code, stdout, stderr } = await tune({ limit: "0.0001", fresh: "32", points: "1", json: true });
    expect(code, stderr).to.equal(1);
    expect(faultsOf("tuning", stdout)).to.deep.equal([]);
    const { tuning } = JSON.parse(stdout) as { tuning: TuneResult };
    expect(tuning).to.deep.include({ method: "CMA-ES", paths: 4, seed: 1, front: [], outcome: "none" });
    expect(tuning.candidates).to.have.lengthOf(5);
    for (const { values, ruined, objectives } of tuning.candidates) {
      expect(objectives).to.deep.equal({ tightness: values.limit });
      expect(ruined).to.be.within(0, 1);
    }
    expect(tuning.judged.map(({ verdict }) => verdict)).to.deep.equal(["undecided"]);
  });

  for (const [what, options, printed] of [
    ["no limit", { limit: undefined }, /\[INVALID_OPTION\]/],
    ["a parameter that does not exist", { of: "lvt" }, /\[UNKNOWN_PARAMETER\]/],
    ["a tuning that was stopped", { timeLimit: "0.000001" }, /stopped {4}by the time limit/],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await tune(options);
      expect(code, stderr).to.equal(2);
      expect(stdout + stderr).to.match(printed);
    });
  }
});
