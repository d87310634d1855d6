import type {
  EChartsOption,
  LegendComponentOption,
  SeriesOption,
  XAXisComponentOption,
  YAXisComponentOption,
} from "echarts";

import { legible } from "../../quantity/legible.js";

import { loadECharts } from "./load-echarts.js";
import { FONT, INK, RULE } from "./palette.js";
import { toDocument } from "./svg-document.js";
import { fitted, wrapped } from "./wrapped.js";

/** Pixels, as all sizes here. */
export const WIDTH = 800;

/** Left and right of everything. */
export const MARGIN = 20;

/** What an axis has beyond the numbers on it, so that no mark lies on its labels. */
export const GAP: [string, string] = ["3%", "3%"];

const TITLE = { size: 17, line: 22, characters: 80 };
const TEXT = { size: 12.5, line: 18, characters: 114 };
const LEGEND = 30;

/** Below the plot: labels of the axis and its name. */
const AXIS = 58;

/** Between two plots. */
const BETWEEN = 22;

/** The widest text: names of contracts and parameters are cut before. */
const LEGIBLE = 600;

/** A plot, with what must stand above it to be understood alone. */
export interface Drawing {
  /** What it shows, of what. */
  readonly title: string;
  /** Sentences: how it was made, and what is to be known to read it. */
  readonly about: readonly string[];
  /** The height of the plot. */
  readonly height: number;
  /** Left of the plot: labels of the axis and its name. */
  readonly left: number;
  /** Right of the plot. Default: 30 */
  readonly right?: number;
  /** What the marks mean; by the names of the series. */
  readonly legend?: LegendComponentOption["data"];
  readonly xAxis: XAXisComponentOption;
  readonly yAxis: YAXisComponentOption;
  readonly series: readonly SeriesOption[];
  /** Further plots below it, over the same horizontal axis. */
  readonly below?: readonly Panel[];
}

/** A plot below another. */
type Panel = Pick<Drawing, "height" | "series" | "yAxis">;

/** Draws a figure. @throws SiegeError `FIGURES_UNAVAILABLE` */
export async function draw(drawing: Drawing): Promise<string> {
  const open = await loadECharts();
  const { left, right = 30, legend = [], xAxis, below = [] } = drawing;
  const panels: readonly Panel[] = [drawing, ...below];
  const title = wrapped(legible(drawing.title, LEGIBLE), TITLE.characters);
  const about = drawing.about.flatMap((sentence) => wrapped(legible(sentence, LEGIBLE), TEXT.characters));
  const head = 14 + title.length * TITLE.line + about.length * TEXT.line + 8;
  const top = head + (legend.length === 0 ? 14 : LEGEND);
  const tops = panels.map((_panel, index) =>
    panels.slice(0, index).reduce((sum, { height }) => sum + height + BETWEEN, top),
  );
  const size = { width: WIDTH, height: (tops.at(-1) ?? top) + (panels.at(-1)?.height ?? 0) + AXIS };
  const lowest = panels.length - 1;
  const option: EChartsOption = {
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: FONT, fontSize: TEXT.size, color: INK },
    title: {
      left: MARGIN - 5,
      top: 9,
      text: title.join("\n"),
      subtext: about.join("\n"),
      itemGap: 4,
      textStyle: { fontFamily: FONT, fontSize: TITLE.size, lineHeight: TITLE.line, color: INK, fontWeight: "bold" },
      subtextStyle: { fontFamily: FONT, fontSize: TEXT.size, lineHeight: TEXT.line, color: INK },
    },
    ...(legend.length === 0
      ? {}
      : {
          legend: {
            data: legend,
            left: MARGIN - 5,
            top: head - 5,
            selectedMode: false,
            itemGap: 28,
            itemWidth: 18,
            textStyle: { fontFamily: FONT, fontSize: TEXT.size, color: INK },
          },
        }),
    grid: panels.map(({ height }, index) => ({
      left,
      right,
      top: tops[index] ?? top,
      height,
      outerBoundsMode: "none" as const,
    })),
    xAxis: panels.map((_panel, gridIndex) => {
      const labels = (xAxis as { readonly axisLabel?: object }).axisLabel;
      const own = gridIndex === lowest ? {} : { axisLabel: { ...AXES.axisLabel, ...labels, show: false } };
      const name = gridIndex === lowest ? nameOf(xAxis, WIDTH - left - right) : "";
      return { ...AXES, nameGap: 32, ...xAxis, ...own, gridIndex, name } as XAXisComponentOption;
    }),
    yAxis: panels.map(
      ({ yAxis, height }, gridIndex) =>
        ({
          ...AXES,
          nameGap: left - MARGIN - 8,
          ...yAxis,
          gridIndex,
          name: nameOf(yAxis, height),
        }) as YAXisComponentOption,
    ),
    series: panels.flatMap(({ series }, index) =>
      series.map((one) => ({ ...one, xAxisIndex: index, yAxisIndex: index, silent: true })),
    ),
  };
  const chart = open(size);
  try {
    chart.setOption(option);
    return toDocument(chart.renderToSVGString(), { title: title.join(" "), about: about.join(" ") });
  } finally {
    chart.dispose();
  }
}

/** The name of an axis, as much of it as is not longer than the axis. */
function nameOf({ name = "" }: { readonly name?: string }, length: number): string {
  return fitted(legible(name, LEGIBLE), Math.max(10, Math.floor(length / COLUMN)));
}

/** The width of a character of a text, with some to spare. */
const COLUMN = 7;

const AXES = {
  nameLocation: "middle",
  nameTextStyle: { fontFamily: FONT, fontSize: TEXT.size, color: INK },
  axisLabel: { fontFamily: FONT, fontSize: TEXT.size - 0.5, color: INK, hideOverlap: true },
  axisLine: { show: true, onZero: false, lineStyle: { color: INK } },
  axisTick: { show: true },
  splitLine: { show: true, lineStyle: { color: RULE } },
};
