import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { saidBy } from "../../helpers/svg.js";
import { faultsOf } from "../../helpers/valid-json.js";

describe("hardhat siege ruin", () => {
  let folder: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions: path.join(folder, "reproductions") } });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function ruin(file: string, options: Readonly<Record<string, unknown>> = {}): Promise<Ended> {
    const files = [path.join(SHELL_PROJECT, "siege", file)];
    return siegeTask(hre, "ruin", { files, noCompile: true, early: false, ...options });
  }

  it("prints the report, writes JSON, and exits with 1 if a path was ruined", async () => {
    const json = path.join(folder, "results/ruin.json");
    const { code, stdout, stderr } = await ruin("noted.scenario.ts", { paths: "100", confidence: "0.9", json });
    expect(code, stderr).to.equal(1);
    expect(stdout).to.match(/^LeakyBox under "a price is noted"$/m);
    expect(stdout).to.match(/of 100 paths ruined: .* with 90 % confidence \(Clopper-Pearson\)/);
    const text = await readFile(json, "utf8");
    expect(faultsOf("ruin", text)).to.deep.equal([]);
    const document = JSON.parse(text) as Record<string, Record<string, unknown>>;
    expect(document.result).to.include({ kind: "estimated", paths: 100, confidence: 0.9, target: "LeakyBox" });
    expect(document.version).to.equal(1);
  });

  it("draws figures of what it prints into a folder, and says where", async () => {
    const figures = path.join(folder, "figures");
    const { code, stdout, stderr } = await ruin("noted.scenario.ts", { paths: "40", figures });
    expect(code, stderr).to.equal(1);
    const drawn = [...stdout.matchAll(/^ {2}figure {5}(.*)$/gm)].map(([, file]) => file!);
    expect(drawn[0]).to.equal(path.join(figures, "time-to-ruin.svg"));
    const [, printed = ""] = / {2}ruin {7}(.*)\n/.exec(stdout) ?? [];
    for (const file of drawn) expect(saidBy(await readFile(file, "utf8"))).to.include(`\n${printed}.`);
  });

  it("exits with 0 if no path was ruined", async () => {
    const { code, stdout, stderr } = await ruin("capped.scenario.ts", { paths: "40" });
    expect(code, stdout + stderr).to.equal(0);
    expect(stdout).to.include("0 of 40 paths ruined: at most 8.9 % with 95 % confidence");
  });

  it("exits by the interval with --below: below, not below, undecided", async () => {
    const ends = [
      await ruin("capped.scenario.ts", { paths: "40", below: "0.1" }),
      await ruin("noted.scenario.ts", { paths: "1000", below: "0.01", early: true }),
      await ruin("capped.scenario.ts", { paths: "40", below: "0.01" }),
    ];
    expect(ends.map(({ code }) => code)).to.deep.equal([0, 1, 2]);
    expect(ends[1]?.stdout).to.include("(confidence sequence)");
  });

  it("tilts prices, and does not decide by few paths", async () => {
    const options = { paths: "200", tilt: "X=-1.5", below: "0.5" };
    const { code, stdout, stderr } = await ruin("noted.scenario.ts", options);
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/of 200 tilted paths ruined: .* \(importance sampling\)/);
    const few = await ruin("noted.scenario.ts", { paths: "20", tilt: "X=-8", below: "0.0000000001" });
    expect(few.code).to.equal(2);
    expect(few.stdout).to.include("fewer than the 20 from which on the interval holds");
  });

  it("exits with 2 if paths say nothing about the target", async () => {
    const { code, stdout } = await ruin("locked.scenario.ts", { paths: "10" });
    expect(code).to.equal(2);
    expect(stdout).to.include("No call that changes the state of LockedBox succeeded");
  });

  it("goes on with the paths of a file", async () => {
    const resume = path.join(folder, "paths.jsonl");
    const first = await ruin("noted.scenario.ts", { paths: "20", resume });
    const second = await ruin("noted.scenario.ts", { paths: "40", resume });
    const fresh = await ruin("noted.scenario.ts", { paths: "40" });
    expect(first.stdout).to.include(" of 20 paths ruined");
    expect(reportOf(second)).to.equal(reportOf(fresh));
    expect((await readFile(resume, "utf8")).trim().split("\n")).to.have.length(41);
  });

  for (const [fault, options, code] of [
    ["no paths", { paths: "0" }, "INVALID_OPTION"],
    ["certainty", { confidence: "1" }, "INVALID_OPTION"],
    ["a limit of nothing", { below: "0" }, "INVALID_OPTION"],
    ["a limit to decide that is missing", { early: true }, "INVALID_OPTION"],
    ["a flag that is no number", { paths: "many" }, "INVALID_OPTION"],
    ["a tilt that is no number", { tilt: "X" }, "INVALID_OPTION"],
    ["a tilt of an asset that there is not", { tilt: "Z=-4" }, "UNKNOWN_ASSET"],
    ["no file", { files: [] }, "NO_SCENARIO_FILE"],
    ["a result that cannot be written", { json: SHELL_PROJECT }, "RESULT_UNWRITABLE"],
    ["paths of something else", { resume: path.join(SHELL_PROJECT, "package.json") }, "PATHS_FILE_INVALID"],
  ] as const) {
    it(`exits with 2 for ${fault}`, async () => {
      const { code: exitCode, stdout, stderr } = await ruin("capped.scenario.ts", options);
      expect(exitCode, stdout + stderr).to.equal(2);
      expect(stderr).to.include(`[${code}]`);
    });
  }
});

/** The report without its seconds, and without what the scenario prints. */
function reportOf({ stdout }: Ended): string {
  return stdout.slice(stdout.indexOf("LeakyBox under")).replace(/[\d.]+ s$/m, "");
}
