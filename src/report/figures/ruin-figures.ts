import type { RuinResult } from "../../risk/ruin/ruin-result.js";
import type { Figure } from "./figure.js";

import { lossFigure } from "./loss-distribution.js";
import { priceFigure } from "./price-fan.js";
import { timeToRuinFigure } from "./time-to-ruin.js";

/**
 * The figures of a risk run: `time-to-ruin`, `loss-…` for each number that conditions measure, and `prices-…`
 * for each asset whose price moves. Needs the package echarts.
 *
 * @param result - of `siege.ruin(...)`, or as `siege ruin --json` wrote it
 * @returns none if no path was played, or if paths were tilted: what they show needs their weights
 * @throws SiegeError `FIGURES_UNAVAILABLE`
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { ruinFigures } from "hardhat-siege/report";
 *
 * const result = await connection.siege.ruin(vault, scenario, { paths: 2_000 });
 * for (const { name, svg } of await ruinFigures(result)) await writeFile(`figures/${name}.svg`, svg);
 * ```
 */
export async function ruinFigures(result: RuinResult): Promise<readonly Figure[]> {
  // what tilted paths show needs their weights
  if (result.paths === 0 || result.rare !== undefined) return [];
  const figures = new Map([["time-to-ruin", await timeToRuinFigure(result)]]);
  const freeName = (parts: readonly string[]): string => {
    const base = parts.join("-");
    let name = base;
    for (let another = 2; figures.has(name); another++) name = `${base}-${another}`;
    return name;
  };
  for (const loss of result.losses) {
    const name = freeName(["loss", ...fileNameOf(loss.kind), ...fileNameOf(loss.condition)]);
    figures.set(name, await lossFigure(result, loss));
  }
  for (const fan of result.prices) {
    figures.set(freeName(["prices", ...fileNameOf(fan.asset)]), await priceFigure(result, fan));
  }
  return [...figures].map(([name, svg]) => ({ name, svg }));
}

const WIDTH = 40;

/** What of a text may stand in the name of a file, on every system. */
function fileNameOf(text: string): readonly string[] {
  const name = text
    .slice(0, WIDTH)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return name === "" ? [] : [name];
}
