import type { LossAtRisk, LossReport } from "../risk/ruin/losses.js";
import type { Randomness } from "../risk/ruin/randomness.js";
import type { PathProbability, RuinResult } from "../risk/ruin/ruin-result.js";

import { seconds as span } from "../quantity/amount.js";
import { format } from "../quantity/format.js";
import { legible } from "../quantity/legible.js";
import { formatProbability } from "../quantity/probability.js";

import { activityLines } from "./activity.js";
import { amountText, estimateText } from "./estimate-text.js";
import { blockText, count, enumerated, row, toText } from "./lines.js";
import { minimisedRows, unconfirmedRows } from "./minimised-paths.js";
import { parameterLines } from "./parameters.js";
import { unsavedContents } from "./unsaved.js";

/** The widest name in the first line. */
const NAME = 200;

/** The most ruined paths that are listed. */
const LISTED = 8;

/**
 * The share of paths and what it says of the probability: `643 of 2,000 paths ruined: 32.2 %, between 30.1 % and 34.3 % with
 * 95 % confidence`; without a ruined path, only its upper bound.
 */
export function ruinText({
  ruined,
  paths,
  probability,
}: Pick<RuinResult, "paths" | "probability"> & { readonly ruined: readonly unknown[] }): string {
  const noun = probability.interval.method === "importance sampling" ? "tilted path" : "path";
  return `${ruined.length.toLocaleString("en-US")} of ${count(paths, noun)} ruined: ${probabilityText(probability)}`;
}

/** `at most 0.74 % with 95 % confidence` */
function probabilityText({ value, interval: { lower, upper, confidence } }: PathProbability): string {
  const sure = `with ${formatProbability(confidence)} confidence`;
  if (value === undefined) return "nothing is known of the probability";
  if (value === 0) return `at most ${formatProbability(upper, "up")} ${sure}`;
  if (value === 1) return `at least ${formatProbability(lower, "down")} ${sure}`;
  return `${formatProbability(value)}, between ${formatProbability(lower, "down")} and ${formatProbability(upper, "up")} ${sure}`;
}

/**
 * The report of a risk run, whatever its end.
 *
 * @param result - of `siege.ruin(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderRuin(result: RuinResult): string {
  const { target, scenario, probability, ruined, blocks, blockTime, findings } = result;
  const mean = result.randomness.events.includes("interval") ? " on average" : "";
  const { method } = probability.interval;
  const lines = [
    `${legible(target, NAME)} under "${legible(scenario, NAME)}"${result.kind === "incomplete" ? ` is incomplete: ${whyIncomplete(result)}` : ""}`,
    row("ruin", `${ruinText(result)} (${method})`),
    ...rareRows(result),
    row(
      "horizon",
      `${count(blocks, "block")} of ${format(span(blockTime))}, ${format(span(blocks * blockTime))} in all${mean}`,
    ),
    ...(ruined.length === 0 ? [] : ruinRows(result)),
    ...result.losses.flatMap(lossRows),
    ...liquidatedRows(result),
    ...result.unmeasured.map((condition) => row("loss", `${condition} states no number`)),
    ...parameterLines(result.parameters),
    row("random", randomText(result.randomness)),
    ...result.doubts.flatMap(({ message, hint }) => [`  - ${message}`, `    ${hint}`]),
    ...activityLines(result.activity, ruined.length > 0 ? "violation" : "survived").map(({ label, text }) =>
      row(label, text),
    ),
    ...minimisedRows(findings),
    ...unconfirmedRows(result.unconfirmed, "ruined on a lane, not with one transaction per call; please report this"),
    ...result.funding.map(({ token, why: reason }) => row("capital", `${token}: ${reason}`)),
    ...(result.explored.because === undefined
      ? []
      : ["  played with one transaction per call: contracts behave differently in batched blocks"]),
    `  seed ${result.seed}, ${blockText(result)}, ${result.cost.seconds.toFixed(1)} s`,
  ];
  return [toText(lines), ...findings.flatMap(({ unsaved }) => unsavedContents(unsaved))].join("\n");
}

function rareRows({ rare, ruined, probability: { value = 0 } }: RuinResult): readonly string[] {
  if (rare === undefined) return [];
  const { assets, defensive, error, meanRatio, effectiveRuined } = rare;
  const digits = (number: number): string => number.toLocaleString("en-US", { maximumSignificantDigits: 3 });
  const tilts = Object.entries(assets).map(
    ([asset, { deviations }]) => `the price of ${asset} by ${digits(deviations)} standard deviations`,
  );
  const checks = [
    ...(error === undefined || value === 0
      ? []
      : [`standard error ${formatProbability(error / value)} of the probability`]),
    ...(ruined.length === 0 ? [] : [`${digits(effectiveRuined)} effective ruined paths`]),
    ...(meanRatio === undefined
      ? []
      : [`mean likelihood ratio ${meanRatio.value.toFixed(2)} ± ${meanRatio.error.toFixed(2)}`]),
  ];
  return [
    row("tilted", `${enumerated(tilts)} over the horizon, in ${formatProbability(1 - defensive)} of the paths`),
    row("", checks.join("; ")),
  ];
}

function ruinRows({ ruined, recovered, conditions, timeToRuin }: RuinResult): readonly string[] {
  const broken = conditions.filter(({ paths }) => paths > 0);
  const [early, median, late] = timeToRuin;
  const listed = ruined.slice(0, LISTED).map(({ path }) => path.toLocaleString("en-US"));
  const more = ruined.length - listed.length;
  return [
    ...(broken.length < 2
      ? broken.map(({ condition }) => row("violated", condition))
      : broken.map(({ condition, paths, probability }) =>
          row("violated", `${condition} in ${count(paths, "path")}: ${probabilityText(probability)}`),
        )),
    row(
      "recovered",
      recovered === 0
        ? `none of the ruined paths by the horizon`
        : `${recovered.toLocaleString("en-US")} of the ruined paths by the horizon`,
    ),
    ...(early === undefined || median === undefined || late === undefined
      ? []
      : [
          row(
            "when",
            `median block ${estimateText(median.blocks, String)}, ${format(span(median.seconds.value))}; 10 % by block ${String(early.blocks.value)}, 90 % by block ${String(late.blocks.value)}`,
          ),
        ]),
    row("ruined", `paths ${listed.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en-US")} more` : ""}`),
  ];
}

function lossRows({ condition, kind, unit, givenRuin, atRisk, most }: LossReport): readonly string[] {
  const text = (value: number): string => amountText(value, unit);
  return [
    row("loss", `${kind} (${condition}), given ruin: mean ${estimateText(givenRuin, text)}, most ${text(most)}`),
    ...atRiskRows(atRisk, "VaR", text),
  ];
}

function liquidatedRows({ liquidated, paths }: RuinResult): readonly string[] {
  if (liquidated === undefined) return [];
  const text = (value: number): string => amountText(value, "USD");
  const { mean, most, atRisk, paths: own } = liquidated;
  if (own === 0) return [row("liquidated", "nothing in any path")];
  const share = `${own.toLocaleString("en-US")} of ${count(paths, "path")}`;
  return [
    row("liquidated", `collateral in ${share}: mean ${estimateText(mean, text)} of all, most ${text(most)}`),
    ...atRiskRows(atRisk, "LaR", text),
  ];
}

function atRiskRows(
  atRisk: readonly LossAtRisk[],
  name: "VaR" | "LaR",
  text: (value: number) => string,
): readonly string[] {
  return [
    ...atRisk.map(({ level, valueAtRisk, expectedShortfall }) => {
      const percent = formatProbability(level);
      return row(
        "",
        `of all paths: ${name} ${percent} ${estimateText(valueAtRisk, text)}, expected shortfall ${estimateText(expectedShortfall, text)}`,
      );
    }),
  ];
}

function randomText({ prices, policies, drawnCalls, events, withoutPauses }: Randomness): string {
  const parts = [
    ...prices.map(({ asset, process, quote = "price" }) => `the ${quote} of ${asset} (${process})`),
    ...(policies.length === 0 ? [] : [`policies of ${enumerated(policies)}`]),
    ...(drawnCalls.length === 0 ? [] : [`calls of ${enumerated(drawnCalls)}, drawn evenly and not chosen to do harm`]),
    ...events.map((kind) => EVENTS[kind] ?? `events of the kind ${kind}`),
  ];
  const text = parts.length === 0 ? "nothing" : parts.join("; ");
  return `${text}${withoutPauses === true ? "; no pauses" : ""}`;
}

/** What other kinds of events are called. */
const EVENTS: Readonly<Record<string, string>> = {
  oracle: "oracle faults",
  gas: "demand for block space",
  builder: "acts of an adversarial builder",
  interval: "the times of blocks",
};

/** Why it is incomplete. */
export function whyIncomplete({
  reason,
  error,
}: Pick<Extract<RuinResult, { kind: "incomplete" }>, "reason" | "error">): string {
  if (reason === "error") return `stopped by an error: ${error?.message ?? "unknown"}`;
  return `stopped by ${reason === "interrupted" ? "an interruption" : "the time limit"}`;
}
