import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { TrainResult } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege train", () => {
  let hre: HardhatRuntimeEnvironment;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions: path.join(folder, "reproductions") } });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const scenario = (name: string): string => path.join(SHELL_PROJECT, "siege", `${name}.scenario.ts`);
  const out = (): string => path.join(folder, "policy.json");

  async function train(options: Readonly<Record<string, unknown>>): Promise<Ended> {
    const files = [scenario("leaky"), scenario("capped")];
    return siegeTask(hre, "train", { files, out: out(), noCompile: true, runs: "16", stages: "2", ...options });
  }

  it("writes a policy that attacks in a run, the same for the same seed", async () => {
    const { code, stdout, stderr } = await train({});
    expect(code, stderr + stdout).to.equal(0);
    expect(stdout).to.match(
      /^A policy from 4 campaigns against 2 targets\n {2}stage 1 {4}1 of 2 broken, \d+ runs of up to 8 each\n/,
    );
    expect(stdout).to.include("written to ");
    const policy = await readFile(out(), "utf8");
    expect(faultsOf("policy", policy)).to.deep.equal([]);
    const again = await train({ json: true });
    expect(faultsOf("training", again.stdout)).to.deep.equal([]);
    const { training } = JSON.parse(again.stdout) as { training: TrainResult };
    expect(training.policy).to.deep.equal(JSON.parse(policy));
    expect(training.campaigns.map(({ found }) => found)).to.deep.equal([true, false, true, false]);
    const files = [scenario("leaky")];
    const ran = await siegeTask(hre, "run", { files, noCompile: true, policy: out(), runs: "20" });
    expect(ran.code, ran.stderr).to.equal(1);
    expect(ran.stdout).to.match(/ {2}proposed: \d+ runs?\n/);
  });

  for (const [what, options, printed] of [
    ["no files", { files: [] }, /\[NO_SCENARIO_FILE\]/],
    ["no runs", { runs: "1" }, /\[INVALID_OPTION\]/],
    [
      "a place where nothing can be written",
      { out: path.join(SHELL_PROJECT, "package.json", "x.json") },
      /\[POLICY_UNWRITABLE\]/,
    ],
    ["a training that was stopped", { timeLimit: "0.000001" }, /stopped {4}time limit/],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await train(options);
      expect(code, stderr).to.equal(2);
      expect(stdout + stderr).to.match(printed);
    });
  }

  it("is no verdict with a policy that is none", async () => {
    await writeFile(out(), "{}");
    const files = [scenario("leaky")];
    const { code, stderr } = await siegeTask(hre, "run", { files, noCompile: true, policy: out() });
    expect(code).to.equal(2);
    expect(stderr).to.include("[POLICY_INVALID]");
  });
});
