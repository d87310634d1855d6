import type { DiffEnd, DiffMargin, DiffOutcomes, DiffResult, DiffRun, DiffSide } from "../engine/diff/diff-result.js";

import { parameterText } from "../engine/world/parameters/parameter-value.js";
import { legible, NAME_WIDTH } from "../quantity/legible.js";

import { count, row, toText } from "./lines.js";

/** The most changed runs that are told in full. */
const RUNS = 5;

/** The most values of a margin in a line. */
const VALUES = 12;

/** The widest text of a side. */
const TEXT = 200;

/**
 * A comparison as text: how often the outcome changed, and for the first runs that changed it, where they first differ.
 *
 * @param result - of `siege.diff(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderDiff(result: DiffResult): string {
  const { one, other, changed, diverged, reproductions, runs, cut } = result;
  const more = changed.length - RUNS;
  return toText([
    `${sideText(one)} against ${sideText(other)} in "${legible(one.scenario, TEXT)}"`,
    ...(cut === undefined
      ? []
      : [row("stopped", `by ${cut === "interrupted" ? "an interruption" : "the time limit"}, before its end`)]),
    ...tableLines(result.outcomes),
    row("changed", changed.length === 0 ? "no outcome" : count(changed.length, "outcome")),
    ...(diverged === 0
      ? []
      : [row("", `${count(diverged, "other run")} differ${diverged === 1 ? "s" : ""} on the way`)]),
    ...changed.slice(0, RUNS).flatMap(runLines),
    ...(more > 0 ? ["", row("", `and ${more} more`)] : []),
    "",
    `  ${count(runs, "run")} on each side, ${count(reproductions, "saved reproduction")}, seed ${result.seed}, ${result.seconds.toFixed(1)} s`,
  ]);
}

/** How the runs of one side, in rows, ended on the other, in columns. */
function tableLines({ bothSurvived, bothBroke, fixed, broken, otherwise }: DiffOutcomes): readonly string[] {
  const width = 10;
  const line = (first: string, ...cells: readonly (number | string)[]): string =>
    `  ${first.padEnd(width)}${cells.map((cell) => String(cell).padStart(width)).join("")}`.trimEnd();
  return [
    "",
    line("", "survived", "broke"),
    line("survived", bothSurvived, broken),
    line("broke", fixed, bothBroke + otherwise),
    ...(otherwise === 0 ? [] : [row("", `${otherwise} of them of another cause`)]),
    "",
  ];
}

function runLines({ run, reproduction, one, other, first, margins }: DiffRun): readonly string[] {
  const name = run === undefined ? legible(reproduction ?? "", TEXT) : `run ${run}`;
  return [
    "",
    `  ${name}`,
    row("first", endText(one)),
    row("second", endText(other)),
    ...(first === undefined
      ? []
      : [
          row("differs", `${placeText(first)}: ${legible(first.one, TEXT)}`),
          row("", `and on the second side: ${legible(first.other, TEXT)}`),
        ]),
    ...margins.flatMap(marginLines),
  ];
}

function placeText({ block, call, of, kind }: NonNullable<DiffRun["first"]>): string {
  const who = of === undefined ? "" : `, ${legible(of, NAME_WIDTH)}`;
  return `block ${block}${kind === "call" && call !== undefined ? `, call ${call}` : ""}${who}`;
}

function marginLines({ condition, one, other }: DiffMargin): readonly string[] {
  return [
    row("margin", `${legible(condition, NAME_WIDTH)}: ${valuesText(one)}`),
    row("", `and on the second side: ${valuesText(other)}`),
  ];
}

/** `1 0.87 0.31 0`, of many the last. */
function valuesText(values: readonly (number | null)[]): string {
  const shown = values.slice(-VALUES).map((value) => (value === null ? "-" : String(Number(value.toFixed(2)))));
  return `${values.length > VALUES ? "… " : ""}${shown.join(" ")}`;
}

function endText(end: DiffEnd): string {
  if (end.kind === "survived") return "survived";
  return `broke ${legible(end.condition, NAME_WIDTH)} in block ${end.block}: ${legible(end.summary, TEXT)}`;
}

function sideText({ target, parameters = [] }: DiffSide): string {
  const set = parameters.length === 0 ? "" : ` (${parameters.map(parameterText).join(", ")})`;
  return legible(`${target}${set}`, TEXT);
}
