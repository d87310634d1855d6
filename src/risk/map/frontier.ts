import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { Axis } from "./axis.js";
import type { MapPoint, Probe } from "./point.js";

import { valueAt } from "./axis.js";

/** What was tested in the plane of two parameters. */
export interface Frontier {
  /** In the order in which they were tested. */
  readonly points: readonly MapPoint[];
  /** The values of the finest grid, ascending, for each of the two: where it was not refined, most of its points are not tested. */
  readonly grid: readonly [readonly number[], readonly number[]];
  /** Set if the map was stopped before its end. */
  readonly cut?: Interruption["reason"];
}

/** How finely the plane is tested. */
export interface FrontierSearch {
  /** How many evenly spaced values of each parameter are tested first, both ends of the range among them. */
  readonly points: number;
  /** How often a cell is halved whose points differ. */
  readonly refinements: number;
}

/** A square of the finest grid, by its lowest corner and its side. */
interface Cell {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/**
 * Finds the frontier between survival and failure in two parameters: tests a coarse grid, and halves each cell that has a point
 * on it that survived and one that broke, also if the finer points of its neighbour show it.
 */
export async function seekFrontier(
  axes: readonly [Axis, Axis],
  probe: Probe,
  { points: first, refinements }: FrontierSearch,
): Promise<Frontier> {
  const coarse = 2 ** refinements;
  const width = (first - 1) * coarse;
  const tested = new Map<string, MapPoint>();
  /** Ends by place on the finest grid: two places have one point if the steps of a parameter are that large. */
  const ends = new Map<string, MapPoint["end"]>();
  let cut: Interruption["reason"] | undefined;
  const test = async (x: number, y: number): Promise<void> => {
    const place = `${x} ${y}`;
    if (cut !== undefined || ends.has(place)) return;
    const values = { [axes[0].name]: valueAt(axes[0], x / width), [axes[1].name]: valueAt(axes[1], y / width) };
    const key = Object.values(values).join(" ");
    let point = tested.get(key);
    if (point === undefined) {
      const probed = await probe(values);
      ({ point, cut } = probed);
      tested.set(key, point);
    }
    ends.set(place, point.end);
  };
  const testCorners = async ({ x, y, side }: Cell): Promise<void> => {
    for (const dy of [0, side]) for (const dx of [0, side]) await test(x + dx, y + dy);
  };
  let cells = squares({ x: 0, y: 0, side: width }, first - 1);
  for (const cell of cells) await testCorners(cell);
  for (;;) {
    const differing = cells.filter((cell) => cell.side > 1 && differs(cell, ends));
    if (differing.length === 0 || cut !== undefined) break;
    const halves = differing.flatMap((cell) => squares(cell, 2));
    for (const cell of halves) await testCorners(cell);
    cells = [...cells.filter((cell) => !differing.includes(cell)), ...halves];
  }
  const values = (axis: Axis): readonly number[] => [
    ...new Set(Array.from({ length: width + 1 }, (_value, index) => valueAt(axis, index / width))),
  ];
  return {
    points: [...tested.values()],
    grid: [values(axes[0]), values(axes[1])],
    ...(cut === undefined ? {} : { cut }),
  };
}

function squares({ x, y, side }: Cell, per: number): readonly Cell[] {
  const part = side / per;
  return Array.from({ length: per * per }, (_value, index) => ({
    x: x + (index % per) * part,
    y: y + Math.floor(index / per) * part,
    side: part,
  }));
}

/** Whether a cell has a point that survived and one that broke, on its border or within. Undecided points are neither. */
function differs({ x, y, side }: Cell, ends: ReadonlyMap<string, MapPoint["end"]>): boolean {
  const seen = new Set<MapPoint["end"]>();
  for (let dy = 0; dy <= side; dy++) {
    for (let dx = 0; dx <= side; dx++) {
      const end = ends.get(`${x + dx} ${y + dy}`);
      if (end !== undefined) seen.add(end);
    }
  }
  return seen.has("survived") && seen.has("broke");
}
