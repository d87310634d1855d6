import type { EChartsType } from "echarts/core";

import { SiegeError } from "../../errors.js";

/** A chart without a page. */
export type OpenChart = (size: { readonly width: number; readonly height: number }) => EChartsType;

/**
 * Loads what figures are drawn with. Only here: it is 67 MB on disk (6.1.0 with zrender) and half a second of loading, which
 * campaigns have no use for, so that projects which draw no figures need not install it.
 *
 * @throws SiegeError `FIGURES_UNAVAILABLE` if it is not installed
 */
export async function loadECharts(): Promise<OpenChart> {
  const [core, charts, components, renderers] = await packages();
  const { TitleComponent, LegendComponent, GridComponent } = components;
  core.use([charts.CustomChart, charts.ScatterChart, TitleComponent, LegendComponent, GridComponent]);
  core.use([renderers.SVGRenderer]);
  return (size) => core.init(undefined, undefined, { renderer: "svg", ssr: true, ...size });
}

// its modules have types of their own, so that this list need not repeat them

async function packages() {
  try {
    return await Promise.all([
      import("echarts/core"),
      import("echarts/charts"),
      import("echarts/components"),
      import("echarts/renderers"),
    ]);
  } catch (cause) {
    throw new SiegeError("FIGURES_UNAVAILABLE", {
      message: "Figures are drawn with the package echarts, version 6, which could not be loaded.",
      hint: "Install it: npm install --save-dev echarts@6.",
      cause,
    });
  }
}
