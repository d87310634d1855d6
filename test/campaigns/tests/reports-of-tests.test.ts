import type { Finished } from "../../helpers/spawn.js";

import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { parse } from "junit2json";

import { readSarif } from "../../helpers/sarif.js";
import { shellEnvironment } from "../../helpers/shell-project.js";
import { hardhat, mocha, nodeTest } from "../../helpers/spawn.js";
import { faultsOf } from "../../helpers/valid-json.js";

/** What `reports` in the config leaves of assertions. */
describe("the reports of hardhat test", () => {
  let folder: string;

  // these runs compile nothing themselves
  before(() => shellEnvironment());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const place = (name: string): string => path.join(folder, name);
  const textOf = (name: string): Promise<string> => readFile(place(name), "utf8");

  function test(reports: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const files = ["test/survival.ts"];
    const REPRODUCTIONS = place("reproductions");
    return hardhat(["--config", "reports.config.ts", "test", "mocha", "--no-compile", ...files], {
      env: { REPORTS: reports.join(","), REPRODUCTIONS, ...env },
    });
  }

  for (const parallel of ["false", "true"]) {
    it(`tell of every assertion, where it is in its file (parallel: ${parallel})`, async () => {
      const reports = ["junit", "sarif", "json"].map((name) => `${name}=${place(name)}`);
      const { code, stdout, stderr } = await test(reports, { PARALLEL: parallel });
      expect(code, stdout + stderr).to.equal(1);
      const { tests, failures, errors, testsuite } = (await parse(await textOf("junit"))) as {
        tests: number;
        failures: number;
        errors: number;
        testsuite: { name: string; testcase: { name: string }[] }[];
      };
      expect({ tests, failures, errors }, stdout).to.deep.equal({ tests: 4, failures: 1, errors: 1 });
      expect(testsuite.map(({ name }) => name)).to.deep.equal(["test/survival.ts"]);
      expect(testsuite[0]?.testcase.map(({ name }) => name)).to.deep.equal([
        'CappedBox survives "anybody sets the box"',
        'LeakyBox survives "anybody sets the box"',
        'LeakyBox does not survive "anybody sets the box"',
        'LockedBox survives "anybody sets the box"',
      ]);
      const { results, invocations } = readSarif(await textOf("sarif")).runs[0]!;
      expect(results?.map(({ suppressions = [] }) => suppressions.length)).to.deep.equal([0, 1]);
      expect(results?.[0]?.locations?.[0]?.physicalLocation).to.deep.equal({
        artifactLocation: { uri: "contracts/Box.sol", uriBaseId: "%SRCROOT%" },
        region: { startLine: 42 },
      });
      expect(invocations?.[0]?.executionSuccessful).to.equal(false);
      expect(faultsOf("results", await textOf("json"))).to.deep.equal([]);
    });
  }

  it("on GitHub Actions are annotations and the summary of the job, unless others are asked for", async () => {
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: place("summary.md") };
    const { stdout, stderr } = await test([], env);
    expect(stdout.match(/^::error file=contracts\/Box\.sol,line=42,title=/gm), stdout + stderr).to.have.length(1);
    expect(stdout.match(/^::warning file=test\/survival\.ts,line=19,title=/gm)).to.have.length(1);
    expect(await textOf("summary.md")).to.match(/^## Siege: 1 broke, 1 undecided, 2 survived\n/);
  });

  const alone: [name: string, args: readonly string[]][] = [
    ["mocha", []],
    ["mocha --exit", ["--exit"]],
    ["mocha --parallel", ["--parallel", "test/next-file.ts"]],
  ];
  for (const [name, args] of alone) {
    it(`are left by ${name} without Hardhat's task, too`, async () => {
      const { code, stdout, stderr } = await mocha([...args, "test/survival.ts"], { env: own("junit") });
      expect(code, stdout + stderr).to.equal(2);
      const { tests, failures, errors } = (await parse(await textOf("junit"))) as Record<string, unknown>;
      expect({ tests, failures, errors }, stdout + stderr).to.deep.equal({ tests: 4, failures: 1, errors: 1 });
    });
  }

  it("are left by node --test, of all of its processes", async () => {
    const { code, stdout, stderr } = await nodeTest(["node-test/capped.ts", "node-test/leaky.ts"], {
      env: own("json"),
    });
    expect(code, stdout + stderr).to.equal(1);
    const { results } = JSON.parse(await textOf("json")) as { results: { result: { target: string; kind: string } }[] };
    expect(results.map(({ result }) => `${result.target} ${result.kind}`)).to.have.members([
      "CappedBox survived",
      "LeakyBox violation",
    ]);
  });

  /** As a user's shell would say it: Hardhat's own variable names the config. */
  const own = (name: string): Readonly<Record<string, string>> => ({
    HARDHAT_CONFIG: "reports.config.ts",
    REPORTS: `${name}=${place(name)}`,
    REPRODUCTIONS: place("reproductions"),
  });

  it("that cannot be written end the command before a test, with a code", async () => {
    await mkdir(place("junit.xml"));
    const { code, stdout, stderr } = await test([`junit=${place("junit.xml")}`]);
    expect(code).to.equal(1);
    expect(stderr).to.include("[RESULT_UNWRITABLE]");
    expect(stdout).not.to.include("passing");
  });
});
