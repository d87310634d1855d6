import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { BankruptResult } from "../../../src/types.js";
import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege bankrupt", () => {
  let hre: HardhatRuntimeEnvironment;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions: path.join(folder, "reproductions") } });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function bankrupt(name: string, options: Readonly<Record<string, unknown>> = {}): Promise<Ended> {
    const file = path.join(SHELL_PROJECT, "siege", `${name}.scenario.ts`);
    return siegeTask(hre, "bankrupt", { file, noCompile: true, runs: "20", campaigns: "3", ...options });
  }

  it("prints the ways as a table, with a figure, and exits with 1", async () => {
    const figures = path.join(folder, "figures");
    const { code, stdout, stderr } = await bankrupt("leaky", { figures });
    expect(code, stderr + stdout).to.equal(1);
    expect(stdout).to.match(/^1 cheapest way to break it: LeakyBox in "/);
    expect(stdout).to.match(/\n {2}capital +price move +steps +condition +reproduction\n {2}\$0\.00 +0\.0 % +1 +/);
    const [, reproduction = ""] = /(\S+\.json)\n/.exec(stdout) ?? [];
    const replayed = await siegeTask(hre, "replay", { file: path.resolve(SHELL_PROJECT, reproduction) });
    expect(replayed.code, replayed.stderr).to.equal(1);
    expect(await readFile(path.join(figures, "bankruptcy.svg"), "utf8")).to.match(/^<svg role="img"/);
  });

  it("prints JSON, and exits with 0 where nothing breaks", async () => {
    const { code, stdout, stderr } = await bankrupt("capped", { json: true });
    expect(faultsOf("bankruptcy", stdout)).to.deep.equal([]);
    const { bankruptcy } = JSON.parse(stdout) as { bankruptcy: BankruptResult };
    expect(bankruptcy.front).to.deep.equal([]);
    expect(bankruptcy.campaigns).to.have.lengthOf(1);
    expect([code, bankruptcy.outcome], stderr).to.deep.equal([0, "survived"]);
  });

  for (const [what, options, printed] of [
    ["no campaigns", { campaigns: "0" }, /\[INVALID_OPTION\]/],
    ["one that was stopped", { timeLimit: "0.000001" }, /stopped {4}time limit/],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await bankrupt("leaky", options);
      expect(code, stderr).to.equal(2);
      expect(stdout + stderr).to.match(printed);
    });
  }
});
