import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { RareRuinResult } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege rare", () => {
  let folder: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions: path.join(folder, "reproductions") } });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function rare(options: Readonly<Record<string, unknown>> = {}, name = "marked.scenario.ts"): Promise<Ended> {
    const file = path.join(SHELL_PROJECT, "siege", name);
    return siegeTask(hre, "rare", { file, noCompile: true, json: false, trees: "100", pilots: "20", ...options });
  }

  it("prints the table, minimises what was ruined, and exits with 1; the reproduction replays", async () => {
    const { code, stdout, stderr } = await rare({ minimise: "1" });
    expect(code, stderr).to.equal(1);
    expect(stdout).to.match(/^LeakyBox under "a price is noted"\n {2}ruin {7}[\d.]+ %, between /);
    expect(stdout).to.match(/\n {2}violated {3}noted\n {2}ruined {5}paths 1/);
    expect(stdout).to.match(/\n {2}minimised {2}path 1: the price is \d+\n/);
    const [, reproduction] = /\n {2}replay {5}npx hardhat siege replay (\S+)\n/.exec(stdout) ?? [];
    const replayed = await siegeTask(hre, "replay", { file: reproduction });
    expect(replayed.stdout + replayed.stderr).to.match(/the price is \d+/);
    expect(replayed.code).to.equal(1);
  });

  it("prints JSON that its schema describes, and exits by the interval with --below", async () => {
    const trees = "400";
    const safe = await rare({ trees, below: "0.9", json: true });
    expect(safe.code, safe.stderr).to.equal(0);
    expect(faultsOf("rare", safe.stdout)).to.deep.equal([]);
    const { version, rare: result } = JSON.parse(safe.stdout) as { version: number; rare: RareRuinResult };
    expect(version).to.equal(1);
    expect(result).to.include({ kind: "estimated", target: "LeakyBox", wanted: 400 });
    expect(result.ruined.length).to.be.above(0);
    const { value } = result.probability;
    // a fall by 20 % in ten days of 80 % a year: 9 % by reflection, of which daily marks see less
    expect(value).to.be.within(0.02, 0.12);
    expect((await rare({ trees, below: "0.00001" })).code).to.equal(1);
    expect((await rare({ trees, below: String(value) })).code).to.equal(2);
  });

  for (const [what, options, name, printed] of [
    ["a limit that none can reach", { below: "0" }, "marked.scenario.ts", /\[INVALID_OPTION\]/],
    ["calls that are drawn", {}, "limited.scenario.ts", /\[INVALID_OPTION\]/],
    ["an estimate that was stopped", { timeLimit: "0.000001" }, "marked.scenario.ts", /is incomplete: 0 of 100 trees/],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await rare(options, name);
      expect(code, stdout + stderr).to.equal(2);
      expect(stdout + stderr).to.match(printed);
    });
  }
});
