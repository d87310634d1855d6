import type { ScatterSeriesOption } from "echarts";

import type { FrontierMap } from "../../risk/map/map-result.js";
import type { MapPoint } from "../../risk/map/point.js";

import { valueOf } from "../../risk/map/threshold.js";

import { axisName } from "./axis-name.js";
import { draw, GAP, WIDTH } from "./draw.js";
import { ENDS, markLegend, marksOf } from "./map-marks.js";
import { mapSentences } from "./map-sentences.js";
import { GREY } from "./palette.js";
import { subjectOf } from "./subject.js";

const PLOT = { left: 84, right: 40, height: 470 };

/** Sizes of marks. */
const LEAST = 5;
const MOST = 14;

/** The most places that were not tested and are drawn; of more, none is. */
const MOST_UNTESTED = 2_500;

/** The frontier between survival and failure in two parameters: every point that was tested. */
export function frontierFigure(map: FrontierMap): Promise<string> {
  const { points, grid, first, refinements, outcome } = map;
  const [across, up] = map.along;
  const place = (point: MapPoint): readonly [number, number] => [valueOf(across, point), valueOf(up, point)];
  const [columns, rows] = grid;
  const apart = Math.min((WIDTH - PLOT.left - PLOT.right) / columns.length, PLOT.height / rows.length);
  const size = Math.max(LEAST, Math.min(MOST, apart * 0.6));
  const untested = untestedOf(map, new Set(points.map((point) => place(point).join(" "))));
  return draw({
    title: `Where survival ends in ${axisName(across)} and ${axisName(up)}: ${subjectOf(map)}`,
    about: [
      outcome === "frontier"
        ? `${first} by ${first} values; cells whose points differ were halved ${timesText(refinements)}.`
        : `No frontier: ${outcome}. ${first} by ${first} values.`,
      ...mapSentences(map),
    ],
    height: PLOT.height,
    left: PLOT.left,
    right: PLOT.right,
    legend: [
      ...markLegend(points),
      ...(untested.length === 0 ? [] : [{ name: UNTESTED, icon: "circle", itemStyle: { color: GREY } }]),
    ],
    xAxis: { type: "value", name: axisName(across), scale: true, boundaryGap: GAP },
    yAxis: { type: "value", name: axisName(up), scale: true, boundaryGap: GAP },
    series: [
      ...(untested.length === 0 ? [] : [dots(untested)]),
      ...ENDS.map((end) => marksOf(end, points, { size, place })),
    ],
  });
}

const UNTESTED = "not tested: the points around it ended in the same way";

function dots(places: readonly (readonly [number, number])[]): ScatterSeriesOption {
  return {
    type: "scatter",
    name: UNTESTED,
    symbol: "circle",
    symbolSize: 2.4,
    clip: false,
    data: places.map(([x, y]) => [x, y]),
    itemStyle: { color: GREY, opacity: 1 },
  };
}

/** Places of the finest grid without a point; none after a stop, when it is not known what lies around them. */
function untestedOf({ grid, cut }: FrontierMap, tested: ReadonlySet<string>): readonly (readonly [number, number])[] {
  const [columns, rows] = grid;
  if (cut !== undefined || columns.length * rows.length > MOST_UNTESTED) return [];
  return columns.flatMap((x) => rows.map((y) => [x, y] as const)).filter((one) => !tested.has(one.join(" ")));
}

function timesText(times: number): string {
  return times === 1 ? "once" : times === 2 ? "twice" : `${times} times`;
}
