import type { Entry } from "../file-result.js";
import type { About } from "./reporter.js";

import { fullText } from "./full-text.js";
import { byFile } from "./place.js";
import { titleOf, verdictOf } from "./verdict.js";

/**
 * JUnit XML as CI systems read it (the dialect of Jenkins and GitLab): a suite for each file, a case for each campaign. What breaks
 * is a failure; what could not be decided is an error, and so is a file that cannot be played; a shard that found nothing is
 * skipped, for it is no verdict.
 */
export function junit(entries: readonly Entry[], about: About): string {
  const suites = [...byFile(entries, about)].map(([file, own]) => suite(file, own));
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="hardhat-siege"${totals(entries)}>
${suites.join("")}</testsuites>
`;
}

function suite(file: string, entries: readonly Entry[]): string {
  const cases = entries.map((entry) => testCase(file, entry));
  return `  <testsuite name=${quoted(file)} file=${quoted(file)}${totals(entries)}>\n${cases.join("")}  </testsuite>\n`;
}

function totals(entries: readonly Entry[]): string {
  const kinds = entries.map((entry) => verdictOf(entry).kind);
  const count = (...wanted: readonly string[]): number => kinds.filter((kind) => wanted.includes(kind)).length;
  const time = entries.reduce((sum, entry) => sum + secondsOf(entry), 0);
  return ` tests="${entries.length}" failures="${count("failed")}" errors="${count("undecided", "error")}" skipped="${count("part")}" time="${time.toFixed(3)}"`;
}

function testCase(file: string, entry: Entry): string {
  const line = "line" in entry ? ` line="${entry.line}"` : "";
  const start = `    <testcase name=${quoted(titleOf(entry))} classname=${quoted(file)} file=${quoted(file)}${line} time="${secondsOf(entry).toFixed(3)}">`;
  return `${start}\n      ${outcome(entry)}\n    </testcase>\n`;
}

function outcome(entry: Entry): string {
  const { kind, code, reason } = verdictOf(entry);
  const text = escaped(fullText(entry));
  switch (kind) {
    case "passed":
      return `<system-out>${text}</system-out>`;
    case "part":
      return `<skipped message=${quoted(reason)}/>`;
    case "failed":
      return `<failure type=${quoted(code)} message=${quoted(reason)}>${text}</failure>`;
    case "undecided":
    case "error":
      return `<error type=${quoted(code)} message=${quoted(reason)}>${text}</error>`;
  }
}

function secondsOf(entry: Entry): number {
  if ("ruin" in entry) return entry.ruin.cost.seconds;
  return "result" in entry ? entry.result.cost.seconds : 0;
}

/** What XML 1.0 has no place for, not even escaped. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escaped(text: string): string {
  return text.replaceAll(NO_XML, "\ufffd").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** An attribute's value; a parser would make spaces of its line breaks. */
function quoted(text: string): string {
  return `"${escaped(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\r", "&#13;").replaceAll("\t", "&#9;")}"`;
}
