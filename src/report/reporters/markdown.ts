import type { Entry } from "../file-result.js";
import type { About } from "./reporter.js";
import type { Verdict } from "./verdict.js";

import { legible } from "../../quantity/legible.js";

import { codePointsOf } from "./code-points.js";
import { fullText } from "./full-text.js";
import { code, fenced, plain } from "./markdown-text.js";
import { fileOf } from "./place.js";
import { couplingSentence } from "./sentences.js";
import { findingsOf } from "./told-findings.js";
import { titleOf, verdictOf } from "./verdict.js";

/** The widest cell of the table. */
const CELL = 200;

/** What fits into a comment of a pull request (65,536 characters), with room for what somebody writes around it. */
const MOST = 60_000;

const MARKS: Readonly<Record<Verdict["kind"], string>> = {
  passed: "✅ survived",
  failed: "❌ broke",
  undecided: "⚠️ undecided",
  error: "🚫 error",
  part: "➖ one shard",
};

/** Markdown for a pull request or the summary of a job: one table, and the whole report of whatever did not pass, folded. */
export function markdown(entries: readonly Entry[], about: About): string {
  const verdicts = entries.map((entry) => ({ entry, verdict: verdictOf(entry) }));
  const head = [
    `## ${headline(verdicts.map(({ verdict }) => verdict))}`,
    "",
    "| verdict | what | why | file |",
    "| --- | --- | --- | --- |",
    ...verdicts.map(({ entry, verdict }) => rowOf(entry, verdict, about)),
    "",
  ].join("\n");
  const details = verdicts.filter(({ verdict }) => verdict.kind !== "passed").map(({ entry }) => detailsOf(entry));
  return `${fitted(head, details)}\n`;
}

/** Whatever fits of the details, in their order; how many do not is said. */
function fitted(head: string, details: readonly string[]): string {
  let text = head;
  for (const [index, one] of details.entries()) {
    if (text.length + one.length > MOST) {
      const left = details.length - index;
      return `${text}\n${left} more ${left === 1 ? "report does" : "reports do"} not fit here: see the other reports.\n`;
    }
    text += `\n${one}`;
  }
  return text;
}

function headline(verdicts: readonly Verdict[]): string {
  const count = (...kinds: readonly Verdict["kind"][]): number =>
    verdicts.filter(({ kind }) => kinds.includes(kind)).length;
  const parts = [
    [count("failed"), "broke"],
    [count("undecided"), "undecided"],
    [count("error"), count("error") === 1 ? "error" : "errors"],
    [count("part"), "of one shard"],
    [count("passed"), "survived"],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `Siege: ${told.length === 0 ? "nothing was played" : told.join(", ")}`;
}

function rowOf(entry: Entry, { kind, code: named, reason }: Verdict, about: About): string {
  const why =
    kind === "failed" || kind === "error" ? `${code(named, CELL)} ${plain(reason, CELL)}` : plain(reason, CELL);
  const line = "line" in entry ? `:${entry.line}` : "";
  const mark = markOf(entry, kind);
  return `| ${mark} | ${plain(titleOf(entry), CELL)} | ${why} | ${code(`${fileOf(entry.file, about)}${line}`, CELL)} |`;
}

function markOf(entry: Entry, kind: Verdict["kind"]): string {
  const isExpected = "wanted" in entry;
  if ("ruin" in entry && kind === "passed") return isExpected ? "✅ not below" : "✅ below";
  if ("ruin" in entry && kind === "failed") return isExpected ? "❌ below" : "❌ not below";
  return isExpected && kind === "passed" ? "✅ broke, as expected" : MARKS[kind];
}

function detailsOf(entry: Entry): string {
  const findings = findingsOf(entry);
  const [first] = findings;
  const coupling = first === undefined ? undefined : couplingSentence(first.finding);
  const replays = findings.flatMap(({ reproduction }) => reproduction ?? []);
  return [
    `<details${first === undefined ? "" : " open"}><summary>${plain(titleOf(entry), CELL)}</summary>`,
    "",
    ...(coupling === undefined ? [] : [`It takes ${plain(coupling, 2 * CELL)}.`, ""]),
    ...codeLines(findings),
    fenced(legibleText(fullText(entry)), "text"),
    ...(replays.length === 0 ? [] : ["", fenced(replays.map(replayLine).join("\n"), "sh")]),
    "",
    "</details>",
    "",
  ].join("\n");
}

function codeLines(findings: ReturnType<typeof findingsOf>): readonly string[] {
  const points = findings.flatMap(({ finding }) => codePointsOf(finding).slice(0, 3));
  if (points.length === 0) return [];
  return [
    ...points.map(({ contract, function: called, file, line, opens }) => {
      const where = file === undefined ? "" : ` in ${code(`${file}${line === undefined ? "" : `:${line}`}`, CELL)}`;
      return `- ${code(`${contract}.${called}`, CELL)}${where}${opens === undefined ? "" : `: ${plain(opens, CELL)}`}`;
    }),
    "",
  ];
}

function replayLine(file: string): string {
  return `npx hardhat siege replay ${legible(file, 300)}`;
}

/** A report by hand has a line of JSON that is longer than any comment. */
function legibleText(text: string): string {
  return text
    .split("\n")
    .map((line) => legible(line, 1_000))
    .join("\n");
}
