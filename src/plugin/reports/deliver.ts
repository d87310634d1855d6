import type { Entry } from "../../report/file-result.js";
import type { About } from "../../report/reporters/reporter.js";
import type { WantedReport } from "./wanted-reports.js";

import { SiegeError } from "../../errors.js";
import { reporterOf } from "../../report/reporters/reporters.js";

import { appendDocument, requireWritable, writeDocument } from "./write-document.js";

/** @throws SiegeError `RESULT_UNWRITABLE` if a report cannot be written, before there is anything to write */
export async function requireDeliverable(wanted: readonly WantedReport[]): Promise<void> {
  for (const { file } of wanted) if (file !== undefined) await requireWritable(file);
}

/**
 * Makes the reports, and writes or prints each.
 *
 * @returns what went wrong, an error for each report that is not there; the verdict is the same with and without them
 */
export async function deliver(
  wanted: readonly WantedReport[],
  entries: readonly Entry[],
  about: About,
): Promise<readonly SiegeError[]> {
  const faults: SiegeError[] = [];
  for (const one of wanted) {
    try {
      await deliverOne(one, entries, about);
    } catch (error) {
      faults.push(SiegeError.isSiegeError(error) ? error : unmade(one, error));
    }
  }
  return faults;
}

async function deliverOne({ name, file }: WantedReport, entries: readonly Entry[], about: About): Promise<void> {
  const render = await reporterOf(name);
  const text = (await render(entries, about)).trimEnd();
  if (file !== undefined) await writeDocument(file, text);
  else if (text !== "") console.log(text);
  if (name === "github") await addToSummary(entries, about);
}

/** The page of a job of GitHub Actions shows what its steps add to this file. */
async function addToSummary(entries: readonly Entry[], about: About): Promise<void> {
  const { GITHUB_STEP_SUMMARY: file = "" } = process.env;
  if (file === "") return;
  const render = await reporterOf("markdown");
  await appendDocument(file, await render(entries, about));
}

function unmade({ name }: WantedReport, cause: unknown): SiegeError {
  return new SiegeError("INTERNAL", {
    message: `The ${name} report could not be made: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: "The verdict is not affected; please report this.",
    cause,
  });
}
