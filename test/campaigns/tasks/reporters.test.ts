import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { parse } from "junit2json";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

/** What the flags and the config leave; test/unit/report/reporters says what is in each format. */
describe("reports of siege run", () => {
  let folder: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { runs: 5, reproductions: path.join(folder, "reproductions") } });
  });
  afterEach(async () => {
    for (const name of await readdir(folder)) await rm(path.join(folder, name), { recursive: true, force: true });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const place = (name: string): string => path.join(folder, name);
  const textOf = (name: string): Promise<string> => readFile(place(name), "utf8");

  async function run(files: readonly string[], options: Readonly<Record<string, unknown>> = {}): Promise<Ended> {
    return siegeTask(hre, "run", { files: files.map(scenarioFile), noCompile: true, ...options });
  }

  it("are one file each, beside the report of the terminal", async () => {
    const files = ["capped.scenario.ts", "leaky.scenario.ts", "locked.scenario.ts", "throws.scenario.ts"];
    const reporter = `junit=${place("junit.xml")},json=${place("all.json")},html=${place("siege.html")}`;
    const { code, stdout, stderr } = await run(files, { reporter });
    expect(code, stderr).to.equal(1);
    expect(stdout).to.include("LeakyBox did not survive");
    const junit = await parse(await textOf("junit.xml"));
    expect(junit).to.include({ tests: 4, failures: 1, errors: 2 });
    const { results } = JSON.parse(await textOf("all.json")) as { results: object[] };
    expect(results).to.have.length(4);
    const page = await textOf("siege.html");
    expect(page.match(/<h1>/g)).to.have.length(4);
    expect(page).to.include("LeakyBox did not survive");
  });

  it("have JSON that is what its published schema says", async () => {
    const files = ["capped.scenario.ts", "leaky.scenario.ts", "locked.scenario.ts", "throws.scenario.ts"];
    const { stdout } = await run(files, { json: true });
    expect(faultsOf("results", stdout)).to.deep.equal([]);
    // it notices
    expect(faultsOf("results", stdout.replace('"kind": "survived"', '"kind": "fine"'))).not.to.deep.equal([]);
  });

  it("is the only output if it has no file: --reporter json is --json", async () => {
    const named = await run(["capped.scenario.ts"], { reporter: "json" });
    expect(named.code, named.stderr).to.equal(0);
    expect(JSON.parse(named.stdout)).to.have.property("version", 2);
    const { stdout } = await run(["capped.scenario.ts"], { reporter: "junit" });
    expect(stdout).to.match(/^<\?xml/);
    expect(await parse(stdout)).to.include({ tests: 1, failures: 0, errors: 0 });
  });

  it("come from the config unless a flag says otherwise", async () => {
    const reports = [`junit=${place("junit.xml")}`];
    const configured = await shellEnvironment({ siege: { runs: 5, reports } });
    const args = { files: [scenarioFile("capped.scenario.ts")], noCompile: true };
    await siegeTask(configured, "run", { ...args, json: true });
    expect(await readdir(folder)).to.deep.equal(["junit.xml"]);
    await rm(place("junit.xml"));
    await siegeTask(configured, "run", { ...args, reporter: `json=${place("all.json")}` });
    expect(await readdir(folder)).to.deep.equal(["all.json"]);
  });

  it("tell of a replay, with the outcome and without the state of its file", async () => {
    const { code } = await run(["leaky.scenario.ts"]);
    expect(code).to.equal(1);
    const reproductions = await readdir(place("reproductions"));
    const file = path.join(
      place("reproductions"),
      reproductions.find((name) => name.endsWith(".json"))!,
    );
    const reporter = `junit=${place("junit.xml")},json=${place("all.json")},html=${place("siege.html")}`;
    const replayed = await siegeTask(hre, "replay", { file, reporter });
    expect(replayed.code, replayed.stderr).to.equal(1);
    expect(replayed.stdout).to.include("the violation is reproduced as it was recorded");
    expect(await parse(await textOf("junit.xml"))).to.include({ tests: 1, failures: 1, errors: 0 });
    // the file has the run event by event, too
    const page = await textOf("siege.html");
    for (const part of ["reproduced as it was recorded", "Step by step"]) expect(page).to.include(part);
    const json = await textOf("all.json");
    expect(faultsOf("results", json)).to.deep.equal([]);
    const { results } = JSON.parse(json) as { results: { replay: { kind: string } }[] };
    expect(results[0]?.replay.kind).to.equal("violation");
  });

  it("tell of a file that does not replay", async () => {
    await writeFile(place("none.json"), "{}");
    const reporter = `junit=${place("junit.xml")}`;
    const { code, stderr } = await siegeTask(hre, "replay", { file: place("none.json"), reporter });
    expect(code).to.equal(2);
    expect(stderr).to.include("[REPRODUCTION_INVALID]");
    expect(await parse(await textOf("junit.xml"))).to.include({ tests: 1, failures: 0, errors: 1 });
  });

  const faults: [fault: string, reporter: string][] = [
    ["there is no such reporter", "junit5=a.xml"],
    ["two would be printed", "json,junit"],
  ];
  for (const [fault, reporter] of faults) {
    it(`are refused before anything is played if ${fault}`, async () => {
      const { code, stdout, stderr } = await run(["leaky.scenario.ts"], { reporter });
      expect(code).to.equal(2);
      expect(stdout).to.equal("");
      expect(stderr).to.include("[INVALID_OPTION]");
    });
  }

  it("are refused before anything is played if a file cannot be written", async () => {
    await writeFile(place("file"), "");
    const { code, stdout, stderr } = await run(["leaky.scenario.ts"], { reporter: `json=${place("file/all.json")}` });
    expect(code).to.equal(2);
    expect(stdout).to.equal("");
    expect(stderr).to.include("[RESULT_UNWRITABLE]");
  });

  for (const [file, code] of [
    ["leaky.scenario.ts", 1],
    ["capped.scenario.ts", 2],
  ] as const) {
    it(`are missed loudly if they cannot be written any more, after ${file}`, async () => {
      // a folder where the file should be, made when the scenario is read, after the check: root may write anywhere
      const taken = place("all.json");
      const scenario = place(file);
      await writeFile(scenario, scenarioThatMakes(path.join(taken, "taken"), scenarioFile(file)));
      const ended = await siegeTask(hre, "run", { files: [scenario], noCompile: true, reporter: `json=${taken}` });
      expect(ended.code, ended.stderr).to.equal(code);
      expect(ended.stderr).to.include("[RESULT_UNWRITABLE]");
      expect(ended.stdout).to.match(/survive/);
    });
  }
});

function scenarioThatMakes(folder: string, scenario: string): string {
  return `import { mkdirSync } from "node:fs";
export { default } from ${JSON.stringify(scenario)};
mkdirSync(${JSON.stringify(folder)}, { recursive: true });
`;
}

function scenarioFile(name: string): string {
  return path.join(SHELL_PROJECT, "siege", name);
}
