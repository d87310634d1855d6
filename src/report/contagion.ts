import type { ContagionResult, ContagionShock } from "../risk/contagion/contagion-result.js";
import type { FailureOrder } from "../risk/contagion/failure-order.js";
import type { Estimate } from "../risk/intervals/interval.js";

import { seconds as span } from "../quantity/amount.js";
import { format } from "../quantity/format.js";
import { legible, NAME_WIDTH } from "../quantity/legible.js";
import { formatProbability } from "../quantity/probability.js";

import { columnsOf, padded } from "./columns.js";
import { amountText, estimateText } from "./estimate-text.js";
import { blockText, count, enumerated, row, toText } from "./lines.js";

/** The widest sentence. */
const WIDTH = 300;

/** The most orders that are listed of a variant. */
const LISTED = 4;

/** Significant digits of a factor. */
const DIGITS = 4;

/**
 * Contagion as text: the exposure matrix, what each edge adds, the order of failure, amplification and fragmentation.
 *
 * @param result - of `siege.contagion(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderContagion(result: ContagionResult): string {
  const { scenario, protocols, paths, wanted, seed, confidence, blocks, blockTime, cut, edges } = result;
  return toText([
    `Contagion among ${enumerated(protocols.map(nameOf))} in "${legible(scenario, WIDTH)}"`,
    ...(cut === undefined
      ? []
      : [
          row(
            "stopped",
            `by ${cut === "interrupted" ? "an interruption" : "the time limit"}, after ${count(paths, "complete path")} of ${wanted.toLocaleString("en-US")}`,
          ),
        ]),
    ...(result.matrix.length === 0
      ? ["  Too few paths for an estimate: at least two have to be complete."]
      : estimates(result)),
    ...result.shocks.map((shock) => row("shock", shockText(shock))),
    ...result.orders.flatMap(orderRows),
    ...edges.map(({ from, to, reproduction, path, because = "" }) =>
      row(
        "edge",
        `${nameOf(from)} -> ${nameOf(to)}${path === undefined ? "" : ` (path ${path.toLocaleString("en-US")})`}: ${reproduction === undefined ? `no reproduction, as ${because}` : `npx hardhat siege replay ${reproduction}`}`,
      ),
    ),
    row("horizon", `${count(blocks, "block")} of ${format(span(blockTime))}, shocks in block ${result.at}`),
    ...Object.entries(result.parameters ?? {}).map(([name, value]) => row("parameter", `${name} ${value}`)),
    `  ${count(paths, "path")}, the same without a shock, with each and with all; losses above ${dollars(result.tolerance)}, the largest of a path; ${formatProbability(confidence)} intervals (Student's t of paired paths; ratios: bootstrap); seed ${seed}, ${blockText(result)}, ${result.seconds.toFixed(1)} s`,
  ]);
}

function estimates(result: ContagionResult): readonly string[] {
  const { protocols, matrix, shocks, unshocked, amplification: amplified, fragmentation } = result;
  const entry = (from: string, to: string): string => {
    const found = matrix.find((one) => one.from === from && one.to === to);
    return found === undefined ? "" : dollars(found.loss.value);
  };
  const rows = [
    ["mean loss of", ...protocols.map(nameOf)],
    ["without a shock", ...unshocked.map(({ loss }) => dollars(loss.value))],
    ...shocks.map(({ protocol }) => [`if ${nameOf(protocol)} fails`, ...protocols.map((to) => entry(protocol, to))]),
  ];
  const details = [
    ["added by", "to", "loss", "interval", "fails in", "interval", "only then"],
    ...matrix.map(({ from, to, added, fails, onlyShocked }) => [
      nameOf(from),
      nameOf(to),
      dollars(added.value),
      rangeText(added, dollars),
      formatProbability(fails.value ?? 0),
      `${formatProbability(fails.interval.lower, "down")} to ${formatProbability(fails.interval.upper, "up")}`,
      count(onlyShocked, "path"),
    ]),
  ];
  return [
    ...table(rows),
    ...table(details),
    ...(amplified === undefined
      ? []
      : [
          row(
            "amplified",
            amplified.factor === undefined
              ? `not told: no shock made its own protocol lose anything; together they added ${estimateText(amplified.together, dollars)}`
              : `${factorText(amplified.factor, " times")}: together they lose ${estimateText(amplified.together, dollars)}, each alone ${estimateText(amplified.alone, dollars)} in sum`,
          ),
          ...(amplified.spread === undefined || amplified.interaction === undefined
            ? []
            : [
                row(
                  "",
                  `spread to others ${factorText(amplified.spread)}, times interaction ${factorText(amplified.interaction)}`,
                ),
              ]),
        ]),
    ...(fragmentation === undefined
      ? []
      : [
          row(
            "fragmented",
            `${legible(fragmentation.parameter, NAME_WIDTH)} ${fragmentation.whole} loses ${estimateText(fragmentation.wholeLoss, dollars)}, ${fragmentation.parts} loses ${estimateText(fragmentation.partsLoss, dollars)}: adds ${estimateText(fragmentation.added, dollars)}${fragmentation.share === undefined ? "" : `, a share of ${estimateText(fragmentation.share, (share) => `${(100 * share).toLocaleString("en-US", { maximumSignificantDigits: 3 })} %`)}`}`,
          ),
        ]),
  ];
}

function orderRows({ shocked, sequences }: FailureOrder): readonly string[] {
  const who =
    shocked.length === 0 ? "no shock" : shocked.length === 1 ? `${nameOf(shocked[0] ?? "")} fails` : "all fail";
  const told = sequences
    .slice(0, LISTED)
    .map(
      ({ order, paths }) =>
        `${order.length === 0 ? "none" : order.map((group) => group.map(nameOf).join(" with ")).join(", then ")} in ${count(paths, "path")}`,
    );
  const others = sequences.slice(LISTED).reduce((sum, { paths }) => sum + paths, 0);
  return [row("order", `${who}: ${told.join("; ")}${others === 0 ? "" : `; others in ${count(others, "path")}`}`)];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((cells) => columnsOf(cells[column] ?? ""))),
  );
  return rows.map((cells) =>
    `  ${cells.map((cell, column) => padded(cell, widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

function rangeText({ interval: { lower, upper } }: Estimate, text: (value: number) => string): string {
  return `${text(lower ?? NaN)} to ${text(upper ?? NaN)}`;
}

/** `2.623 times (2.56 to 2.704)` */
function factorText({ value, interval }: Estimate, unit = ""): string {
  const text = (one: number): string => one.toLocaleString("en-US", { maximumSignificantDigits: DIGITS });
  return `${text(value)}${unit} (${rangeText({ value, interval }, text)})`;
}

function shockText({ protocol, words, does, refused = [] }: ContagionShock): string {
  const reasons = enumerated(refused.map((one) => legible(one, WIDTH)));
  const name = nameOf(protocol);
  if (does === "nothing")
    return `${name} did nothing: ${refused.length === 0 ? `nobody lost by "${legible(words, WIDTH)}"` : reasons}`;
  return `${name}: ${legible(words, WIDTH)}${refused.length === 0 ? "" : `; refused: ${reasons}`}`;
}

function dollars(value: number): string {
  return amountText(value, "USD");
}

function nameOf(name: string): string {
  return legible(name, NAME_WIDTH);
}
