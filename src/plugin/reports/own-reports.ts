import type { HardhatConfig } from "hardhat/types/config";

import type { AssertionResult } from "../../report/file-result.js";

import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";

import { orThoseOfGithub, readReports } from "./wanted-reports.js";

/** Journals of test runs that ended long ago are removed, milliseconds. */
const OLD = 86_400_000;

const PREFIX = "siege-assertions-";

/** The config of the connection that was opened last. */
let config: HardhatConfig | undefined;

/** Remembers which reports a test run leaves that Hardhat does not know of: mocha or node --test on their own. */
export function reportsOfConnection(of: HardhatConfig): void {
  config = of;
}

/**
 * The journal of a test run that Hardhat did not start; `undefined` if it leaves no reports. Processes that one runner has started share
 * it: those of node --test, and of mocha --parallel.
 *
 * @param own - makes a file for this process alone
 */
export async function ownJournal(own: () => Promise<string>): Promise<string | undefined> {
  if (config === undefined) return undefined;
  const { siege, paths } = config;
  if (orThoseOfGithub(readReports(siege.reports, "reports", paths.root)).length === 0) return undefined;
  const { NODE_TEST_CONTEXT: nodeTest = "", MOCHA_WORKER_ID: mochaWorker } = process.env;
  if (!nodeTest.startsWith("child") && mochaWorker === undefined) return own();
  await mkdir(paths.cache, { recursive: true });
  for (const name of await readdir(paths.cache)) {
    if (!name.startsWith(PREFIX)) continue;
    const file = path.join(paths.cache, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > OLD) await rm(file, { force: true });
  }
  return path.join(paths.cache, `${PREFIX}${process.ppid}.jsonl`);
}

let last: Promise<void> = Promise.resolve();
let told = 0;

/**
 * Writes the reports anew with all that the journal has: after each assertion, for nothing tells when the last one was. What other
 * processes add meanwhile is written, too.
 *
 * @throws SiegeError `RESULT_UNWRITABLE`
 */
export function writeOwnReports(
  read: () => Promise<readonly AssertionResult[]>,
  added: AssertionResult,
): Promise<void> {
  const writing = last.then(async () => {
    if (config === undefined) return;
    const { TestReporting } = await import("./test-reporting.js");
    const reporting = await TestReporting.of(config);
    let fresh: readonly AssertionResult[] = [added];
    let all = await read();
    do {
      told = all.length;
      await reporting?.deliverOrThrow(all, fresh);
      fresh = [];
      all = await read();
    } while (all.length > told);
  });
  last = writing.catch(() => undefined);
  return writing;
}
