import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";

/** The action in this process; test/e2e/cli.test.ts has it behind a shell. */
describe("hardhat siege run", () => {
  let reproductions: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { runs: 5, reproductions } });
  });
  // saved reproductions are replayed first; these tests are about the search
  afterEach(() => rm(reproductions, { recursive: true, force: true }));

  async function run(files: readonly string[], options: Readonly<Record<string, unknown>> = {}): Promise<Ended> {
    return siegeTask(hre, "run", { files: files.map(scenarioFile), noCompile: true, ...options });
  }

  it("prints nothing but JSON with --json, its flags above the config", async () => {
    const files = ["capped.scenario.ts", "no-default.scenario.ts"];
    const { code, stdout, stderr } = await run(files, { json: true, runs: "3" });
    expect(code, stderr).to.equal(2);
    const { results } = JSON.parse(stdout) as { results: Record<string, Record<string, unknown>>[] };
    expect(results.map(({ file }) => file)).to.deep.equal(files.map(scenarioFile));
    expect(results[0]?.result).to.include({ kind: "survived", target: "CappedBox" });
    expect(results[0]?.result?.cost).to.include({ runs: 3 });
    expect(results[1]?.error).to.include({ code: "INVALID_SCENARIO_FILE" });
  });

  const faults: [fault: string, file: string, options: Record<string, unknown>, code: string][] = [
    ["a file that does not exist", "nowhere.ts", {}, "NO_SCENARIO_FILE"],
    ["a file without a default export", "no-default.scenario.ts", {}, "INVALID_SCENARIO_FILE"],
    ["a file that gives no scenario", "no-scenario.scenario.ts", {}, "INVALID_SCENARIO_FILE"],
    ["a flag that is no number", "capped.scenario.ts", { runs: "many" }, "INVALID_OPTION"],
    ["a flag out of range", "capped.scenario.ts", { runs: "0" }, "INVALID_OPTION"],
  ];
  for (const [fault, file, options, errorCode] of faults) {
    it(`exits with 2 for ${fault}`, async () => {
      const { code, stdout, stderr } = await run([file], options);
      expect(code, stdout + stderr).to.equal(2);
      expect(stderr).to.include(`[${errorCode}]`);
    });
  }

  it("exits with 2 for a siege that is inconclusive, with the reasons and the counts", async () => {
    const { code, stdout, stderr } = await run(["locked.scenario.ts", "capped.scenario.ts"]);
    expect(code, stdout + stderr).to.equal(2);
    expect(stdout).to.match(/The siege of LockedBox by ".*" is inconclusive/);
    expect(stdout).to.match(
      /No call that changes the state of LockedBox succeeded: set was tried [\d,]+ times: "locked"/,
    );
    expect(stdout).to.include("CappedBox survived");
  });

  it("sets parameters, which are in the report", async () => {
    const within = await run(["limited.scenario.ts"], { parameters: "limit=1200" });
    expect(within.code, within.stdout + within.stderr).to.equal(0);
    expect(within.stdout).to.include("parameter  limit 1200\n");
    const beyond = await run(["limited.scenario.ts"], { parameters: "limit=800,blocks=2" });
    expect(beyond.code, beyond.stdout + beyond.stderr).to.equal(1);
    expect(beyond.stdout).to.include("parameter  limit 800\n  parameter  blocks 2 blocks\n");
  });

  it("runs the other files after one that is at fault, and a violation decides", async () => {
    const { code, stdout, stderr } = await run(["throws.scenario.ts", "leaky.scenario.ts"]);
    expect(code, stderr).to.equal(1);
    expect(stderr).to.include("out of order");
    expect(stdout).to.include("LeakyBox did not survive");
  });
});

function scenarioFile(name: string): string {
  return path.join(SHELL_PROJECT, "siege", name);
}
