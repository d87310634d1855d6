import type { RuinResult } from "../../risk/ruin/ruin-result.js";
import type { Figure } from "./figure.js";

import { lossFigure } from "./loss-distribution.js";
import { timeToRuinFigure } from "./time-to-ruin.js";

/**
 * The figures of a risk run: `time-to-ruin`, and `loss-…` for each number that conditions measure. Needs the package echarts.
 *
 * @param result - of `siege.ruin(...)`, or as `siege ruin --json` wrote it
 * @returns none if no path was played
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
  if (result.paths === 0) return [];
  const figures = new Map([["time-to-ruin", await timeToRuinFigure(result)]]);
  for (const loss of result.losses) {
    const base = ["loss", ...fileNameOf(loss.kind), ...fileNameOf(loss.condition)].join("-");
    let name = base;
    for (let another = 2; figures.has(name); another++) name = `${base}-${another}`;
    figures.set(name, await lossFigure(result, loss));
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
