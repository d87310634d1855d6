import type { Figure } from "../report/figures/figure.js";

import path from "node:path";

import { requireFolder, writeDocument } from "../plugin/reports/write-document.js";
import { legible } from "../quantity/legible.js";

/** The widest path that is printed. */
const WIDTH = 300;

/**
 * Checks that figures can be drawn and written, before the work whose result they show.
 *
 * @param folder - as typed; none are asked for without one
 * @throws SiegeError `FIGURES_UNAVAILABLE`, `RESULT_UNWRITABLE`
 */
export async function requireDrawable(folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  const { loadECharts } = await import("../report/figures/load-echarts.js");
  await loadECharts();
  await requireFolder(folder);
}

/**
 * Draws figures and writes each to a file of its name. Files of an earlier run are replaced.
 *
 * @param folder - as typed; nothing is drawn without one
 * @returns a line for each, to be printed
 * @throws SiegeError `FIGURES_UNAVAILABLE`, `RESULT_UNWRITABLE`
 */
export async function writeFigures(
  folder: string | undefined,
  draw: () => Promise<readonly Figure[]>,
): Promise<readonly string[]> {
  if (folder === undefined) return [];
  const figures = await draw();
  for (const { name, svg } of figures) await writeDocument(fileOf(folder, name), svg.trimEnd());
  if (figures.length === 0) return ["  figures    none: there is nothing to show"];
  return figures.map(({ name }) => `  figure     ${legible(fileOf(folder, name), WIDTH)}`);
}

function fileOf(folder: string, name: string): string {
  return path.join(folder, `${name}.svg`);
}
