import type { RareRuinResult } from "../risk/rare/rare-ruin.js";

import { seconds as span } from "../quantity/amount.js";
import { format } from "../quantity/format.js";
import { legible } from "../quantity/legible.js";
import { formatProbability } from "../quantity/probability.js";
import { FEWEST_EFFECTIVE_TREES } from "../risk/rare/rare-ruin.js";

import { count, enumerated, row, toText } from "./lines.js";
import { minimisedRows, unconfirmedRows } from "./minimised-paths.js";
import { parameterLines } from "./parameters.js";
import { unsavedContents } from "./unsaved.js";

/** The widest name in the first line. */
const NAME = 200;

/** The most ruined paths that are listed. */
const LISTED = 8;

/**
 * The report of a rare ruin, estimated by splitting.
 *
 * @param result - of `siege.rareRuin(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderRareRuin(result: RareRuinResult): string {
  const { target, scenario, probability, blocks, blockTime, cost, wanted } = result;
  const { trees, reached, effective, levels } = probability;
  const isCut = result.kind === "incomplete";
  const lines = [
    `${legible(target, NAME)} under "${legible(scenario, NAME)}"${isCut ? ` is incomplete: ${trees.toLocaleString("en-US")} of ${count(wanted, "tree")}, then ${whyCut(result)}` : ""}`,
    row("ruin", probabilityText(result)),
    row(
      "horizon",
      `${count(blocks, "block")} of ${format(span(blockTime))}, ${format(span(blocks * blockTime))} in all`,
    ),
    row(
      "splitting",
      `${count(trees, "tree")}, ${reached.toLocaleString("en-US")} of which reached ruin (${effective.toFixed(1)} effective), over ${count(levels.length, "level")}`,
    ),
    ...ruinedRows(result),
    ...(effective < FEWEST_EFFECTIVE_TREES
      ? [
          `  - The estimate rests on few trees: its interval does not hold.`,
          `    Play more of them (trees), or choose a score that says better how likely ruin is.`,
        ]
      : []),
    ...parameterLines(result.parameters),
    ...minimisedRows(result.findings),
    ...unconfirmedRows(
      result.unconfirmed,
      "not ruined again when it was played as a whole: its policies draw at random",
    ),
    row(
      "cost",
      `${count(cost.blocks, "block")}, ${probability.blocks.pilot.toLocaleString("en-US")} of them to place the levels and ${cost.again.toLocaleString("en-US")} played again`,
    ),
    `  seed ${result.seed}, block ${result.forkBlock}, ${cost.seconds.toFixed(1)} s`,
  ];
  return [toText(lines), ...result.findings.flatMap(({ unsaved }) => unsavedContents(unsaved))].join("\n");
}

function ruinedRows({ ruined }: RareRuinResult): readonly string[] {
  if (ruined.length === 0) return [];
  const broken = new Set(ruined.flatMap(({ violations }) => violations.map(({ condition }) => condition)));
  const listed = ruined.slice(0, LISTED).map(({ path }) => path.toLocaleString("en-US"));
  const more = ruined.length - listed.length;
  const paths = [...listed, ...(more > 0 ? [`${more.toLocaleString("en-US")} more`] : [])];
  return [row("violated", [...broken].join(", ")), row("ruined", `paths ${enumerated(paths)}, as branches of trees`)];
}

function probabilityText({ probability: { value, error, interval } }: RareRuinResult): string {
  const sure = `with ${formatProbability(interval.confidence)} confidence`;
  if (!(value > 0)) return `no tree reached it: nothing is known of the probability`;
  return `${formatProbability(value)}, between ${formatProbability(interval.lower, "down")} and ${formatProbability(interval.upper, "up")} ${sure} (standard error ${((100 * error) / value).toFixed(1)} %)`;
}

function whyCut(result: Extract<RareRuinResult, { readonly kind: "incomplete" }>): string {
  return result.reason === "error" ? (result.error?.message ?? "a fault") : `the ${result.reason}`;
}
