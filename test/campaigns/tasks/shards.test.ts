import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { faultsOf } from "../../helpers/valid-json.js";

const SHARDS = path.join(SHELL_PROJECT, "siege/shards");

/** Two strands, the least that two shards can be dealt. */
const RUNS = 100;

/** What is of the clock, in a report and in a result. */
const CLOCK = /\d+\.\d s$|"(seconds|searchSeconds)": [\d.e-]+/gm;

interface Result {
  readonly kind: string;
  readonly finding?: { readonly run: number; readonly reproduction: string };
  readonly cost: { readonly runs: number };
  readonly doubts?: readonly { readonly code: string; readonly message: string }[];
}

describe("hardhat siege run --shard, and siege merge", function () {
  this.timeout(120_000);

  let reproductions: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { runs: RUNS, reproductions } });
    await rm(SHARDS, { recursive: true, force: true });
  });
  afterEach(async () => {
    await rm(SHARDS, { recursive: true, force: true });
    await rm(reproductions, { recursive: true, force: true });
  });

  const run = (scenario: string, shard: string, options: Readonly<Record<string, unknown>> = {}): Promise<Ended> => {
    const files = [path.join(SHELL_PROJECT, "siege", `${scenario}.scenario.ts`)];
    return siegeTask(hre, "run", { files, noCompile: true, shard, ...options });
  };
  const merge = (results: readonly string[], json = false): Promise<Ended> =>
    siegeTask(hre, "merge", { results, json });

  /** The results that are there, by how their names end. */
  const ending = async (end: string): Promise<readonly string[]> =>
    (await readdir(SHARDS)).filter((name) => name.endsWith(end)).map((name) => path.join(SHARDS, name));

  async function resultOf(places: readonly string[]): Promise<Result> {
    const { stdout, stderr } = await merge(places, true);
    expect(stderr).to.equal("");
    expect(faultsOf("results", stdout)).to.deep.equal([]);
    const { results } = JSON.parse(stdout) as { results: { result: Result }[] };
    return results[0]!.result;
  }

  /** The report and the result of one shard, and of two that are merged, without the clock. */
  async function bothWays(scenario: string): Promise<{ one: Ended[]; two: Ended[]; shards: Ended[] }> {
    const shards = [await run(scenario, "1/1"), await run(scenario, "2/2"), await run(scenario, "1/2")];
    const told = async (places: readonly string[]): Promise<Ended[]> => {
      const ended = [await merge(places), await merge(places, true)];
      return ended.map(({ stdout, ...rest }) => ({ ...rest, stdout: stdout.replaceAll(CLOCK, "") }));
    };
    const one = await told(await ending("1-of-1.json"));
    return { one, two: await told(await ending("-of-2.json")), shards };
  }

  it("say of two shards what they say of one, if nothing is found", async () => {
    const { one, two, shards } = await bothWays("capped");
    expect(two).to.deep.equal(one);
    expect(one[0]?.stdout).to.include('CappedBox survived "anybody sets the box"').and.to.include("100 runs");
    expect([...one, ...shards].map(({ code }) => code)).to.deep.equal([0, 0, 0, 0, 0]);
    expect(shards[1]?.stdout).to.include("Shard 2 of 2 found nothing that breaks CappedBox").and.to.include("50 runs");
    expect(shards[1]?.stdout).to.not.include("survived");
  });

  it("make one finding of what two shards found: the one with the lower run", async () => {
    const { one, two, shards } = await bothWays("leaky");
    expect(two).to.deep.equal(one);
    expect([...one, ...shards].map(({ code }) => code)).to.deep.equal([1, 1, 1, 1, 1]);
    const runs: unknown[] = [];
    for (const file of await ending("-of-2.json")) runs.push((await resultOf([file])).finding?.run);
    expect(new Set(runs).size, "each shard has a finding of its own").to.equal(2);
    const { finding } = await resultOf(await ending("-of-2.json"));
    expect(finding?.run).to.equal(Math.min(...runs.map(Number)));
  });

  it("count the runs up to the finding, whoever played on meanwhile, and write its reproduction and its test", async () => {
    const { one, two } = await bothWays("rare");
    expect(two).to.deep.equal(one);
    const { kind, cost, finding } = await resultOf(await ending("-of-2.json"));
    expect(kind).to.equal("violation");
    expect(cost.runs).to.equal(finding?.run);
    const replayed = await siegeTask(hre, "replay", { file: finding?.reproduction });
    expect(replayed.code, replayed.stderr).to.equal(1);
    expect(await readdir(reproductions)).to.include(
      path.basename(finding?.reproduction ?? "").replace(/\.json$/, ".test.ts"),
    );
  });

  it("are of one campaign only if they set the same parameters, which are in the report", async () => {
    for (const shard of ["1/2", "2/2"]) await run("limited", shard, { parameters: "limit=1100" });
    const { code, stdout, stderr } = await merge([]);
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include("  parameter  limit 1100\n");
    await rm(SHARDS, { recursive: true });
    await run("limited", "1/2", { parameters: "limit=1100" });
    await run("limited", "2/2", { parameters: "limit=1200" });
    const mixed = await merge([]);
    expect(mixed.stderr).to.include("[MIXED_CAMPAIGNS]").and.to.include("setting of parameters");
  });

  it("leave a campaign undecided if a shard is missing, and name it", async () => {
    await run("capped", "1/3", { runs: "130" });
    await run("capped", "3/3", { runs: "130" });
    const { code, stdout } = await merge([]);
    expect(code).to.equal(2);
    expect(stdout).to.include("is inconclusive").and.to.include("2 of 3 shards; shard 2 is missing");
    expect(stdout).to.include("--shard 2/3").and.to.not.include("survived");
  });

  it("leave it incomplete if a shard was stopped", async () => {
    await run("capped", "1/2");
    expect((await run("capped", "2/2", { timeLimit: "0.001" })).code).to.equal(2);
    const { code, stdout } = await merge([SHARDS]);
    expect(code).to.equal(2);
    expect(stdout).to.include("is incomplete: stopped by the time limit");
  });

  it("refuse to mix campaigns, and name both values", async () => {
    await run("capped", "1/2");
    await run("capped", "2/2", { seed: "7" });
    const { code, stderr } = await merge([SHARDS]);
    expect(code).to.equal(2);
    expect(stderr).to.match(/the seed is [17] in .*-of-2\.json and [17] in .*-of-2\.json/);
    expect(stderr).to.include("[MIXED_CAMPAIGNS]");
  });

  const damages: [damage: string, (text: string) => string, code: string][] = [
    ["is cut off", (text) => text.slice(0, 500), "SHARD_RESULT_INVALID"],
    ["was edited", (text) => text.replace('"runs": 100', '"runs": 200'), "SHARD_RESULT_INVALID"],
    ["is of another version", (text) => text.replace('"version": 1', '"version": 99'), "SHARD_RESULT_VERSION"],
    ["is something else", () => '{ "format": "hardhat-siege reproduction" }', "SHARD_RESULT_INVALID"],
  ];
  it("refuse a file that is damaged or none of theirs", async () => {
    await run("leaky", "1/1");
    const [file = ""] = await ending(".json");
    const text = await readFile(file, "utf8");
    for (const [damage, damaged, errorCode] of damages) {
      await writeFile(file, damaged(text));
      const { code, stderr } = await merge([file]);
      expect(code, damage).to.equal(2);
      expect(stderr, damage).to.include(`[${errorCode}]`);
    }
    const nowhere = await merge(["nowhere"]);
    expect(nowhere.code).to.equal(2);
    expect(nowhere.stderr).to.include("[SHARD_RESULT_NOT_FOUND]");
  });

  for (const [shard, why] of [
    ["x", "is not a shard"],
    ["0/4", "the first one is 1"],
    ["5/4", "asks for shard 5 of 4"],
    ["1/8", "has 2 parts only"],
  ] as const) {
    it(`exit with 2 for --shard ${shard}`, async () => {
      const { code, stderr } = await run("capped", shard);
      expect(code).to.equal(2);
      expect(stderr).to.include(why).and.to.include("[INVALID_OPTION]");
    });
  }
});
