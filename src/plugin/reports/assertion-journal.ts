import type { CampaignResult } from "../../engine/campaign/campaign-result.js";
import type { AssertionResult, FileRuin } from "../../report/file-result.js";
import type { RuinResult } from "../../risk/ruin/ruin-result.js";

import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";

import { fromJson, toJson } from "../../engine/json.js";
import { SiegeError } from "../../errors.js";
import { placeOf } from "../call-site.js";
import { temporaryFolder, toTemporaryError } from "../temporary-folder.js";

import { ownJournal, writeOwnReports } from "./own-reports.js";

/**
 * The file to which the assertions of a test run add what became of them, a line each. In the environment, because runners play test
 * files in processes of their own.
 */
const JOURNAL = "HARDHAT_SIEGE_JOURNAL";

const FILE = "assertions.jsonl";

/** That of a test run which Hardhat did not start, once there is an assertion. */
let own: Promise<string | undefined> | undefined;

/** Whether this process has opened one; that of a test run around this one is not its own. */
let isOpen = false;

/** Opens the journal of a test run, which all its runners share; the processes that they start inherit it. */
export async function openJournal(): Promise<void> {
  if (isOpen) return;
  const folder = await temporaryFolder();
  isOpen = true;
  process.env[JOURNAL] = path.join(folder.path, FILE);
}

/** Everything that the assertions of this test run have added so far, in the order in which they ended. */
export async function readJournal(): Promise<readonly AssertionResult[]> {
  const file = process.env[JOURNAL];
  return file === undefined ? [] : readFrom(file);
}

async function readFrom(file: string): Promise<readonly AssertionResult[]> {
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

/**
 * The risk run of an assertion, likewise.
 *
 * @param limit - the probability that it is compared with
 * @throws SiegeError `TEMPORARY_UNWRITABLE` if it cannot be added; and what the work throws
 */
export async function recordedRuin(
  {
    callSite,
    wanted,
    limit,
  }: { readonly callSite: Error; readonly wanted: "below" | "not below"; readonly limit: number },
  work: () => Promise<RuinResult>,
): Promise<RuinResult> {
  const place = { ...placeOf(callSite), ...(wanted === "not below" ? { wanted: "violation" as const } : {}) };
  let ruin;
  try {
    ruin = await work();
  } catch (error) {
    await add({ ...place, error: error instanceof Error ? error : new Error(String(error)) }).catch(tell);
    throw error;
  }
  await add({ ...place, ruin, limit });
  return ruin;
}

/** Beside an error or a violation, which has to be seen. */
function tell(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}

async function add(entry: AssertionResult): Promise<void> {
  const given = process.env[JOURNAL];
  if (given === undefined) own ??= ownJournal(async () => path.join((await temporaryFolder()).path, FILE));
  const file = given ?? (await own);
  if (file === undefined) return;
  const plain = "error" in entry ? { ...entry, error: written(entry.error) } : withPlainError(entry);
  await appendFile(file, `${toJson(plain)}\n`).catch((error: unknown) => {
    throw toTemporaryError(error);
  });
  if (given === undefined) await writeOwnReports(() => readFrom(file), entry);
}

function withPlainError(entry: Extract<AssertionResult, { result: unknown }> | FileRuin): object {
  if ("ruin" in entry) {
    const { ruin } = entry;
    if (ruin.kind !== "incomplete" || ruin.error === undefined) return entry;
    return { ...entry, ruin: { ...ruin, error: written(ruin.error) } };
  }
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

function revived(line: string): AssertionResult {
  // written by `add`, in this run
  const entry = fromJson(line) as AssertionResult;
  if ("error" in entry) return { ...entry, error: errorOf(entry.error) };
  if ("ruin" in entry) return withRevivedRuin(entry);
  const { result } = entry;
  if (result.kind !== "incomplete" || result.error === undefined) return entry;
  const error = errorOf(result.error);
  return { ...entry, result: { ...result, error: SiegeError.isSiegeError(error) ? error : undefined } };
}

function withRevivedRuin(entry: FileRuin): FileRuin {
  const { ruin } = entry;
  if (ruin.kind !== "incomplete" || ruin.error === undefined) return entry;
  const error = errorOf(ruin.error);
  return { ...entry, ruin: { ...ruin, error: SiegeError.isSiegeError(error) ? error : undefined } };
}

function errorOf({ name, message, stack, code, hint = "" }: WrittenError): Error {
  if (code !== undefined) return new SiegeError(code, { message, hint });
  return Object.assign(new Error(message), { name, ...(stack === undefined ? {} : { stack }) });
}
