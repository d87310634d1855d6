import type { CampaignResult } from "../engine/campaign/campaign-result.js";
import type { ProjectStyle } from "./typescript-test.js";

import { writeFile } from "node:fs/promises";
import path from "node:path";

import { SiegeError } from "../errors.js";

import { renderTestFile } from "./typescript-test.js";

/**
 * Writes a TypeScript test that replays a minimal reproduction, next to its file.
 *
 * @param style - how the tests of the project are written
 * @returns the result; `incomplete`, with the finding, if a report could not be written
 */
export async function writeReports(
  result: CampaignResult,
  projectRoot: string,
  style: ProjectStyle,
): Promise<CampaignResult> {
  if (result.kind !== "violation" || result.finding.reproduction === undefined) return result;
  const reproduction = path.resolve(projectRoot, result.finding.reproduction);
  const { target, scenario } = result;
  const { violation, steps } = result.finding;
  const file = reproduction.replace(/\.json$/, ".test.ts");
  try {
    await writeFile(
      file,
      renderTestFile({ file: path.basename(reproduction), target, scenario, violation, steps }, style),
    );
    return result;
  } catch (cause) {
    const error = new SiegeError("REPRODUCTION_UNWRITABLE", {
      message: `The test ${file} could not be written.`,
      hint: "Make siege.reproductions in hardhat.config a folder that this process may write to.",
      cause,
    });
    return { ...result, kind: "incomplete", reason: "error", error };
  }
}
