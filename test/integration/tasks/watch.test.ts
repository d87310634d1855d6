import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Ended } from "../../helpers/siege-task.js";

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { expect } from "chai";

import { SHELL_PROJECT, shellEnvironment } from "../../helpers/shell-project.js";
import { siegeTask } from "../../helpers/siege-task.js";
import { hoursOf } from "../../helpers/stretches.js";

const NOBODY = "0x00000000000000000000000000000000000000aa";

/** Hours in Unix seconds, from 1 January 2026 on. */
const START = Date.UTC(2026, 0, 1) / 1_000;

describe("hardhat siege watch", () => {
  let folder: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions: path.join(folder, "reproductions") } });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function prices(
    ...parts: Parameters<typeof hoursOf> extends [number, ...infer Rest] ? Rest : never
  ): Promise<string> {
    const file = path.join(folder, `${parts.length}.csv`);
    const rows = hoursOf(7, ...parts).prices.map((price, row) => `${START + row * 3_600},${price}`);
    await writeFile(file, ["time,price", ...rows].join("\n"));
    return file;
  }

  async function watch(options: Readonly<Record<string, unknown>>): Promise<Ended> {
    const files = [path.join(SHELL_PROJECT, "siege", "capped.scenario.ts")];
    return siegeTask(hre, "watch", { files, noCompile: true, runs: "3", ...options });
  }

  it("runs the scenarios when the regime has ended, and exits like siege run", async () => {
    const { code, stdout, stderr } = await watch({ prices: await prices([0.5, 400], [2.5, 200]) });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^2 regimes in 600 returns, 2026-01-01 00:00 UTC to /);
    expect(stdout).to.match(
      /\n {2}tuned {6}calm when it was tuned, 2026-01-01 00:00 UTC: that regime has ended, turbulent from 2026-01-17 \d\d:00 UTC, found \d+ hours later\n/,
    );
    expect(stdout).to.include("CappedBox survived");
  });

  it("runs nothing while it goes on", async () => {
    const { code, stdout } = await watch({ prices: await prices([0.5, 400], [2.5, 200], [0.5, 300]) });
    expect(code).to.equal(0);
    expect(stdout).to.include("that regime goes on");
    expect(stdout).to.not.include("survived");
    const later = await watch({ prices: path.join(folder, "3.csv"), tuned: "2026-01-20", files: [] });
    expect(later.stdout).to.include(
      "turbulent when it was tuned, 2026-01-20 00:00 UTC: that regime has ended, calm from",
    );
  });

  it("looks again until it is interrupted, and runs the scenarios once for each change", async () => {
    const growing = path.join(folder, "growing.csv");
    const text = async (name: string): Promise<string> => readFile(path.join(folder, name), "utf8");
    await prices([0.5, 400], [2.5, 200]);
    await writeFile(growing, (await text("2.csv")).split("\n").slice(0, 380).join("\n"));
    const ended = watch({ prices: growing, every: "0.05" });
    await wait(300);
    await writeFile(growing, await text("2.csv"));
    await wait(3_000);
    process.emit("SIGTERM", "SIGTERM");
    const { code, stdout } = await ended;
    expect(code).to.equal(0);
    expect(stdout.split("that regime goes on").length).to.be.greaterThan(2);
    expect(stdout.split("that regime has ended").length).to.be.greaterThan(2);
    expect(stdout.split("CappedBox survived").length).to.equal(2);
  });

  for (const [what, options, printed] of [
    ["no prices", {}, /\[INVALID_OPTION\]/],
    ["a file and a feed", { prices: "nowhere.csv", feed: NOBODY, from: "1" }, /prices twice.* \[INVALID_OPTION\]/],
    ["a feed that is no address", { feed: "ETH/USD", from: "1" }, /\[INVALID_OPTION\]/],
    ["a feed without a first block", { feed: NOBODY }, /\[INVALID_OPTION\]/],
    ["prices of a feed that are no time apart", { feed: NOBODY, from: "1", spacing: "0" }, /\[INVALID_OPTION\]/],
    ["a feed that is none", { feed: NOBODY, from: "1" }, /\[LOGS_INVALID\]/],
    ["a file that is not there", { prices: "nowhere.csv" }, /\[INVALID_HISTORY\]/],
    ["a moment that is none", { prices: "nowhere.csv", tuned: "lately" }, /\[INVALID_OPTION\]/],
  ] as const) {
    it(`exits with 2 for ${what}`, async () => {
      const { code, stderr } = await watch(options);
      expect(code).to.equal(2);
      expect(stderr).to.match(printed);
    });
  }

  it("exits with 2 for a moment outside of the history, and for one that is too short", async () => {
    const file = await prices([0.5, 400]);
    expect((await watch({ prices: file, tuned: "2025-01-01" })).stderr).to.match(/\[INVALID_OPTION\]/);
    const short = path.join(folder, "short.csv");
    await writeFile(short, "time,price\n1,2\n3601,3\n");
    expect((await watch({ prices: short })).stderr).to.match(/\[INVALID_HISTORY\]/);
  });
});
