import type { Activity, ConditionActivity, FeedActivity, ReachedRange } from "../engine/activity/activity.js";
import type { CampaignResult } from "../engine/campaign/campaign-result.js";
import type { ActivityLine } from "./lines.js";

import { percent, seconds } from "../quantity/amount.js";
import { format } from "../quantity/format.js";
import { legible } from "../quantity/legible.js";

import { callLines } from "./call-lines.js";
import { count, enumerated } from "./lines.js";

/** A margin from which on nothing has come near: it is not told. */
const UNTOUCHED = 0.9995;

/** The least margin that is not shown as 0.0 %. */
const SHOWN = 0.0005;

/** The widest name. */
const CELL = 60;

/**
 * What a campaign did, as lines of a report: a table of the functions that never succeeded, folded to one line if there are
 * none; what was left out; what was not judged; what happened and was reached.
 */
export function activityLines(
  { calls, skipped, unknownContracts = 0, unasked = 0, untold, conditions, feeds, events, reached }: Activity,
  end: CampaignResult["kind"],
): readonly ActivityLine[] {
  // a violation ends the search, so what was not tried until then says nothing
  const listed = end === "violation" ? calls.filter(({ tried }) => tried > 0) : calls;
  return [
    ...callLines(listed, end !== "violation"),
    ...skippedLines(skipped),
    ...unknownLines(unknownContracts),
    ...unaskedLines(unasked, untold),
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
  const counts = [...new Set(judged.map((one) => one.judged))].sort((a, b) => b - a);
  const parts = counts.map((count, at) => {
    const names = judged.flatMap((one) => (one.judged === count ? [one.condition] : []));
    return `${enumerated(names)} after ${number(count)}${at === 0 ? " blocks" : ""}`;
  });
  return [{ label: "judged", text: parts.join("; ") }];
}

/** How close conditions came to being broken, the closest first. */
function closestLines(conditions: Activity["conditions"]): readonly ActivityLine[] {
  const told = conditions.flatMap(({ condition, closest }) => (closest === undefined ? [] : [{ condition, closest }]));
  if (told.length === 0) return [];
  const ordered = told.sort((one, other) => one.closest - other.closest);
  const margins = ordered
    .filter(({ closest }) => closest >= SHOWN && closest < UNTOUCHED)
    .map(({ condition, closest }) => `${condition} ${format(percent(closest))}`);
  const even = ordered.filter(({ closest }) => closest < SHOWN).map(({ condition }) => condition);
  return [
    ...(margins.length === 0 ? [] : [{ label: "", text: `least margin: ${enumerated(margins)}` }]),
    ...(even.length === 0
      ? []
      : [{ label: "", text: `nothing to spare: ${enumerated(even)}, which is right where books just balance` }]),
  ];
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

function unaskedLines(unasked: number, untold: Activity["untold"]): readonly ActivityLine[] {
  const { questions = [], unanswered = [], addresses = 0, constants = 0 } = untold ?? {};
  const lines: ActivityLine[] = [];
  if (unasked > 0) {
    const parts = questions.map(({ contract, count: own }) => `${number(own)} of ${legible(contract, CELL)}`);
    const [only] = questions;
    const whose =
      questions.length > 1
        ? ` (${enumerated(parts)})`
        : only === undefined
          ? ""
          : ` of ${legible(only.contract, CELL)}`;
    lines.push({
      label: "not asked",
      text: `${count(unasked, "question")} to views${whose}, for which a block's read has no room: what only they tell is not tried as an argument`,
    });
  }
  if (addresses > 0) {
    lines.push({ label: "not asked", text: `${count(addresses, "question")} to views for addresses at the start` });
  }
  if (constants > 0) {
    lines.push({ label: "not tried", text: `${count(constants, "constant")} of the code, beyond 48 of a kind` });
  }
  if (unanswered.length > 0) {
    const views = enumerated(unanswered.map((name) => legible(name, CELL)));
    lines.push({ label: "no answer", text: `from ${views} at the start: reverted, or took too much gas` });
  }
  return lines;
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
    .filter(({ least, greatest, unit }) => least !== greatest && unit !== "seconds")
    .map(({ what, least, greatest, unit }) =>
      unit === "gwei"
        ? `${what} ${gwei(least)} to ${gwei(greatest)} gwei`
        : `${what} ${format({ value: least, unit })} to ${format({ value: greatest, unit })}`,
    );
  const longest = reached.find(({ unit }) => unit === "seconds")?.greatest;
  const happened = Object.entries(events).map(([kind, count]) => {
    const text = eventsText(kind, count);
    if (kind !== "pause" || longest === undefined) return text;
    return `${text} of ${count === 1 ? "" : "up to "}${format(seconds(coarse(longest)))}`;
  });
  const all = [...ranges, ...happened];
  return all.length === 0 ? [] : [{ label: "reached", text: enumerated(all) }];
}

/** What the built-in kinds of events are called, one and several of them; a scenario's own have their own names. */
const EVENT_WORDS: Readonly<Record<string, readonly [one: string, several: string] | undefined>> = {
  pause: ["pause", "pauses"],
  interval: ["late or early block", "late or early blocks"],
  market: ["price move", "price moves"],
  oracle: ["oracle fault", "oracle faults"],
  gas: ["change of demand for block space", "changes of demand for block space"],
  builder: ["act of the builder", "acts of the builder"],
};

/** Whole days of a span of days, whole hours of one of hours, never more than it is. */
function coarse(span: number): number {
  const unit = SPANS.find((length) => span >= 2 * length) ?? 1;
  return span - (span % unit);
}

/** A day, an hour, a minute. */
const SPANS = [86_400, 3_600, 60];

function eventsText(kind: string, count: number): string {
  const [one, several] = EVENT_WORDS[kind] ?? [kind, kind];
  return `${number(count)} ${count === 1 ? one : several}`;
}

function gwei(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
