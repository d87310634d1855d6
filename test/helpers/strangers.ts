import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { ERROR_POLICIES } from "../../src/errors.js";
import { boxScenario } from "../fixture-projects/shell/siege/box-scenario.js";

import { SHELL_PROJECT, shellEnvironment } from "./shell-project.js";
import { runCommand } from "./spawn.js";

/** What became of a file. */
interface Replayed {
  readonly what: string;
  readonly end: string;
  readonly isPrintable: boolean;
  /** Of what a person reads. */
  readonly length: number;
}

/**
 * Records a real reproduction, replays mutations and forgeries of it in a process of its own, and checks that each ends in a
 * replay or in an error with a code, printed in printable characters, and within the memory.
 */
export async function replayStrangers(
  mutations: number,
  seed: number,
  forgeries: "all" | readonly string[],
): Promise<readonly Replayed[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
  try {
    const file = await recordBox(folder);
    const script = path.join(import.meta.dirname, "replay-strangers.ts");
    const played = forgeries === "all" ? "all" : forgeries.join(",");
    const args = ["--import", "tsx/esm", script, file, String(mutations), String(seed), played];
    const { code, stdout, stderr } = await runCommand(process.execPath, args, path.resolve(SHELL_PROJECT, "../../.."));
    expect(code, stderr).to.equal(0);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    const { memory, child } = lines.pop() as { readonly memory: number; readonly child: number };
    const results = lines as readonly Replayed[];
    expect(results.filter(({ end }) => end !== "violation" && !(end in ERROR_POLICIES))).to.deep.equal([]);
    expect(results.filter(({ end }) => end === "INTERNAL")).to.deep.equal([]);
    expect(results.filter(({ isPrintable, length }) => !isPrintable || length > 2_000)).to.deep.equal([]);
    expect(memory).to.be.lessThan(500);
    expect(child).to.be.lessThan(500);
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The reproduction of the box that anybody may set. */
async function recordBox(folder: string): Promise<string> {
  const hre = await shellEnvironment({ siege: { runs: 20, reproductions: folder } });
  const connection = await hre.network.create();
  const { target, scenario } = await boxScenario("LeakyBox")(connection);
  const result = await connection.siege.run(target, scenario);
  await connection.close();
  if (result.kind !== "violation") throw new Error(`The box ${result.kind}.`);
  return path.resolve(SHELL_PROJECT, result.finding.reproduction ?? "");
}
