import type { CustomSeriesOption, CustomSeriesRenderItemReturn } from "echarts";

import { FONT, INK } from "./palette.js";

/** Pixels. */
type Place = readonly [x: number, y: number];

/** A shape of a plot, in pixels. */
export type Shape = NonNullable<Extract<CustomSeriesRenderItemReturn, { readonly type: string }>>;

/** A series that is drawn by hand. */
interface Shapes {
  readonly name: string;
  /** Points in numbers of the axes, which the axes are to hold. At least one. */
  readonly within: readonly (readonly [x: number, y: number])[];
  /** Drawn above what has less; 2 is that of marks. Default: 2 */
  readonly layer?: number;
  /** The colour, for the legend. */
  readonly color?: string;
}

/** @param shapes - what is drawn, given what finds the place of a point in numbers of the axes */
export function shapeSeries(
  { name, within, layer = 2, color = INK }: Shapes,
  shapes: (place: (x: number, y: number) => Place) => readonly Shape[],
): CustomSeriesOption {
  return {
    type: "custom",
    name,
    z: layer,
    clip: false,
    color,
    data: within.map(([x, y]) => [x, y]),
    renderItem: ({ dataIndex }, api): CustomSeriesRenderItemReturn => {
      if (dataIndex > 0) return undefined;
      const children = shapes((x, y) => api.coord([x, y]) as unknown as Place) as Shape[];
      return { type: "group", children };
    },
  };
}

/** How a line or an area looks. */
interface Look {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly dash?: readonly number[];
}

/** A line through places, or the area within them if it is filled. */
export function lineThrough(places: readonly Place[], { fill, stroke, width = 1, dash }: Look): Shape {
  return {
    type: fill === undefined ? "polyline" : "polygon",
    shape: { points: places.map(([x, y]) => [x, y]) },
    style: {
      fill: fill ?? "none",
      ...(stroke === undefined ? {} : { stroke, lineWidth: width }),
      ...(dash === undefined ? {} : { lineDash: [...dash] }),
    },
  };
}

/** A box between two corners. */
export function box([x, y]: Place, [toX, toY]: Place, look: Look): Shape {
  const corners: readonly Place[] = [
    [x, y],
    [toX, y],
    [toX, toY],
    [x, toY],
  ];
  return lineThrough(corners, { ...look, fill: look.fill ?? "none" });
}

/** A line with a stroke at both ends: an interval, from left to right. */
export function whisker([left, y]: Place, [right]: Place): readonly Shape[] {
  const look = { stroke: INK, width: 1.5 };
  const end = (x: number): Shape =>
    lineThrough(
      [
        [x, y - 4],
        [x, y + 4],
      ],
      look,
    );
  return [
    end(left),
    end(right),
    lineThrough(
      [
        [left, y],
        [right, y],
      ],
      look,
    ),
  ];
}

/** A text, beside a place. @param align - which end of the text is there */
export function textAt(
  [x, y]: Place,
  text: string,
  {
    align,
    vertical = "middle",
  }: { readonly align: "left" | "center" | "right"; readonly vertical?: "middle" | "bottom" },
): Shape {
  return {
    type: "text",
    style: { text, x, y, align, verticalAlign: vertical, fill: INK, fontSize: 12, fontFamily: FONT },
  };
}
