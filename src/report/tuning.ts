import type { TuneAttack, TunePoint, TuneResult } from "../training/tuning/tune-result.js";

import { parameterText } from "../engine/world/parameters/parameter-value.js";
import { legible, NAME_WIDTH } from "../quantity/legible.js";
import { formatProbability } from "../quantity/probability.js";

import { estimateText } from "./estimate-text.js";
import { count, row, toText } from "./lines.js";

/** The widest name. */
const WIDTH = 200;

/**
 * A tuning as text: the accepted points with their changes as a diff, and why others were not.
 *
 * @param result - of `siege.tune(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderTuning(result: TuneResult): string {
  const { of, ruin, candidates, judged, front, seed, seconds, method, paths, cut, objectives, constant } = result;
  const others = judged.filter((_point, place) => !front.includes(place));
  return toText([
    `${headOf(result)}: ${legible(result.target, WIDTH)} in "${legible(result.scenario, WIDTH)}"`,
    ...(cut === undefined
      ? []
      : [row("stopped", `by ${cut === "interrupted" ? "an interruption" : "the time limit"}`)]),
    row("wanted", objectives.map(({ name, goal }) => `${goal} ${legible(name, NAME_WIDTH)}`).join(", ")),
    row(
      "limit",
      `ruin below ${formatProbability(ruin.limit)}, with ${formatProbability(ruin.confidence)} confidence for all accepted points together`,
    ),
    ...front.flatMap((place, index) => {
      const point = judged[place];
      return point === undefined ? [] : ["", `  point ${index + 1}`, ...pointLines(point, result)];
    }),
    ...(front.length === 0 ? [] : [""]),
    ...others.map((point) => row(point.verdict, `${valuesText(point, result)}: ${ruinText(point)}`)),
    ...(result.outcome === "infeasible" ? infeasibleLines(result) : []),
    ...constant.map((name) =>
      row("constant", `${legible(name, NAME_WIDTH)} is the same at every candidate: nothing tunes it`),
    ),
    ...of.map(({ name, range: [least, most], unit }) =>
      row("tuned", `${name} from ${least} to ${most}${unit === undefined ? "" : ` ${legible(unit, NAME_WIDTH)}`}`),
    ),
    ...Object.entries(result.parameters ?? {}).map(([name, value]) =>
      row("parameter", `${name} ${value}, at every point`),
    ),
    `  ${method}, ${count(candidates.length, "candidate")} of ${count(paths, "path")}, ${count(judged.length, "point")} judged on fresh paths, seed ${seed}; ${seconds.toFixed(1)} s`,
  ]);
}

function headOf({ outcome, front }: TuneResult): string {
  if (outcome === "tuned") return `${count(front.length, "point")} accepted`;
  if (outcome === "infeasible") return "Nothing feasible";
  return outcome === "none" ? "No point accepted" : "Incomplete";
}

function pointLines(point: TunePoint, { objectives }: TuneResult): readonly string[] {
  return [
    ...point.change.flatMap((change) => [
      ...(change.from === undefined ? [] : [`  - ${parameterText({ ...change, value: change.from })}`]),
      `  + ${parameterText({ ...change, value: change.to })}`,
    ]),
    ...objectives.flatMap(({ name, unit }) => {
      const estimate = point.objectives[name];
      const text = (value: number): string =>
        `${rounded(value)}${unit === undefined ? "" : ` ${legible(unit, NAME_WIDTH)}`}`;
      return estimate === undefined ? [] : [row(legible(name, NAME_WIDTH), estimateText(estimate, text))];
    }),
    row("ruin", ruinText(point)),
    ...(point.attack === undefined ? [] : attackLines(point.attack)),
    ...nearestLines(point),
  ];
}

function ruinText({ ruin: { paths, ruined, interval, doubts } }: TunePoint): string {
  const bounds = `${formatProbability(interval.lower, "down")} to ${formatProbability(interval.upper, "up")}`;
  const why = doubts === undefined ? "" : `; ${doubts.join(" ")}`;
  return `${ruined} of ${count(paths, "fresh path")} ruined: ${bounds}${why}`;
}

function attackLines(attack: TuneAttack): readonly string[] {
  if (attack.kind === "survived") return [row("attack", `survived ${count(attack.runs, "run")} of a search`)];
  if (attack.kind === "undecided") return [row("attack", `undecided: ${attack.reason}`)];
  const how = attack.atWill ? "at will" : "with the market's help";
  return [
    row("attack", `broke it ${how}: ${attack.condition}: ${attack.summary}`),
    ...(attack.reproduction === undefined ? [] : [row("", `npx hardhat siege replay ${attack.reproduction}`)]),
  ];
}

function nearestLines({ nearestFailure }: TunePoint): readonly string[] {
  if (nearestFailure === undefined) return [];
  const { values, distance, summary, reproduction } = nearestFailure;
  const at = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return [
    row("nearest", `ruined path at ${at.join(", ")}, ${formatProbability(distance)} of the ranges away: ${summary}`),
    ...(reproduction === undefined ? [] : [row("", `npx hardhat siege replay ${reproduction}`)]),
  ];
}

function infeasibleLines({ candidates }: TuneResult): readonly string[] {
  const [least] = candidates.toSorted((one, other) => one.ruined - other.ruined);
  if (least === undefined) return [];
  const at = Object.entries(least.values)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  const why = least.refused ?? `${formatProbability(least.ruined)} of its paths were ruined`;
  return [row("least ruin", `at ${at}: ${why}`)];
}

function valuesText({ change }: TunePoint, { of }: TuneResult): string {
  return of.map(({ name }) => `${name} ${change.find((one) => one.name === name)?.to ?? ""}`).join(", ");
}

/** Four significant digits, but whole numbers as they are. */
function rounded(value: number): string {
  return Number.isInteger(value)
    ? value.toLocaleString("en-US")
    : Number(value.toPrecision(4)).toLocaleString("en-US", { maximumSignificantDigits: 4 });
}
