import type { SiegeMap } from "../../risk/map/map-result.js";
import type { Figure } from "./figure.js";

import { frontierFigure } from "./frontier.js";
import { thresholdFigure } from "./threshold.js";

/**
 * The figures of a map: along one parameter `threshold`, in two `frontier`. Needs the package echarts.
 *
 * @param map - of `siege.map(...)`, or as `siege map --json` wrote it
 * @returns none if the map was stopped before its first point
 * @throws SiegeError `FIGURES_UNAVAILABLE`
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { mapFigures } from "hardhat-siege/report";
 *
 * const map = await connection.siege.map(vault, scenario, { along: "ltv" });
 * for (const { name, svg } of await mapFigures(map)) await writeFile(`figures/${name}.svg`, svg);
 * ```
 */
export async function mapFigures(map: SiegeMap): Promise<readonly Figure[]> {
  if (map.points.length === 0) return [];
  return map.kind === "threshold map"
    ? [{ name: "threshold", svg: await thresholdFigure(map) }]
    : [{ name: "frontier", svg: await frontierFigure(map) }];
}
