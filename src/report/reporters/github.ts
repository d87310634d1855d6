import type { Entry } from "../file-result.js";
import type { About } from "./reporter.js";

import { codePointsOf } from "./code-points.js";
import { fileOf } from "./place.js";
import { findingsOf } from "./told-findings.js";
import { titleOf, verdictOf } from "./verdict.js";

/**
 * Workflow commands of GitHub Actions: an annotation for each finding, where its code is if that is known, and for whatever could
 * not be decided. Printed beside the reports; nothing for what survived.
 */
export function github(entries: readonly Entry[], about: About): string {
  const commands = entries.flatMap((entry) => commandsOf(entry, about));
  return commands.length === 0 ? "" : `${commands.join("\n")}\n`;
}

function commandsOf(entry: Entry, about: About): readonly string[] {
  const { kind, code, reason } = verdictOf(entry);
  if (kind === "passed" || kind === "part") return [];
  const here = { file: fileOf(entry.file, about), line: "line" in entry ? entry.line : undefined };
  const title = titleOf(entry);
  if (kind === "failed") {
    const findings = findingsOf(entry).filter(({ isConfirmed }) => isConfirmed);
    if (findings.length > 0) {
      return findings.map(({ finding }) => {
        const point = codePointsOf(finding).find(({ file, line }) => file !== undefined && line !== undefined);
        const { condition, evidence } = finding.violation;
        const place = point === undefined ? here : { file: point.file ?? here.file, line: point.line };
        return command("error", place, title, `${condition}: ${evidence.summary}`);
      });
    }
  }
  return [command(kind === "undecided" ? "warning" : "error", here, title, `${code}: ${reason}`)];
}

function command(
  level: "error" | "warning",
  { file, line }: { readonly file: string; readonly line: number | undefined },
  title: string,
  message: string,
): string {
  const where = `file=${property(file)}${line === undefined ? "" : `,line=${line}`}`;
  return `::${level} ${where},title=${property(title)}::${data(message)}`;
}

/** As the toolkit of GitHub Actions escapes them: neither may begin a command of its own. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
