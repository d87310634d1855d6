import type { ReporterName } from "../../report/reporters/reporters.js";

import path from "node:path";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";
import { isReporterName, placeOf, REPORTER_NAMES } from "../../report/reporters/reporters.js";

/** A report that was asked for. */
export interface WantedReport {
  readonly name: ReporterName;
  /** Absolute; `undefined` if it is printed. */
  readonly file: string | undefined;
}

/** The widest text of a flag in an error. */
const WIDTH = 200;

/** What `--reporter` and `reports` look like. */
const EXAMPLE = "junit=siege/junit.xml";

/**
 * Reads `name` or `name=file`.
 *
 * @param what - where they were written: `The flag --reporter`
 * @param folder - what relative files are relative to
 * @throws SiegeError `INVALID_OPTION` for an unknown name, a file twice, or two that would both be printed
 */
export function readReports(texts: readonly string[], what: string, folder: string): readonly WantedReport[] {
  const wanted = texts.map((text) => readReport(text, what, folder));
  const printed = wanted.filter(isPrintedAlone);
  if (printed.length > 1) {
    throw invalid(
      `${what} asks for ${printed.map(({ name }) => name).join(" and ")} without a file each, and only one of them can be printed.`,
      `Give all but one of them a file: ${printed[0]?.name ?? ""}=FILE.`,
    );
  }
  const files = wanted.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) {
    throw invalid(`${what} names the file ${legible(twice, WIDTH)} twice.`, "Give each report a file of its own.");
  }
  return wanted;
}

/** What is wrong with an entry of `reports`; `undefined` if nothing is. */
export function faultOfReport(text: unknown): string | undefined {
  if (typeof text !== "string") return `a reporter and its file, like "${EXAMPLE}"`;
  const [name, file] = split(text);
  if (!isReporterName(name)) return `one of the reporters ${REPORTER_NAMES.join(", ")}, like "${EXAMPLE}"`;
  // in a test run, the terminal belongs to the runner
  if (file === "" || (file === undefined && placeOf(name) === "printed")) return `a file, too: "${name}=FILE"`;
  return undefined;
}

/** Whether it is printed in place of the reports of the terminal. */
export function isPrintedAlone({ name, file }: WantedReport): boolean {
  return file === undefined && placeOf(name) === "printed";
}

/** Whether it is printed beside the reports of the terminal, once. */
export function isBeside({ name, file }: WantedReport): boolean {
  return file === undefined && placeOf(name) === "beside";
}

/** The same reports; where none are asked for, on GitHub Actions, its annotations and the summary of the job. */
export function orThoseOfGithub(wanted: readonly WantedReport[]): readonly WantedReport[] {
  if (wanted.length > 0 || process.env.GITHUB_ACTIONS !== "true") return wanted;
  return [{ name: "github", file: undefined }];
}

function readReport(text: string, what: string, folder: string): WantedReport {
  const [name, file] = split(text);
  if (!isReporterName(name)) {
    throw invalid(
      `${what} is "${legible(text, WIDTH)}", and there is no reporter "${legible(name, WIDTH)}".`,
      `Use any of: ${REPORTER_NAMES.join(", ")}; several with commas, each with its file, like ${EXAMPLE}.`,
    );
  }
  if (file === "") throw invalid(`${what} gives ${name} no file.`, `Write it like ${name}=FILE, or ${name} alone.`);
  const place = placeOf(name);
  const named = file ?? (place === "printed" || place === "beside" ? undefined : place.file);
  return { name, file: named === undefined ? undefined : path.resolve(folder, named) };
}

function split(text: string): readonly [name: string, file: string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function invalid(message: string, hint: string): SiegeError {
  return new SiegeError("INVALID_OPTION", { message, hint });
}
