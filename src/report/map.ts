import type { Axis } from "../risk/map/axis.js";
import type { FrontierMap, SiegeMap, ThresholdMap } from "../risk/map/map-result.js";
import type { MapPoint } from "../risk/map/point.js";

import { legible, NAME_WIDTH } from "../quantity/legible.js";
import { valueOf } from "../risk/map/threshold.js";

import { count, row, toText } from "./lines.js";

/** The most values of one end that are listed. */
const LISTED = 12;

/** The most points that are undecided of which the reason is told. */
const REASONS = 3;

/** The widest name, summary or reason. */
const WIDTH = 300;

/** How a place of a frontier's grid is drawn: what was not tested lies in a cell whose points ended in the same way. */
const MARKS = { survived: "o", broke: "x", recovers: "+", undecided: "?", untested: "·" } as const;

/**
 * A map as text: where survival ends, what was tested, and how to play both sides of an edge again.
 *
 * @param map - of `siege.map(...)`
 * @param file - the scenario file, for the command that plays a point that survived. Default: a placeholder
 * @returns lines without colours and without a trailing newline
 */
export function renderMap(map: SiegeMap, file = "FILE"): string {
  return toText([
    `${nameOf(map.target)} in "${nameOf(map.scenario)}", ${map.along.map(axisText).join(" and ")}`,
    ...(map.cut === undefined
      ? []
      : [row("stopped", `by ${map.cut === "interrupted" ? "an interruption" : "the time limit"}, before its end`)]),
    ...(map.kind === "threshold map" ? thresholdLines(map, file) : frontierLines(map)),
    ...undecidedLines(map.points),
    ...Object.entries(map.parameters ?? {}).map(([name, value]) =>
      row("parameter", `${name} ${value}, at every point`),
    ),
    `  ${count(map.points.length, "campaign")} of up to ${count(map.runs, "run")} each, seed ${map.seed} at every point, ${map.seconds.toFixed(1)} s`,
  ]);
}

function thresholdLines(map: ThresholdMap, file: string): readonly string[] {
  const [axis] = map.along;
  const at = (point: MapPoint): string => `${axis.name} ${valueOf(axis, point)}`;
  const edges = map.edges.flatMap(({ survived, broke, undecided = [] }) => [
    row("threshold", `survived ${at(survived)}, broke ${at(broke)}${unitOf(axis)}`),
    ...(undecided.length === 0 ? [] : [row("", `not nearer: undecided at ${undecided.map(at).join(", ")}`)]),
    ...brokenLines(broke, map),
    row(
      "survived",
      `npx hardhat siege run ${legible(file, WIDTH)} --parameters ${assigned(map, survived)} --runs ${map.runs} --seed ${map.seed}`,
    ),
  ]);
  const listed = (end: MapPoint["end"]): readonly string[] => {
    const values = map.points.filter((point) => point.end === end).map((point) => valueOf(axis, point));
    return values.length === 0 ? [] : [`${end} ${ranged(values)}`];
  };
  return [
    ...(edges.length > 0 ? edges : [row("threshold", noneText(map))]),
    ...(map.outcome === "several thresholds"
      ? [row("", "survival ends and begins again: it is not monotone in this parameter")]
      : []),
    row("tested", [...listed("survived"), ...listed("broke"), ...listed("undecided")].join("; ")),
    row(
      "",
      `${map.first} evenly spaced values, then halves between those that differ, to ${map.precision}; nothing is known between`,
    ),
    row("", "values that ended in the same way"),
  ];
}

function frontierLines(map: FrontierMap): readonly string[] {
  const ends = new Map(map.points.map((point) => [Object.values(point.values).join(" "), markOf(point)]));
  const recovers = [...ends.values()].includes("recovers");
  const [across, up] = map.along;
  const [columns, rows] = map.grid;
  const label = Math.max(...rows.map((value) => short(value).length));
  const drawn = rows.toReversed().map((y) => {
    const marks = columns.map((x) => MARKS[ends.get(`${x} ${y}`) ?? "untested"]);
    return `  ${short(y).padStart(label)}  ${marks.join(" ")}`;
  });
  const [first, last] = [columns[0] ?? NaN, columns.at(-1) ?? NaN].map(short) as [string, string];
  const gap = Math.max(1, 2 * columns.length - 1 - first.length - last.length);
  const broke = map.points.find(({ end }) => end === "broke");
  return [
    ...(map.outcome === "frontier" ? [] : [row("frontier", noneText(map))]),
    "",
    `  ${up.name}`,
    ...drawn,
    `  ${" ".repeat(label)}  ${first}${" ".repeat(gap)}${last}  ${across.name}`,
    "",
    row("", "o survived, x broke, ? undecided, · not tested: the points around it ended in the same way"),
    ...(recovers ? [row("", `+ broke, and holds again ${afterRest(map)}`)] : []),
    ...(broke === undefined
      ? []
      : [row("example", `broke at ${assigned(map, broke).replaceAll(",", ", ")}`), ...brokenLines(broke, map)]),
  ];
}

/** What a place of a frontier's grid shows. */
function markOf({ end, violation }: MapPoint): keyof typeof MARKS {
  return end === "broke" && violation?.lasts === false ? "recovers" : end;
}

/** `after prices have returned and all have rested for 10 blocks` */
function afterRest({ rest = 0 }: SiegeMap): string {
  return `after prices have returned and all have rested for ${count(rest, "block")}`;
}

function brokenLines({ violation, why }: MapPoint, map: SiegeMap): readonly string[] {
  if (violation === undefined) return why === undefined ? [] : [row("violated", legible(why, WIDTH))];
  const { condition, summary, reproduction, lasts } = violation;
  return [
    row("violated", `${legible(condition, NAME_WIDTH)}: ${legible(summary, WIDTH)}`),
    ...(lasts === undefined
      ? []
      : [row(lasts ? "lasts" : "recovers", `${lasts ? "still violated" : "holds again"} ${afterRest(map)}`)]),
    ...(reproduction === undefined ? [] : [row("broke", `npx hardhat siege replay ${legible(reproduction, WIDTH)}`)]),
  ];
}

function undecidedLines(points: readonly MapPoint[]): readonly string[] {
  const undecided = points.filter(({ end }) => end === "undecided");
  const lines = undecided
    .slice(0, REASONS)
    .map(({ values, why }) => row("undecided", `${Object.values(values).join(", ")}: ${legible(why ?? "", WIDTH)}`));
  const more = undecided.length - lines.length;
  return more > 0 ? [...lines, row("undecided", `and ${count(more, "other point")}`)] : lines;
}

function noneText({ outcome, points }: SiegeMap): string {
  const all = `none among the ${count(points.length, "point")} that ${points.length === 1 ? "was" : "were"} tested`;
  switch (outcome) {
    case "all survived":
      return `${all}: all survived`;
    case "all broke":
      return `${all}: all broke`;
    case "undecided":
      return `${all}: not all of them are decided`;
    case "threshold":
    case "several thresholds":
    case "frontier":
      return all;
  }
}

/** A value beside a row or a column: the places between are seen. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** `0.5, 0.625, 0.75`, of many the first and the last few. */
function ranged(values: readonly number[]): string {
  if (values.length <= LISTED) return values.join(", ");
  const half = LISTED / 2;
  return [...values.slice(0, half), "…", ...values.slice(-half)].join(", ");
}

/** `ltv=0.8,fall=0.25`, with what was set at every point. */
function assigned({ parameters = {} }: SiegeMap, { values }: MapPoint): string {
  return Object.entries({ ...parameters, ...values })
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}

function axisText(axis: Axis): string {
  const [least, most] = axis.range;
  return `${axis.name} from ${least} to ${most}${unitOf(axis)}`;
}

function unitOf({ unit }: Axis): string {
  return unit === undefined ? "" : ` ${legible(unit, NAME_WIDTH)}`;
}

function nameOf(name: string): string {
  return legible(name, WIDTH);
}
