import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { DiffResult } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

const fileOf = (name: string): string => path.join(SHELL_PROJECT, "siege", `${name}.scenario.ts`);

describe("hardhat siege diff", () => {
  let reproductions: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions } });
  });
  after(() => rm(reproductions, { recursive: true, force: true }));

  const diff = (file: string, options: Readonly<Record<string, unknown>>): Promise<Ended> =>
    siegeTask(hre, "diff", { file: fileOf(file), noCompile: true, runs: "5", ...options });

  it("prints which outcomes a change of the code changes, and exits with 1", async () => {
    const { code, stdout, stderr } = await diff("leaky", { against: fileOf("capped") });
    expect(code, stderr).to.equal(1);
    expect(stdout).to.match(/^LeakyBox against CappedBox in "anybody sets the box"\n/);
    expect(stdout).to.match(
      /\n {2}first +broke underCap in block \d: value \d+ above the cap of 1000\n {2}second +survived\n/,
    );
    // the capped one refuses what the leaky one takes
    expect(stdout).to.match(/\n {2}differs +block \d, call \d+, attacker: \S/);
  });

  it("exits with 0 if nothing changes", async () => {
    const { code, stdout, stderr } = await diff("leaky", { against: fileOf("leaky") });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include("  changed    no outcome\n");
  });

  it("compares two sets of parameters of one file, as JSON", async () => {
    const { code, stdout, stderr } = await diff("limited", {
      parameters: "limit=1500",
      againstParameters: "limit=500",
      json: true,
    });
    expect(code, stderr).to.equal(1);
    expect(faultsOf("diff", stdout)).to.deep.equal([]);
    const { version, diff: result } = JSON.parse(stdout) as { version: number; diff: DiffResult };
    expect(version).to.equal(1);
    expect([result.one, result.other].map(({ parameters }) => parameters?.[0]?.value)).to.deep.equal([1500, 500]);
    expect(result.outcomes).to.include({ fixed: 0, bothBroke: 0, otherwise: 0 });
    expect(result.outcomes.broken).to.equal(result.changed.length);
    // the same calls, which are judged otherwise
    expect(result.changed[0]?.first).to.include({ kind: "condition", other: "margin 0" });
  });

  it("exits with 2 if there is nothing to compare with", async () => {
    const { code, stderr } = await diff("leaky", {});
    expect(code).to.equal(2);
    expect(stderr).to.include("--against");
  });
});
