/**
 * The runtime environments of forks, which are used again as a project's is: by all connections, one test file after the other.
 * A fresh one for each fork took a second each time, in which Hardhat decoded the artifacts of all fixtures.
 */
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A runtime environment, and the folder for what is found that its config names. */
export interface SiegeProject {
  /** What its config was made of. */
  readonly madeOf: string;
  readonly reproductions: string;
  /** `undefined` as long as it has had no fork. */
  readonly hre?: HardhatRuntimeEnvironment | undefined;
}

/** How many that nobody uses are kept: each holds the decoded artifacts. */
const KEPT = 4;

/** Those that no open fork has. */
const idle: SiegeProject[] = [];
const folders: string[] = [];

/** A project made of the same, with an empty folder, which is the caller's until it is given back. */
export function take(madeOf: string): SiegeProject {
  const index = idle.findLastIndex((project) => project.madeOf === madeOf);
  if (index >= 0) return idle.splice(index, 1)[0]!;
  const reproductions = mkdtempSync(path.join(tmpdir(), "siege-test-"));
  folders.push(reproductions);
  return { madeOf, reproductions };
}

/** Gives a project back, with an empty folder and no open fork. */
export function giveBack(project: SiegeProject): void {
  idle.push(project);
  if (idle.length > KEPT) idle.shift();
}

process.once("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
