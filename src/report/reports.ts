import type { CampaignResult } from "../engine/campaign/campaign-result.js";
import type { Finding } from "../engine/campaign/finding.js";
import type { ProjectStyle } from "./typescript-test.js";

import path from "node:path";

import { replaceFile } from "../engine/reproduction/atomic-file.js";
import { unwritable } from "../engine/reproduction/file-errors.js";
import { readRegularFile } from "../engine/reproduction/regular-file.js";
import { readReproduction } from "../engine/reproduction/store.js";

import { renderTestFile } from "./typescript-test.js";

/**
 * Writes a TypeScript test that replays a minimal reproduction, next to its file: one for each finding.
 *
 * @param style - how the tests of the project are written
 * @returns the result, whose finding says so if its test could not be written
 */
export async function writeReports(
  result: CampaignResult,
  projectRoot: string,
  style: ProjectStyle,
): Promise<CampaignResult> {
  if (result.kind !== "violation") return result;
  const findings = await writeTests(result.findings, result, projectRoot, style);
  const [finding = result.finding] = findings;
  return { ...result, finding, findings };
}

/** The same for any findings of a campaign. */
export async function writeTests(
  findings: readonly Finding[],
  campaign: Pick<CampaignResult, "target" | "scenario" | "parameters">,
  projectRoot: string,
  style: ProjectStyle,
): Promise<readonly Finding[]> {
  const written: Finding[] = [];
  for (const finding of findings) written.push(await withTest(finding, campaign, projectRoot, style));
  return written;
}

async function withTest(
  finding: Finding,
  { target, scenario, parameters }: Pick<CampaignResult, "target" | "scenario" | "parameters">,
  projectRoot: string,
  style: ProjectStyle,
): Promise<Finding> {
  const { reproduction } = finding;
  if (reproduction === undefined) return finding;
  // a file that was left alone may hold other steps than the ones that break the target now
  const { violation, steps } = await readReproduction(path.resolve(projectRoot, reproduction)).then(
    (saved) => saved.finding,
    () => finding,
  );
  const file = reproduction.replace(/\.json$/, ".test.ts");
  const text = renderTestFile(
    { file: path.basename(reproduction), target, scenario, parameters, violation, steps },
    style,
  );
  try {
    await replaceUnlessSame(path.resolve(projectRoot, file), text);
    return finding;
  } catch (cause) {
    const { code, summary: reason } = unwritable("test", file, cause);
    return { ...finding, unsaved: [...finding.unsaved, { what: "test", file, code, reason }] };
  }
}

/** A file that is left alone does not show up as changed. */
async function replaceUnlessSame(file: string, text: string): Promise<void> {
  const known = await readRegularFile(file, 4 * text.length).catch(() => undefined);
  if (typeof known === "object" && "text" in known && known.text === text) return;
  await replaceFile(file, text);
}
