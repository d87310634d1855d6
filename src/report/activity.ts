import type {
  Activity,
  CallActivity,
  ConditionActivity,
  FeedActivity,
  ReachedRange,
} from "../engine/activity/activity.js";
import type { CampaignResult } from "../engine/campaign/campaign-result.js";

import { percent } from "../quantity/amount.js";
import { format } from "../quantity/format.js";
import { legible } from "../quantity/legible.js";

/** The most functions that the table lists. */
const ROWS = 12;

/** The most revert reasons in a row. */
const REASONS = 2;

/** The widest name in the table. */
const CELL = 60;

/** The most functions and ranges in a line of text. */
const NAMED = 6;

/** A line of the report: its label in the left column, and its text. */
export interface ActivityLine {
  readonly label: string;
  readonly text: string;
}

/**
 * What a campaign did, as lines of a report: a table of the functions that never succeeded, folded to one line if there are
 * none; what was left out; what was not judged; what happened and was reached.
 */
export function activityLines(
  { calls, skipped, unknownContracts = 0, unasked = 0, conditions, feeds, events, reached }: Activity,
  end: CampaignResult["kind"],
): readonly ActivityLine[] {
  // a violation ends the search, so what was not tried until then says nothing
  const listed = end === "violation" ? calls.filter(({ tried }) => tried > 0) : calls;
  return [
    ...callLines(listed, end !== "violation"),
    ...skippedLines(skipped),
    ...unknownLines(unknownContracts),
    ...unaskedLines(unasked),
    ...(end === "survived" ? [...judgedLines(conditions), ...closestLines(conditions)] : []),
    ...conditions.flatMap(conditionLines),
    ...feeds.flatMap(feedLines),
    ...reachedLines(events, reached),
  ];
}

/** What was judged, if nothing kept it from being judged. */
function judgedLines(conditions: Activity["conditions"]): readonly ActivityLine[] {
  const judged = conditions.filter((one) => one.judged > 0);
  if (judged.length === 0) return [];
  const blocks = [...new Set(judged.map((one) => number(one.judged)))];
  const names = enumerated(judged.map(({ condition }) => condition));
  return [{ label: "judged", text: `${names} after ${blocks.join(" to ")} blocks` }];
}

/** How close conditions came to being broken, the closest first. */
function closestLines(conditions: Activity["conditions"]): readonly ActivityLine[] {
  const told = conditions.flatMap(({ condition, closest }) => (closest === undefined ? [] : [{ condition, closest }]));
  if (told.length === 0) return [];
  const ordered = told.sort((one, other) => one.closest - other.closest);
  const margins = ordered.map(({ condition, closest }) => `${condition} ${format(percent(closest))}`);
  return [{ label: "", text: `least margin: ${enumerated(margins)}` }];
}

/** @param names - whether to name what succeeded, on which a pass rests */
function callLines(calls: readonly CallActivity[], names: boolean): readonly ActivityLine[] {
  if (calls.length === 0) return [{ label: "calls", text: "none" }];
  const working = [...new Set(calls.flatMap((entry) => (entry.succeeded > 0 ? [entry.function] : [])))];
  const succeeded = calls.filter((entry) => entry.succeeded > 0).length;
  const failing = calls.filter((entry) => entry.succeeded === 0);
  // the target's first: they are what the campaign is about
  const listed = [...failing].sort((one, other) => rank(one) - rank(other)).slice(0, ROWS);
  const noun = calls.length === 1 ? "function" : "functions";
  const folded = `${succeeded} of ${calls.length} ${noun} that agents call succeeded at least once`;
  const more = failing.length - listed.length;
  return [
    { label: "calls", text: folded },
    ...(names && working.length > 0 ? [{ label: "", text: `succeeded: ${enumerated(working)}` }] : []),
    ...(listed.length > 0 ? [{ label: "", text: "never:" }] : []),
    ...table(listed).map((text) => ({ label: "", text })),
    ...(more > 0 ? [{ label: "", text: `and ${more} more (see --json)` }] : []),
  ];
}

function rank({ function: called, tried }: CallActivity): number {
  return (called.startsWith("target.") ? 0 : 2) + (tried > 0 ? 0 : 1);
}

function table(rows: readonly CallActivity[]): readonly string[] {
  const cells = rows.map((row) => [legible(row.agent, CELL), legible(row.function, CELL), tries(row)] as const);
  const width = (column: 0 | 1 | 2): number => Math.max(...cells.map((cell) => cell[column].length));
  const [agent, called, tried] = [width(0), width(1), width(2)];
  return rows.map((row, index) => {
    const [one = "", two = "", three = ""] = cells[index] ?? [];
    return `${one.padEnd(agent)}  ${two.padEnd(called)}  ${three.padEnd(tried)}  ${reasons(row)}`.trimEnd();
  });
}

function tries({ tried, included }: CallActivity): string {
  if (tried === 0) return "never tried";
  return included === tried ? `tried ${number(tried)}` : `tried ${number(tried)}, included ${number(included)}`;
}

function reasons({ reverts }: CallActivity): string {
  const listed = reverts.slice(0, REASONS).map(({ reason, count }) => `${reason} (${number(count)})`);
  const more = reverts.length - listed.length;
  return [...listed, ...(more > 0 ? [`${more} other ${more === 1 ? "reason" : "reasons"}`] : [])].join(", ");
}

function skippedLines(skipped: Activity["skipped"]): readonly ActivityLine[] {
  const reasonsOf = new Map<string, string[]>();
  for (const { function: called, because } of skipped) {
    reasonsOf.set(because, [...(reasonsOf.get(because) ?? []), called]);
  }
  return [...reasonsOf].map(([because, functions]) => ({
    label: "not called",
    text: `${enumerated(functions)}: ${because}`,
  }));
}

function unaskedLines(count: number): readonly ActivityLine[] {
  if (count === 0) return [];
  const questions = count === 1 ? "1 question" : `${number(count)} questions`;
  return [{ label: "not asked", text: `${questions} to views, beyond those that are read in every block` }];
}

function unknownLines(count: number): readonly ActivityLine[] {
  if (count === 0) return [];
  const contracts = count === 1 ? "1 contract" : `${number(count)} contracts`;
  return [{ label: "not called", text: `created ${contracts} of unknown code, which nobody calls` }];
}

function conditionLines({ condition, judged, failed, nothing, why }: ConditionActivity): readonly ActivityLine[] {
  const because = why === undefined ? "" : `: ${why}`;
  const blocks = judged + failed + nothing;
  if (failed > 0) {
    return [
      { label: "not judged", text: `${condition} after ${number(failed)} of ${number(blocks)} blocks${because}` },
    ];
  }
  if (judged > 0 || nothing === 0) return [];
  return [{ label: "not judged", text: `${condition} had nothing to judge${because}` }];
}

/** What a feed did not publish as it was sent; nothing if it published everything. */
function feedLines({ feed, published, changed, refused }: FeedActivity): readonly ActivityLine[] {
  if (changed + refused === 0) return [];
  const all = number(published + changed + refused);
  const parts = [
    ...(refused > 0 ? [`refused ${number(refused)}`] : []),
    ...(changed > 0 ? [`showed another price after ${number(changed)}`] : []),
  ];
  return [{ label: "rounds", text: `${legible(feed, CELL)} feed ${parts.join(" and ")} of ${all}` }];
}

function reachedLines(events: Activity["events"], reached: readonly ReachedRange[]): readonly ActivityLine[] {
  const ranges = reached
    .filter(({ least, greatest }) => least !== greatest)
    .map(({ what, least, greatest, unit }) =>
      unit === "USD"
        ? `${what} ${format({ value: least, unit })} to ${format({ value: greatest, unit })}`
        : `${what} ${gwei(least)} to ${gwei(greatest)} gwei`,
    );
  const happened = Object.entries(events).map(([kind, count]) => eventsText(kind, count));
  const all = [...ranges, ...happened];
  return all.length === 0 ? [] : [{ label: "reached", text: enumerated(all) }];
}

/** What the built-in kinds of events are called, one and several of them; a scenario's own have their own names. */
const EVENT_WORDS: Readonly<Record<string, readonly [one: string, several: string] | undefined>> = {
  pause: ["pause", "pauses"],
  market: ["price move", "price moves"],
  oracle: ["oracle fault", "oracle faults"],
  gas: ["change of demand for block space", "changes of demand for block space"],
  builder: ["act of the builder", "acts of the builder"],
};

function eventsText(kind: string, count: number): string {
  const [one, several] = EVENT_WORDS[kind] ?? [kind, kind];
  return `${number(count)} ${count === 1 ? one : several}`;
}

function enumerated(parts: readonly string[]): string {
  const more = parts.length - NAMED;
  return [...parts.slice(0, NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

function gwei(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
