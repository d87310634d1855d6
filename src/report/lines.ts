import type { CampaignResult } from "../engine/campaign/campaign-result.js";

import { legible } from "../quantity/legible.js";

/** Width of the labels in the left column. */
const LABEL = 11;

/** A wider line is cut: it holds a name or a reason that nobody reads to its end. */
const LINE = 600;

/** The most names and ranges in a line. */
const NAMED = 6;

/** A line of the report: its label in the left column, and its text. */
export interface ActivityLine {
  readonly label: string;
  readonly text: string;
}

/** The lines of a report as text. Whatever entered them, from a file, a contract or a project, ends up as printable. */
export function toText(lines: readonly string[]): string {
  return lines.map((line) => legible(line, LINE)).join("\n");
}

/** A line with a label. */
export function row(label: string, text: string): string {
  return `  ${label.padEnd(LABEL)}${text}`;
}

/** `1 run`, `2,000 runs` */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString("en-US")} ${noun}${amount === 1 ? "" : "s"}`;
}

/** `fork block 25490000`; on a network of its own, `block 20` */
export function blockText({ isFork, forkBlock }: Pick<CampaignResult, "isFork" | "forkBlock">): string {
  return `${isFork ? "fork block" : "block"} ${forkBlock}`;
}

/** `a, b, c`, of many the first few. @param most - so many at most. Default 6 */
export function enumerated(parts: readonly string[], most: number = NAMED): string {
  const more = parts.length - most;
  return [...parts.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}
