import type { CampaignResult, ViolationResult } from "../engine/campaign/campaign-result.js";
import type { Finding } from "../engine/campaign/finding.js";
import type { ProjectStyle } from "./typescript-test.js";

import { writeFile } from "node:fs/promises";
import path from "node:path";

import { SiegeError } from "../errors.js";

import { renderTestFile } from "./typescript-test.js";

/**
 * Writes a TypeScript test that replays a minimal reproduction, next to its file: one for each finding.
 *
 * @param style - how the tests of the project are written
 * @returns the result; `incomplete`, with the finding, if a report could not be written
 */
export async function writeReports(
  result: CampaignResult,
  projectRoot: string,
  style: ProjectStyle,
): Promise<CampaignResult> {
  if (result.kind !== "violation") return result;
  for (const finding of result.findings) {
    const error = await writeTest(finding, result, projectRoot, style);
    if (error !== undefined) return { ...result, kind: "incomplete", reason: "error", error };
  }
  return result;
}

async function writeTest(
  { reproduction: relative, violation, steps }: Finding,
  { target, scenario }: ViolationResult,
  projectRoot: string,
  style: ProjectStyle,
): Promise<SiegeError | undefined> {
  if (relative === undefined) return undefined;
  const reproduction = path.resolve(projectRoot, relative);
  const file = reproduction.replace(/\.json$/, ".test.ts");
  try {
    await writeFile(
      file,
      renderTestFile({ file: path.basename(reproduction), target, scenario, violation, steps }, style),
    );
    return undefined;
  } catch (cause) {
    return new SiegeError("REPRODUCTION_UNWRITABLE", {
      message: `The test ${file} could not be written.`,
      hint: "Make siege.reproductions in hardhat.config a folder that this process may write to.",
      cause,
    });
  }
}
