import type { CallActivity } from "../engine/activity/activity.js";
import type { ActivityLine } from "./lines.js";

import { legible } from "../quantity/legible.js";

import { isAccessError } from "./access-error.js";
import { columnsOf, padded } from "./columns.js";
import { enumerated } from "./lines.js";

/** The most functions that the table lists. */
const ROWS = 12;

/** The most functions in the table of those that succeeded for some agents. */
const FEW_ROWS = 6;

/** The most names of functions in a line: as many as fit. */
const FUNCTIONS = 16;

/** The most reasons in a row. */
const REASONS = 2;

/** The widest name in the table. */
const CELL = 60;

/** A function, and what became of the calls of all agents that call it. */
interface Called {
  readonly name: string;
  readonly calls: readonly CallActivity[];
}

/** Why calls came to nothing, and how often. */
interface Reason {
  readonly reason: string;
  readonly count: number;
}

/**
 * What agents called: how many functions succeeded, and each of the others once. What its contract keeps for a role is in a line
 * of its own, and what succeeded for some agents only has a table of its own.
 *
 * @param isPass - whether a pass rests on it: what succeeded is named
 */
export function callLines(calls: readonly CallActivity[], isPass: boolean): readonly ActivityLine[] {
  if (calls.length === 0) return [{ label: "calls", text: "none" }];
  const functions = byFunction(calls);
  const working = functions.filter((one) => one.calls.some(succeeded));
  const failing = functions.filter((one) => !working.includes(one));
  const kept = failing.filter(isKept);
  // the target's first: they are what the campaign is about
  const never = failing.filter((one) => !kept.includes(one)).sort((one, other) => rank(one) - rank(other));
  const noun = functions.length === 1 ? "function" : "functions";
  return [
    {
      label: "calls",
      text: `${working.length} of ${functions.length} ${noun} that agents call succeeded at least once`,
    },
    ...named("succeeded", isPass ? working.map(({ name }) => name) : []),
    ...titled("but not for every agent:", isPass ? exceptionsIn(working) : [], FEW_ROWS),
    ...named("kept for a role", kept.map(keptText)),
    ...titled("never:", never, ROWS),
  ];
}

/** How many functions succeeded, for whichever agent, of those that their contracts do not keep for a role; and how many they keep. */
export function exerciseOf(calls: readonly CallActivity[]): {
  readonly succeeded: number;
  readonly of: number;
  readonly kept: number;
} {
  const all = byFunction(calls);
  const open = all.filter((one) => !isKept(one) || one.calls.some(succeeded));
  return {
    succeeded: open.filter((one) => one.calls.some(succeeded)).length,
    of: open.length,
    kept: all.length - open.length,
  };
}

function byFunction(calls: readonly CallActivity[]): readonly Called[] {
  const names = [...new Set(calls.map((call) => call.function))];
  return names.map((name) => ({ name, calls: calls.filter((call) => call.function === name) }));
}

function succeeded(call: CallActivity): boolean {
  return call.succeeded > 0;
}

/** What some agents never had success with, where others had. */
function exceptionsIn(working: readonly Called[]): readonly Called[] {
  return working.flatMap(({ name, calls }) => {
    const without = calls.filter((call) => !succeeded(call));
    return without.length === 0 ? [] : [{ name, calls: without }];
  });
}

/** A title and a table under it, of many rows the first. */
function titled(title: string, rows: readonly Called[], most: number): readonly ActivityLine[] {
  if (rows.length === 0) return [];
  const more = rows.length - most;
  const texts = [title, ...table(rows.slice(0, most)), ...(more > 0 ? [`and ${more} more (see --json)`] : [])];
  return texts.map((text) => ({ label: "", text }));
}

/** Whether every call was turned away for want of a role, whoever made it. */
function isKept({ calls }: Called): boolean {
  const reverts = calls.flatMap((call) => call.reverts);
  return reverts.length > 0 && reverts.every(({ reason }) => isAccessError(reason));
}

function keptText({ name, calls }: Called): string {
  return `${legible(name, CELL)} ${calls.flatMap(({ reverts }) => reverts)[0]?.reason ?? ""}`;
}

function rank({ name, calls }: Called): number {
  return (name.startsWith("target.") ? 0 : 2) + (triesOf(calls) > 0 ? 0 : 1);
}

function triesOf(calls: readonly CallActivity[]): number {
  return calls.reduce((sum, { tried }) => sum + tried, 0);
}

function table(rows: readonly Called[]): readonly string[] {
  const cells = rows.map(({ name, calls }) => [
    legible(calls.map(({ agent }) => agent).join(", "), CELL),
    legible(name, CELL),
    triedText(triesOf(calls)),
    reasonsText(calls),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((cell) => columnsOf(cell[column] ?? ""))));
  return cells.map((cell) =>
    cell
      .map((text, column) => padded(text, widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function triedText(tried: number): string {
  // a call that is refused when it is tried out is replaced by another, and not counted
  return tried === 0 ? "never sent" : `tried ${number(tried)}`;
}

function reasonsText(calls: readonly CallActivity[]): string {
  const reasons = [...reverts(calls), ...notIncluded(calls)].sort((one, other) => other.count - one.count);
  const listed = reasons.slice(0, REASONS).map(({ reason, count }) => `${reason} (${number(count)})`);
  const more = reasons.length - listed.length;
  return [...listed, ...(more > 0 ? [`${more} other ${more === 1 ? "reason" : "reasons"}`] : [])].join(", ");
}

function reverts(calls: readonly CallActivity[]): readonly Reason[] {
  const counts = new Map<string, number>();
  for (const { reason, count } of calls.flatMap((call) => call.reverts)) {
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

/** What was tried and is in no block. */
function notIncluded(calls: readonly CallActivity[]): readonly Reason[] {
  const unsent = calls.reduce((sum, call) => sum + (call.unsent ?? 0), 0);
  const included = calls.reduce((sum, call) => sum + call.included, 0);
  const out = triesOf(calls) - included - unsent;
  return [
    { reason: "not sent: refused whenever it was tried", count: unsent },
    { reason: "in no block: outbid, not paid for, or too late", count: out },
  ].filter(({ count }) => count > 0);
}

function named(what: string, names: readonly string[]): readonly ActivityLine[] {
  return names.length === 0 ? [] : [{ label: "", text: `${what}: ${enumerated(names, FUNCTIONS)}` }];
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
