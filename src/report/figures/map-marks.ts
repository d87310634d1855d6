import type { LegendComponentOption, ScatterSeriesOption } from "echarts";

import type { MapPoint } from "../../risk/map/point.js";

import { BLUE, INK, VERMILION } from "./palette.js";

/** How the end of a point is drawn: an outline, a cross, a filled triangle, which are told apart without their colours. */
const MARKS: Readonly<
  Record<MapPoint["end"], { readonly symbol: string; readonly fill: string; readonly line: string }>
> = {
  survived: { symbol: "circle", fill: "#ffffff", line: BLUE },
  broke: { symbol: "path://M0,0L10,10M10,0L0,10", fill: "none", line: VERMILION },
  undecided: { symbol: "triangle", fill: INK, line: INK },
};

/** In the order of legends and rows. */
export const ENDS = ["survived", "broke", "undecided"] as const;

/** The points of one end as marks. @param place - numbers of the axes */
export function marksOf(
  end: MapPoint["end"],
  points: readonly MapPoint[],
  { size, place }: { readonly size: number; readonly place: (point: MapPoint) => readonly [number, number] },
): ScatterSeriesOption {
  const { symbol, fill, line } = MARKS[end];
  return {
    type: "scatter",
    name: end,
    symbol,
    symbolSize: size,
    clip: false,
    z: 3,
    data: points.filter((point) => point.end === end).map((point) => [...place(point)]),
    itemStyle: { color: fill, borderColor: line, borderWidth: 2, opacity: 1 },
  };
}

/** What the marks mean, with how many there are of each. */
export function markLegend(points: readonly MapPoint[]): NonNullable<LegendComponentOption["data"]> {
  return ENDS.filter((end) => points.some((point) => point.end === end)).map((end) => {
    const { symbol, fill, line } = MARKS[end];
    return { name: end, icon: symbol, itemStyle: { color: fill, borderColor: line, borderWidth: 2 } };
  });
}
