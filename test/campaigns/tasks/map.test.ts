import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { SiegeMap } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { readSvg, saidBy } from "../../helpers/svg.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege map", () => {
  let reproductions: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { runs: 5, reproductions } });
  });
  after(() => rm(reproductions, { recursive: true, force: true }));

  async function map(options: Readonly<Record<string, unknown>>, name = "limited"): Promise<Ended> {
    const file = path.join(SHELL_PROJECT, "siege", `${name}.scenario.ts`);
    return siegeTask(hre, "map", { file, noCompile: true, ...options });
  }

  it("prints where survival ends, and exits with 0", async () => {
    const { code, stdout, stderr } = await map({ along: "limit", points: "3", precision: "100" });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include('CappedBox in "anybody sets the box", limit from 500 to 1500');
    expect(stdout).to.match(/threshold {2}survived limit 1000, broke limit 9\d\d\n/);
    expect(stdout).to.match(
      /npx hardhat siege run siege\/limited\.scenario\.ts --parameters limit=1000 --runs 5 --seed 1\n/,
    );
  });

  it("prints JSON with all that is needed to do it again", async () => {
    const { code, stdout, stderr } = await map({
      along: "limit,blocks",
      points: "2",
      refinements: "0",
      runs: "4",
      seed: "7",
      json: true,
    });
    expect(code, stderr).to.equal(0);
    expect(faultsOf("map", stdout)).to.deep.equal([]);
    const { version, map: result } = JSON.parse(stdout) as { version: number; map: SiegeMap };
    expect(version).to.equal(1);
    expect(result).to.include({ kind: "frontier map", runs: 4, seed: 7, first: 2, outcome: "frontier" });
    expect(result.points.map(({ values, end }) => [values, end])).to.deep.equal([
      [{ limit: 500, blocks: 1 }, "broke"],
      [{ limit: 1500, blocks: 1 }, "survived"],
      [{ limit: 500, blocks: 5 }, "broke"],
      [{ limit: 1500, blocks: 5 }, "survived"],
    ]);
  });

  it("draws figures of what it prints into a folder, and says where", async () => {
    const figures = path.join(reproductions, "figures");
    const { code, stdout, stderr } = await map({ along: "limit", points: "3", precision: "100", figures });
    expect(code, stderr).to.equal(0);
    expect(stdout.endsWith(`\n  figure     ${path.join(figures, "threshold.svg")}\n`), stdout).to.equal(true);
    const edge = /threshold {2}survived limit (\d+), broke limit (\d+)\n/.exec(stdout);
    const said = saidBy(await readFile(path.join(figures, "threshold.svg"), "utf8"));
    expect(said).to.include(`survived at ${edge?.[1]}, broke at ${edge?.[2]}.`);
  });

  it("draws a frontier beside JSON, not in it", async () => {
    const figures = path.join(reproductions, "figures");
    const options = { along: "limit,blocks", points: "2", refinements: "0", runs: "4", json: true };
    const { code, stdout, stderr } = await map({ ...options, figures });
    expect(code, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.have.property("map");
    expect(faultsOf("map", stdout)).to.deep.equal([]);
    expect(stderr).to.equal(`  figure     ${path.join(figures, "frontier.svg")}\n`);
    const { texts } = readSvg(await readFile(path.join(figures, "frontier.svg"), "utf8"));
    expect(texts).to.include.members(["limit", "blocks (blocks)", "survived", "broke"]);
  });

  it("exits with 2, before it plays anything, if the folder of figures cannot be one", async () => {
    const { code, stdout, stderr } = await map({ along: "limit", figures: path.join(SHELL_PROJECT, "package.json") });
    expect(code, stderr).to.equal(2);
    expect(stdout).to.equal("");
    expect(stderr).to.include("[RESULT_UNWRITABLE]");
  });

  it("draws what it has of a map that was stopped", async () => {
    const figures = path.join(reproductions, "stopped");
    const { code, stdout } = await map({ along: "limit", timeLimit: "0.000001", figures });
    expect(code).to.equal(2);
    expect(stdout).to.include(`\n  figure     ${path.join(figures, "threshold.svg")}\n`);
    const said = saidBy(await readFile(path.join(figures, "threshold.svg"), "utf8"));
    expect(said).to.include("Stopped by the time limit, before its end.");
  });

  const undecided: [what: string, options: Record<string, unknown>, printed: RegExp][] = [
    ["no parameter", {}, /\[INVALID_OPTION\]/],
    ["a parameter that does not exist", { along: "lvt" }, /\[UNKNOWN_PARAMETER\]/],
    ["a map that was stopped", { along: "limit", timeLimit: "0.000001" }, /stopped {4}by the time limit/],
  ];
  for (const [what, options, printed] of undecided) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await map(options);
      expect(code, stdout + stderr).to.equal(2);
      expect(stdout + stderr).to.match(printed);
    });
  }
});
