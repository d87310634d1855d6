import type { Finding } from "../engine/campaign/finding.js";

import { harmText } from "../engine/minimise/harm-in-evidence.js";

import { enumerated, row } from "./lines.js";
import { unsavedLines } from "./unsaved.js";

/** Ruined paths that were minimised. */
export function minimisedRows(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ run, violation, reproduction, unsaved }) => [
    row("minimised", `path ${run.toLocaleString("en-US")}: ${harmText(violation.evidence)}`),
    ...(reproduction === undefined ? [] : [row("replay", `npx hardhat siege replay ${reproduction}`)]),
    ...unsavedLines(unsaved),
  ]);
}

/** Those that could not be. */
export function unconfirmedRows(paths: readonly number[], why: string): readonly string[] {
  return paths.length === 0 ? [] : [row("unconfirmed", `${enumerated(paths.map(String))}: ${why}`)];
}
