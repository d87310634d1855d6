import type { Ended, QueueProject } from "../../../helpers/queue-project.js";
import type { SmallDisk } from "../../../helpers/small-disk.js";

import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { queueProject } from "../../../helpers/queue-project.js";
import { smallDisk } from "../../../helpers/small-disk.js";

/** What is free when a command begins, KiB: nothing, or a few pages, so that the disk is full in the middle. */
const FREE = [0, 4, 12, 24];

/** An error of this plugin with its code. */
const CODE = /\[([A-Z_]+)\]/g;

describe("a disk that is full when a command writes", function () {
  this.timeout(3_600_000);

  let project: QueueProject;
  let disk: SmallDisk | undefined;
  let folder: string;
  /** How often a command ended in which way. */
  const outcomes = new Map<string, number>();

  before(async () => {
    project = await queueProject();
  });
  after(async () => {
    await project.close();
    for (const [outcome, times] of outcomes) console.log(`    ${times} times ${outcome}`);
  });
  afterEach(async () => {
    await disk?.close();
    for (const name of ["shards", "reproductions"]) {
      await rm(path.join(project.root, "siege", name), { recursive: true, force: true });
    }
  });

  /** Where it is mounted, from the root of the project. */
  async function mount(test: Mocha.Context, where: string, options?: string): Promise<SmallDisk> {
    folder = path.join(project.root, where);
    disk = await smallDisk(folder, options);
    if (disk === undefined) test.skip();
    return disk;
  }

  async function command(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended> {
    const ended = await project.hardhat(["siege", ...args, "--no-compile"], env).ended;
    const codes = [...new Set([...(ended.stdout + ended.stderr).matchAll(CODE)].map(([, code]) => code))];
    const outcome = `${args[0] ?? ""} exited with ${String(ended.code)}${codes.length === 0 ? "" : `, ${codes.join(", ")}`}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    return ended;
  }

  const run = (name: string, ...flags: readonly string[]): Promise<Ended> =>
    command(["run", `siege/${name}.scenario.ts`, "--runs", "64", ...flags]);

  /** @returns the files on the disk, each of which is whole: none is temporary, and none ends in its middle */
  async function wholeFiles(): Promise<readonly string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && entry.name !== ".filling");
    for (const { name, parentPath } of names) {
      const text = await readFile(path.join(parentPath, name), "utf8");
      if (name.endsWith(".json")) JSON.parse(text);
      else expect(text.trimEnd(), name).to.match(/(\}\);|<\/html>|<\/testsuites>)$/);
    }
    return names.map(({ name }) => name);
  }

  for (const free of FREE) {
    describe(`of which ${free} KiB are free`, () => {
      it("costs a result, whose campaign is no verdict, and never a finding", async function () {
        const { fill } = await mount(this, "siege/shards");
        await fill(free * 1024);
        const sound = await run("capped", "--shard", "1/1");
        // what was written before the disk was full is there, and says that it is a part
        const isThere = (await wholeFiles()).length > 0;
        expect(sound.code, sound.stderr).to.be.oneOf(isThere ? [0, 2] : [2]);
        if (sound.code === 2) expect(sound.stderr).to.include("[SHARD_RESULT_UNWRITABLE]").and.to.include("ENOSPC");
        await fill(free * 1024);
        const { code, stdout, stderr } = await run("leaky", "--shard", "1/1");
        await wholeFiles();
        // before anything was played, nothing is lost
        if (code === 2) expect(stderr).to.include("[SHARD_RESULT_UNWRITABLE]");
        else expect(stdout, stderr).to.include("LeakyBox.set(");
        expect(code, stderr).to.be.oneOf([1, 2]);
      });

      it("costs a reproduction, which is printed instead", async function () {
        const { fill } = await mount(this, "siege/reproductions");
        await fill(free * 1024);
        const { code, stdout, stderr } = await run("leaky");
        expect(code, stderr).to.equal(1);
        expect(stdout).to.include("LeakyBox.set(");
        const files = await wholeFiles();
        if (files.every((name) => !name.endsWith(".json")))
          expect(stdout).to.include("not saved").and.to.include("ENOSPC");
      });

      it("costs a report: what survived is undecided then, and what broke has broken", async function () {
        const { fill } = await mount(this, "reports");
        const flags = ["--reporter", "html=reports/page.html,junit=reports/tests.xml"];
        await fill(free * 1024);
        const sound = await run("capped", ...flags);
        const areThere = (await wholeFiles()).length === 2;
        expect(sound.code, sound.stderr).to.equal(areThere ? 0 : 2);
        if (!areThere) expect(sound.stderr).to.include("[RESULT_UNWRITABLE]").and.to.include("ENOSPC");
        await fill(free * 1024);
        const { code, stderr } = await run("leaky", ...flags);
        const isTold = (await wholeFiles()).length < 2;
        expect(code, stderr).to.be.oneOf(isTold ? [1, 2] : [1]);
        if (isTold) expect(stderr).to.include("[RESULT_UNWRITABLE]");
      });

      it("costs the paths that do not fit, and none of those that did", async function () {
        const { fill } = await mount(this, "paths");
        await fill(free * 1024);
        const ruin = () =>
          command(["ruin", "siege/noted.scenario.ts", "--paths", "300", "--resume", "paths/paths.jsonl"]);
        const { code, stderr } = await ruin();
        expect(code, stderr).to.be.oneOf([1, 2]);
        const text = await readFile(path.join(folder, "paths.jsonl"), "utf8").catch(() => "");
        if (code === 2) expect(stderr).to.include("[PATHS_FILE_UNWRITABLE]").and.to.include("ENOSPC");
        const kept = text.split("\n").slice(1, -1);
        for (const line of kept) JSON.parse(line);
        await rm(path.join(folder, ".filling"), { force: true });
        const resumed = await ruin();
        expect(resumed.stdout, resumed.stderr).to.include(" of 300 paths ruined");
        const lines = (await readFile(path.join(folder, "paths.jsonl"), "utf8")).split("\n").slice(1, -1);
        expect(lines.slice(0, kept.length)).to.deep.equal(kept);
        expect(lines).to.have.length(300);
      });
    });
  }

  it("is an error, and no verdict, where temporary files are to be", async function () {
    // room for the folder itself, and for no other one
    await mount(this, "temporary", "size=64k,nr_inodes=1");
    const { code, stdout, stderr } = await run("capped");
    const there = await command(["run", "siege/capped.scenario.ts", "--runs", "64"], { TMPDIR: folder });
    expect(code, stdout + stderr).to.equal(0);
    expect(there.code, there.stdout + there.stderr).to.be.oneOf([0, 2]);
    if (there.code === 2) expect(there.stdout + there.stderr).to.include("[TEMPORARY_UNWRITABLE]");
    else expect(there.stdout).to.include("CappedBox survived");
  });
});
