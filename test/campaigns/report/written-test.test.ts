import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { ProjectStyle } from "../../../src/report/typescript-test.js";
import type { Finding } from "../../../src/types.js";
import type { Finished } from "../../helpers/spawn.js";

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { renderTestFile } from "../../../src/report/typescript-test.js";
import { boxScenario } from "../../fixture-projects/shell/siege/box-scenario.js";
import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { mocha, nodeTest } from "../../helpers/spawn.js";

describe("the test that is written beside a reproduction", () => {
  let hre: HardhatRuntimeEnvironment;
  let finding: Finding;
  let folder: string;
  let reproduction: string;

  before(async () => {
    // inside of the project, as a user's: what the test imports is found from there
    const cache = path.join(SHELL_PROJECT, "cache");
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(path.join(cache, "written-"));
    hre = await shellEnvironment({ siege: { runs: 20, reproductions: folder } });
    const connection = await hre.network.create();
    const { target, scenario } = await boxScenario("LeakyBox")(connection);
    const result = await connection.siege.run(target, scenario);
    await connection.close();
    if (result.kind !== "violation") throw new Error(`The box ${result.kind}.`);
    finding = result.finding;
    reproduction = path.resolve(SHELL_PROJECT, finding.reproduction ?? "");
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("is in the style of the project", async () => {
    const written = await readFile(reproduction.replace(/\.json$/, ".test.ts"), "utf8");
    // it loads mocha's plugin, and has no chai of its own
    expect(written).to.include('import assert from "node:assert/strict";').and.not.to.include("node:test");
  });

  const styles: [style: ProjectStyle, run: (args: string[]) => Promise<Finished>, passed: RegExp][] = [
    [{ runner: "mocha", assertions: "chai" }, mocha, /^ {2}1 passing/m],
    [{ runner: "mocha", assertions: "node:assert" }, mocha, /^ {2}1 passing/m],
    [{ runner: "node:test", assertions: "node:assert" }, nodeTest, /^ℹ pass 1$/m],
  ];
  for (const [style, run, passed] of styles) {
    it(`passes under ${style.runner} with ${style.assertions}`, async () => {
      const { code, stdout, stderr } = await run([await written(style, path.basename(reproduction))]);
      expect(code, stdout + stderr).to.equal(0);
      expect(stdout).to.match(passed);
    });

    it(`fails under ${style.runner} with ${style.assertions} if its reproduction is gone`, async () => {
      const { code, stdout, stderr } = await run([await written(style, "gone.json")]);
      expect(code).not.to.equal(0);
      expect(stdout + stderr).to.include("[REPRODUCTION_NOT_FOUND]");
    });
  }

  /** Writes the finding's test in a style; what reproduction it replays is the caller's. */
  async function written(style: ProjectStyle, of: string): Promise<string> {
    const { violation, steps } = finding;
    const subject = { file: of, target: "LeakyBox", scenario: "anybody sets the box", violation, steps };
    const file = path.join(
      folder,
      `${style.runner.replace(":", "-")}-${style.assertions.replace(":", "-")}-${of}.test.ts`,
    );
    await writeFile(file, renderTestFile(subject, style));
    return file;
  }
});
