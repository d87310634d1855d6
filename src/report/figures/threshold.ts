import type { ThresholdMap } from "../../risk/map/map-result.js";
import type { MapPoint } from "../../risk/map/point.js";

import { valueOf } from "../../risk/map/threshold.js";

import { axisName } from "./axis-name.js";
import { draw, GAP } from "./draw.js";
import { ENDS, markLegend, marksOf } from "./map-marks.js";
import { mapSentences } from "./map-sentences.js";
import { BAND } from "./palette.js";
import { box, shapeSeries } from "./shapes.js";
import { subjectOf } from "./subject.js";

/** The most edges that are told in numbers; all are drawn. */
const TOLD = 4;

/** The most marks that are drawn large. */
const FEW = 60;

/** Where survival ends along a parameter: every value that was tested, in a row for each end. */
export function thresholdFigure(map: ThresholdMap): Promise<string> {
  const { points, edges, precision, first } = map;
  const [axis] = map.along;
  const name = axisName(axis);
  const seen = ENDS.filter((end) => points.some((point) => point.end === end));
  const edgeTexts = edges
    .slice(0, TOLD)
    .map(({ survived, broke }) => `survived at ${valueOf(axis, survived)}, broke at ${valueOf(axis, broke)}`);
  const more = edges.length - edgeTexts.length;
  return draw({
    title: `Where survival ends along ${name}: ${subjectOf(map)}`,
    about: [
      edges.length === 0
        ? `No edge: ${map.outcome}.`
        : `${edges.length === 1 ? "The edge" : `${edges.length} edges`}, within the grey band${edges.length === 1 ? "" : "s"}: ${edgeTexts.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`,
      `${first} evenly spaced values, then halves between those that differ, down to ${precision}. What lies between values that ended in the same way was not tested.`,
      ...mapSentences(map),
    ],
    height: 46 * seen.length,
    left: 100,
    legend: markLegend(points),
    xAxis: { type: "value", name, scale: true, boundaryGap: GAP },
    yAxis: { type: "category", data: [...seen], inverse: true },
    series: [
      ...edges.map(({ survived, broke }) => {
        const ends = [valueOf(axis, survived), valueOf(axis, broke)] as const;
        return shapeSeries({ name: "edge", within: ends.map((value) => [value, 0] as const), layer: 1 }, (place) => {
          const [from, to] = [place(Math.min(...ends), 0)[0], place(Math.max(...ends), 0)[0]];
          const [top, bottom] = [place(ends[0], 0)[1] - 20, place(ends[0], seen.length - 1)[1] + 20];
          // an edge that is found to a thousandth is less than a pixel wide
          const widen = Math.max(0, (3 - (to - from)) / 2);
          return [box([from - widen, top], [to + widen, bottom], { fill: BAND })];
        });
      }),
      ...seen.map((end) =>
        marksOf(end, points, {
          size: points.length > FEW ? 8 : 12,
          place: (point: MapPoint) => [valueOf(axis, point), seen.indexOf(end)],
        }),
      ),
    ],
  });
}
