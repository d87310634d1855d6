import type { Result } from "hardhat/types/utils";

import type { FileResult } from "../report/file-result.js";

import { errorResult, successfulResult } from "hardhat/utils/result";

import { SiegeError } from "../errors.js";
import { verdictOf } from "../report/reporters/verdict.js";

import { exitUndecided } from "./exit-code.js";
import { styled } from "./progress/campaign-display.js";

/** Of the first line of a report, on a terminal. */
const COLOURS = { passed: "green", failed: "red", undecided: "yellow", error: "yellow", part: "green" } as const;

/** What a task returns that has results of scenario files. */
export type FilesResult = Result<readonly FileResult[], readonly FileResult[]>;

/**
 * Makes the command exit with 0 if all survived, 1 if one broke, 2 if none broke and one could not be decided. One of several
 * shards that found nothing is no verdict, and nothing to complain about: merging them all gives it.
 *
 * @param areReported - whether all reports are there that were asked for: what reads them would take a missing one for a pass
 */
export function endOf(results: readonly FileResult[], areReported: boolean): FilesResult {
  const kinds = results.map((entry) => verdictOf(entry).kind);
  if (areReported && kinds.every((kind) => kind === "passed" || kind === "part")) return successfulResult(results);
  if (!kinds.includes("failed")) exitUndecided();
  return errorResult(results);
}

/** Prints what became of a scenario file. */
export async function printResult(entry: FileResult): Promise<void> {
  if ("result" in entry) {
    const { renderMerged, renderShard } = await import("../report/shards.js");
    const { result, shard, further = [] } = entry;
    const report = shard === undefined ? renderMerged(result, further) : renderShard(result, shard);
    const [headline = "", ...lines] = report.split("\n");
    console.log([styled(COLOURS[verdictOf(entry).kind], headline, process.stdout), ...lines, ""].join("\n"));
  } else if (SiegeError.isSiegeError(entry.error)) {
    console.error(`${entry.file}: ${entry.error.message}\n`);
  } else {
    // an error in the file's own code: its author needs the stack
    console.error(`${entry.file}:`, entry.error, "\n");
  }
}
