import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { ProposalResult } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

/** The first contract that the scenario file deploys. */
const BOX = "0x5FbDB2315678afecb367f032d93F642f64180aa3";

const EXECUTOR = "0x1111111111111111111111111111111111111111";

describe("hardhat siege proposal", () => {
  let folder: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions: path.join(folder, "reproductions") } });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Judges what sets the box. */
  async function proposal(value: unknown, options: Readonly<Record<string, unknown>> = {}): Promise<Ended> {
    const file = path.join(folder, "proposal.json");
    const calls = [{ target: BOX, signature: "set(uint256)", args: [value] }];
    await writeFile(file, JSON.stringify({ name: "Set the *box*", calls }));
    const scenario = path.join(SHELL_PROJECT, "siege", "limited.scenario.ts");
    const few = { paths: "4", runs: "2", attacks: "3", executor: EXECUTOR };
    return siegeTask(hre, "proposal", { files: [file], scenario, noCompile: true, ...few, ...options });
  }

  it("prints Markdown, and exits with 0 for no alarm", async () => {
    const { code, stdout, stderr } = await proposal("900");
    expect(code, stderr + stdout).to.equal(0);
    expect(stdout).to.match(/^# No alarm\n\n`CappedBox` in `anybody sets the box`/);
    expect(stdout).to.include("\n## Set the \\*box\\*\n");
    expect(stdout).to.include(`Executed as \`${EXECUTOR}\`, without a vote.`);
    expect(stdout).to.match(/- `set\(900\)` of `0x\w+`\n {2}- `0x\w+` slot `0x\w+`, `value\(\)`: 0 to 900\n/);
  });

  it("exits with 1 for a call that reverts, as a result in JSON", async () => {
    const { code, stdout, stderr } = await proposal("5000", { json: true });
    expect(code, stderr).to.equal(1);
    expect(faultsOf("proposal", stdout)).to.deep.equal([]);
    const { proposal: result } = JSON.parse(stdout) as { proposal: ProposalResult };
    expect(result.verdict).to.equal("reverts");
    expect(result.orders[0]!.refused).to.include("it reverts");
  });

  for (const [what, options, printed] of [
    ["no scenario", { scenario: undefined }, /\[NO_SCENARIO_FILE\]/],
    ["a file that is not there", { files: ["nowhere.json"] }, /\[PROPOSAL_INVALID\]/],
    ["an executor that is no address", { executor: "timelock" }, /\[INVALID_OPTION\]/],
    ["one that was stopped", { timeLimit: "0.000001" }, /# Incomplete/],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await proposal("900", options);
      expect(code, stderr).to.equal(2);
      expect(stdout + stderr).to.match(printed);
    });
  }
});
