import type { LegendComponentOption } from "echarts";

import type { Shape } from "./shapes.js";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";

import { draw } from "./draw.js";
import { BLUE, INK, PALE_BLUE, VERMILION } from "./palette.js";
import { box, shapeSeries, textAt, whisker } from "./shapes.js";
import { fitted } from "./wrapped.js";

/** One number of each parameter. */
export interface TornadoValue {
  readonly value: number;
  /** Absent if none is known. */
  readonly interval?: readonly [lower: number, upper: number];
}

/** A tornado: two numbers of each parameter, that by which they are sorted first. */
interface Tornado {
  readonly title: string;
  readonly about: readonly string[];
  /** What the numbers are, in which unit. */
  readonly axis: string;
  /** Names of the two numbers. */
  readonly numbers: readonly [filled: string, outlined: string];
  /** Most of all first. */
  readonly rows: readonly { readonly name: string; readonly values: readonly [TornadoValue, TornadoValue] }[];
}

/** The two bars of a row, below each other: one is filled, one an outline. */
const BARS = [
  { offset: -9, look: { fill: PALE_BLUE, stroke: BLUE } },
  { offset: 9, look: { fill: "#ffffff", stroke: VERMILION, width: 1.5 } },
] as const;

const HALF = 7;

const ROW = 52;

/** The widest name beside a bar. */
const NAME = 22;

/** Draws a tornado. */
export function tornado({ title, about, axis, numbers, rows }: Tornado): Promise<string> {
  const all = rows.flatMap(({ values }) => values.flatMap(({ value, interval = [] }) => [value, ...interval]));
  const finite = [0, ...all.filter(Number.isFinite)];
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const legend: LegendComponentOption["data"] = numbers.map((name, index) => ({
    name,
    icon: "rect",
    itemStyle: {
      color: BARS[index]?.look.fill ?? INK,
      borderColor: BARS[index]?.look.stroke ?? INK,
      borderWidth: 1.5,
    },
  }));
  return draw({
    title,
    about,
    height: ROW * rows.length,
    left: 170,
    // numbers stand beside the bars
    right: 180,
    legend,
    xAxis: { type: "value", name: axis },
    yAxis: {
      type: "category",
      data: rows.map(({ name }) => fitted(legible(name, NAME_WIDTH), NAME)),
      inverse: true,
      splitLine: { show: false },
    },
    series: numbers.map((name, bar) =>
      shapeSeries(
        {
          name,
          within: rows.flatMap((_row, index) => [[least, index] as const, [most, index] as const]),
        },
        (place) =>
          rows.flatMap(({ values }, index): readonly Shape[] => {
            const value = values[bar];
            const style = BARS[bar];
            if (value === undefined || style === undefined || !Number.isFinite(value.value)) return [];
            const at = (x: number): [number, number] => {
              const [left, y] = place(x, index);
              return [left, y + style.offset];
            };
            const [from, to] = [at(0), at(value.value)];
            const right = Math.max(value.value, 0, ...(value.interval ?? []));
            const [end, y] = at(right);
            return [
              box([from[0], y - HALF], [to[0], y + HALF], style.look),
              ...(value.interval === undefined ? [] : whisker(at(value.interval[0]), at(value.interval[1]))),
              textAt([end + 8, y], textOf(value), { align: "left" }),
            ];
          }),
      ),
    ),
  });
}

/** `0.42 (0.31 to 0.55)` */
function textOf({ value, interval }: TornadoValue): string {
  return interval === undefined
    ? rounded(value)
    : `${rounded(value)} (${rounded(interval[0])} to ${rounded(interval[1])})`;
}

/** Three digits. */
export function rounded(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
