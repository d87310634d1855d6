import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { Axis } from "./axis.js";
import type { MapPoint, Probe } from "./point.js";

import { nearest } from "../../scenario/parameters/parameter.js";

import { valueAt } from "./axis.js";

/** Where survival ends along a parameter: two values next to each other among those that were tested. */
export interface ThresholdEdge {
  readonly survived: MapPoint;
  readonly broke: MapPoint;
  /** Points between the two that are undecided, at which the search for the edge ended; absent if there are none. */
  readonly undecided?: readonly MapPoint[];
}

/** What was tested along a parameter, and where it changes. */
export interface AlongParameter {
  /** Ascending. */
  readonly points: readonly MapPoint[];
  /** Ascending; one, if survival ends once. */
  readonly edges: readonly ThresholdEdge[];
  /** Set if the map was stopped before its end. */
  readonly cut?: Interruption["reason"];
}

/** How a threshold is sought. */
export interface ThresholdSearch {
  /** How many evenly spaced values are tested first, both ends of the range among them. */
  readonly points: number;
  /** Values are bisected until those that differ are no further apart than this, in the parameter's unit. */
  readonly precision: number;
}

/**
 * Finds where a target stops surviving along a parameter: tests evenly spaced values, and bisects between every two neighbours
 * of which one survived and one broke. What is between neighbours that ended in the same way is not tested, so what it says of
 * monotony is what was tested.
 */
export async function seekThreshold(
  axis: Axis,
  probe: Probe,
  { points: first, precision }: ThresholdSearch,
): Promise<AlongParameter> {
  const points = new Map<number, MapPoint>();
  let cut: Interruption["reason"] | undefined;
  /** @returns `undefined` if the map was stopped */
  const at = async (value: number): Promise<MapPoint | undefined> => {
    const known = points.get(value);
    if (known !== undefined || cut !== undefined) return known;
    const probed = await probe({ [axis.name]: value });
    ({ cut } = probed);
    points.set(value, probed.point);
    return probed.point;
  };
  for (let index = 0; index < first; index++) await at(valueAt(axis, index / (first - 1)));
  for (const edge of edgesIn(axis, [...points.values()])) {
    if (edge.undecided !== undefined) continue;
    let { survived, broke } = edge;
    while (cut === undefined) {
      const [one, other] = [valueOf(axis, survived), valueOf(axis, broke)];
      const middle = nearest(axis, (one + other) / 2);
      if (Math.abs(one - other) <= precision * (1 + 1e-9) || middle === one || middle === other) break;
      const point = await at(middle);
      if (point?.end === "survived") survived = point;
      else if (point?.end === "broke") broke = point;
      else break;
    }
  }
  const tested = [...points.values()].sort((a, b) => valueOf(axis, a) - valueOf(axis, b));
  return { points: tested, edges: edgesIn(axis, tested), ...(cut === undefined ? {} : { cut }) };
}

/** Neighbours of which one survived and one broke, leaving out undecided points between them. */
function edgesIn(axis: Axis, points: readonly MapPoint[]): readonly ThresholdEdge[] {
  const edges: ThresholdEdge[] = [];
  let before: MapPoint | undefined;
  let undecided: MapPoint[] = [];
  for (const point of points.toSorted((a, b) => valueOf(axis, a) - valueOf(axis, b))) {
    if (point.end === "undecided") {
      undecided.push(point);
      continue;
    }
    if (before !== undefined && before.end !== point.end) {
      const [survived, broke] = point.end === "broke" ? [before, point] : [point, before];
      edges.push({ survived, broke, ...(undecided.length === 0 ? {} : { undecided }) });
    }
    before = point;
    undecided = [];
  }
  return edges;
}

/** Where on an axis a point is. */
export function valueOf({ name }: Axis, { values }: MapPoint): number {
  return values[name] ?? NaN;
}
