import type { CampaignResult } from "../../engine/campaign/campaign-result.js";
import type { FileResult } from "../../report/file-result.js";

import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";

import { fromJson, toJson } from "../../engine/json.js";
import { SiegeError } from "../../errors.js";
import { placeOf } from "../call-site.js";
import { temporaryFolder, toTemporaryError } from "../temporary-folder.js";

/**
 * The file to which the assertions of a test run add what became of them, a line each. In the environment, because runners play test
 * files in processes of their own.
 */
const JOURNAL = "HARDHAT_SIEGE_JOURNAL";

/** Whether this process has opened one; that of a test run around this one is not its own. */
let isOpen = false;

/** Opens the journal of a test run, which all its runners share; the processes that they start inherit it. */
export async function openJournal(): Promise<void> {
  if (isOpen) return;
  const folder = await temporaryFolder();
  isOpen = true;
  process.env[JOURNAL] = path.join(folder.path, "assertions.jsonl");
}

/** Everything that the assertions of this test run have added so far, in the order in which they ended. */
export async function readJournal(): Promise<readonly FileResult[]> {
  const file = process.env[JOURNAL];
  if (file === undefined) return [];
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    // no assertion, no file
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map(revived);
}

/**
 * The campaign of an assertion, which is added to the journal if there is one. Its verdict is the same with and without it.
 *
 * @param callSite - an error created where the user called the assertion
 * @throws SiegeError `TEMPORARY_UNWRITABLE` if it cannot be added, unless the target broke; and what the work throws
 */
export async function recorded(
  { callSite, wanted }: { readonly callSite: Error; readonly wanted: "survived" | "violation" },
  work: () => Promise<CampaignResult>,
): Promise<CampaignResult> {
  const place = { ...placeOf(callSite), ...(wanted === "violation" ? { wanted } : {}) };
  let result;
  try {
    result = await work();
  } catch (error) {
    await add({ ...place, error: error instanceof Error ? error : new Error(String(error)) }).catch(tell);
    throw error;
  }
  const adding = add({ ...place, result });
  await (result.kind === "violation" ? adding.catch(tell) : adding);
  return result;
}

/** Beside an error or a violation, which has to be seen. */
function tell(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}

async function add(entry: FileResult): Promise<void> {
  const file = process.env[JOURNAL];
  if (file === undefined) return;
  const plain = "error" in entry ? { ...entry, error: written(entry.error) } : withPlainError(entry);
  await appendFile(file, `${toJson(plain)}\n`).catch((error: unknown) => {
    throw toTemporaryError(error);
  });
}

function withPlainError(entry: Extract<FileResult, { result: unknown }>): object {
  const { result } = entry;
  if (result.kind !== "incomplete" || result.error === undefined) return entry;
  return { ...entry, result: { ...result, error: written(result.error) } };
}

interface WrittenError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: SiegeError["code"];
  readonly hint?: string;
}

function written(error: Error): WrittenError {
  const { name, message, stack } = error;
  return SiegeError.isSiegeError(error)
    ? { name, message: error.summary, code: error.code, hint: error.hint }
    : { name, message, stack };
}

function revived(line: string): FileResult {
  // written by `add`, in this run
  const entry = fromJson(line) as FileResult;
  if ("error" in entry) return { ...entry, error: errorOf(entry.error) };
  const { result } = entry;
  if (result.kind !== "incomplete" || result.error === undefined) return entry;
  const error = errorOf(result.error);
  return { ...entry, result: { ...result, error: SiegeError.isSiegeError(error) ? error : undefined } };
}

function errorOf({ name, message, stack, code, hint = "" }: WrittenError): Error {
  if (code !== undefined) return new SiegeError(code, { message, hint });
  return Object.assign(new Error(message), { name, ...(stack === undefined ? {} : { stack }) });
}
