import type { Finished } from "../helpers/spawn.js";

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { SHELL_PROJECT } from "../helpers/shell-project.js";
import { hardhat } from "../helpers/spawn.js";

/** What only a process has: its exit code, its signals, its help. The rest: test/integration/tasks/run.test.ts. */
describe("hardhat siege", () => {
  // saved reproductions are replayed first; these tests are about the search
  beforeEach(() => rm(path.join(SHELL_PROJECT, "siege/reproductions"), { recursive: true, force: true }));

  it("lists its subtasks", async () => {
    const { code, stdout } = await hardhat(["siege"]);
    expect(code).to.equal(0);
    expect(stdout).to.include("siege run").and.to.include("siege ruin").and.to.include("siege replay");
  });

  it("explains its options", async () => {
    const { code, stdout } = await hardhat(["siege", "run", "--help"]);
    expect(code).to.equal(0);
    for (const option of ["--runs", "--seed", "--time-limit", "--json", "--no-compile"]) {
      expect(stdout).to.include(option);
    }
  });

  describe("ruin", () => {
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const ruin = (paths: string, stop: Parameters<typeof hardhat>[1] = {}): Promise<Finished> =>
      hardhat(
        ["siege", "ruin", "siege/noted.scenario.ts", "--paths", paths, "--resume", path.join(folder, "paths.jsonl")],
        stop,
      );

    /** The first line says what the others are paths of; the last one may not be complete. */
    const lines = async (): Promise<readonly string[]> =>
      (await readFile(path.join(folder, "paths.jsonl"), "utf8")).split("\n").slice(1, -1);

    it("reports the finished paths and exits with 2 on SIGINT", async () => {
      const { code, stdout, stderr } = await ruin("1000000", { interruptAt: "a hundred blocks" });
      expect(code, stdout + stderr).to.equal(2);
      expect(stdout).to.include('LeakyBox under "a price is noted" is incomplete: stopped by an interruption');
      expect(stdout).to.match(/ of \d+ paths? ruined: .* \(confidence sequence\)/);
    });

    it("loses no finished path to kill -9", async () => {
      const interruptOn = until(async () => (await lines().catch(() => [])).length >= 6);
      const { code } = await ruin("1000000", { signals: ["SIGKILL"], interruptOn });
      expect(code).to.equal(null);
      const kept = await lines();
      const resumed = await ruin(String(kept.length + 2));
      expect(resumed.stdout, resumed.stderr).to.include(` of ${String(kept.length + 2)} paths ruined`);
      expect((await lines()).slice(0, kept.length)).to.deep.equal(kept);
      expect(await lines()).to.have.length(kept.length + 2);
    });
  });

  describe("run", () => {
    it("exits with 0 if the target survives", async () => {
      const { code, stdout, stderr } = await hardhat(["siege", "run", "siege/capped.scenario.ts"]);
      expect(code, stderr).to.equal(0);
      expect(stdout).to.include("CappedBox survived");
    });

    it("exits with 1 if it does not", async () => {
      const { code, stdout, stderr } = await hardhat(["siege", "run", "siege/leaky.scenario.ts"]);
      expect(code, stderr).to.equal(1);
      expect(stdout).to.include('LeakyBox did not survive "anybody sets the box"');
    });

    describe("when it is to stop", () => {
      let temporary: string;

      beforeEach(async () => {
        temporary = await mkdtemp(path.join(tmpdir(), "siege-test-"));
      });
      afterEach(() => rm(temporary, { recursive: true, force: true }));

      const stopped = (signals: readonly NodeJS.Signals[], interruptAt = "the siege begins"): Promise<Finished> =>
        hardhat(["siege", "run", "--runs", "1000000", "siege/announced.scenario.ts"], {
          interruptAt,
          signals,
          env: { TMPDIR: temporary },
        });

      /** What is left of the plugin's temporary folders. */
      const left = async (): Promise<readonly string[]> =>
        (await readdir(temporary)).filter((name) => name.startsWith("hardhat-siege"));

      for (const [signal, announcement] of [
        ["SIGINT", "the siege begins"],
        ["SIGTERM", "the siege begins"],
        ["SIGINT", "the siege goes on"],
      ] as const) {
        it(`reports what it has and exits with 2 on ${signal} when ${announcement}`, async () => {
          const { code, stdout, stderr } = await stopped([signal], announcement);
          expect(code, stdout + stderr).to.equal(2);
          expect(stdout).to.include("is incomplete: stopped by an interruption");
          expect(await left()).to.deep.equal([]);
        });
      }

      it("has files that it did not come to in its reports, and not as passed", async () => {
        const file = path.join(temporary, "junit.xml");
        const files = ["siege/announced.scenario.ts", "siege/capped.scenario.ts"];
        const { code, stdout, stderr } = await hardhat(
          ["siege", "run", "--runs", "1000000", "--reporter", `junit=${file}`, ...files],
          { interruptAt: "the siege begins", signals: ["SIGINT"] },
        );
        expect(code, stdout + stderr).to.equal(2);
        expect(stderr).to.include("siege/capped.scenario.ts: It was not played");
        expect(await readFile(file, "utf8")).to.match(
          /<testsuites name="hardhat-siege" tests="2" failures="0" errors="2"/,
        );
      });

      it("ends at once on a second signal, and leaves no temporary folders", async () => {
        // by the second announcement, its lanes are open
        const { code, stdout } = await stopped(["SIGTERM", "SIGINT"], "the siege goes on");
        expect(code).to.equal(null);
        expect(stdout).to.not.include("is incomplete");
        expect(await left()).to.deep.equal([]);
      });
    });

    const faults: [fault: string, args: string[], code: string][] = [
      ["no files", [], "NO_SCENARIO_FILE"],
      ["a file that throws", ["siege/throws.scenario.ts"], "INVALID_SCENARIO_FILE"],
      ["a live network", ["siege/capped.scenario.ts", "--network", "live"], "LIVE_NETWORK"],
      ["a network that the config does not have", ["siege/capped.scenario.ts", "--network", "nope"], "UNKNOWN_NETWORK"],
    ];
    for (const [fault, args, errorCode] of faults) {
      it(`exits with 2 for ${fault}`, async () => {
        const { code, stdout, stderr } = await hardhat(["siege", "run", ...args]);
        expect(code, stdout + stderr).to.equal(2);
        expect(stderr).to.include(`[${errorCode}]`);
      });
    }
  });

  describe("replay", () => {
    it("exits with 2 for a file that does not exist", async () => {
      const { code, stderr } = await hardhat(["siege", "replay", "siege/nowhere.json"]);
      expect(code).to.equal(2);
      // Hardhat's words for an error of a plugin; of any other error it says that it was unexpected
      expect(stderr).to.include("Error in community plugin hardhat-siege: ").and.to.include("[REPRODUCTION_NOT_FOUND]");
    });
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
