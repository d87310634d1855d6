import type { CampaignOptions } from "../engine/campaign/options.js";
import type { FileResult } from "../report/file-result.js";

import path from "node:path";

import { SiegeError } from "../errors.js";
import { asUnknownNetwork } from "../plugin/unknown-network.js";

import { printResult } from "./outcome-of-files.js";
import { CampaignDisplay } from "./progress/campaign-display.js";

/** Options of campaigns that can be interrupted. */
export type InterruptibleOptions = CampaignOptions & { readonly signal: AbortSignal };

/**
 * Plays the campaigns of scenario files, sequentially: they share the processor, and their reports the terminal.
 *
 * @param isSpoken - whether reports are printed
 * @param play - plays one
 */
export async function runFiles(
  files: readonly string[],
  options: InterruptibleOptions,
  isSpoken: boolean,
  play: (file: string, options: InterruptibleOptions) => Promise<FileResult>,
): Promise<readonly FileResult[]> {
  const results: FileResult[] = [];
  const display = new CampaignDisplay(process.stderr, { isSpoken });
  const { progress } = display;
  for (const file of files) {
    display.begin(path.basename(file).replace(/\.scenario\.[cm]?[jt]s$/, ""));
    const result = options.signal.aborted
      ? unplayed(file)
      : await played(file, () => play(file, { ...options, progress }));
    display.clear();
    if (isSpoken) await printResult(result);
    results.push(result);
  }
  return results;
}

/** Refuses a command without scenario files. @throws SiegeError `NO_SCENARIO_FILE` */
export function requireFiles(files: readonly string[], task: string): void {
  if (files.length > 0) return;
  throw new SiegeError("NO_SCENARIO_FILE", {
    message: `siege ${task} was given no scenario files.`,
    hint: `Name them: npx hardhat siege ${task} siege/*.scenario.ts.`,
  });
}

async function played(file: string, play: () => Promise<FileResult>): Promise<FileResult> {
  try {
    return await play();
  } catch (cause) {
    const error = asUnknownNetwork(cause);
    // the remaining files still run
    return { file, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** What was asked for and is not in any result would look like a pass. */
function unplayed(file: string): FileResult {
  const message = "It was not played: the siege was interrupted before.";
  return { file, error: new SiegeError("INCOMPLETE", { message, hint: "Run it again." }) };
}
