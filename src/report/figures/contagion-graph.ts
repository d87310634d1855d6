import type { Exposure } from "../../risk/contagion/exposures.js";
import type { Shape } from "./shapes.js";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { amountText } from "../estimate-text.js";

import { draw, MARGIN, WIDTH } from "./draw.js";
import { BLUE, PALE_BLUE, VERMILION } from "./palette.js";
import { lineThrough, shapeSeries, textAt } from "./shapes.js";
import { fitted } from "./wrapped.js";

/** What is drawn. */
interface ContagionGraph {
  readonly title: string;
  readonly about: readonly string[];
  readonly protocols: readonly string[];
  readonly matrix: readonly Exposure[];
}

type Place = readonly [x: number, y: number];

const HEIGHT = 460;

/** Of a line of two. */
const LOW = 250;

/** Of a protocol, pixels. */
const RADIUS = 34;

/** Of the circle on which they stand. */
const ORBIT = 165;

/** How far an edge is beside the straight line, so that the one back has room: a fraction of its length. */
const BEND = 0.14;

/** The widest and the narrowest edge. */
const WIDEST = 9;
const NARROWEST = 1.2;

const HEAD = 13;

/** The widest name in a circle. */
const NAME = 10;

/** Draws protocols on a circle, and an arrow from each to those that lose by its failure, as wide as what they lose. */
export function contagionGraph({ title, about, protocols, matrix }: ContagionGraph): Promise<string> {
  const width = WIDTH - 2 * MARGIN;
  const height = protocols.length > 2 ? HEIGHT : LOW;
  const center: Place = [0, 0];
  const places = new Map(
    protocols.map((name, index): readonly [string, Place] => {
      const angle = Math.PI + (2 * Math.PI * index) / protocols.length;
      return [name, [center[0] + ORBIT * 1.6 * Math.cos(angle), center[1] - ORBIT * Math.sin(angle)]];
    }),
  );
  const edges = matrix.filter(({ from, to, added }) => from !== to && added.value > 0);
  const most = Math.max(0, ...edges.map(({ added }) => added.value));
  const own = new Map(matrix.filter(({ from, to }) => from === to).map((one) => [one.from, one]));
  const within: readonly Place[] = [
    [-width / 2, -height / 2],
    [width / 2, height / 2],
  ];
  const hidden = {
    axisLabel: { show: false },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
  };
  return draw({
    title,
    about: [
      ...about,
      "Arrows: what a failure adds to the loss of another, on average; the number below a circle: what it adds to its own.",
      ...(edges.length === 0 ? ["No protocol loses by the failure of another."] : []),
    ],
    height,
    left: MARGIN,
    right: MARGIN,
    xAxis: { type: "value", min: -width / 2, max: width / 2, ...hidden },
    yAxis: { type: "value", min: -height / 2, max: height / 2, ...hidden },
    series: [
      shapeSeries({ name: "edges", within }, (place) =>
        edges.flatMap(({ from, to, added }): readonly Shape[] => {
          const [start, end] = [places.get(from), places.get(to)];
          if (start === undefined || end === undefined) return [];
          return arrow(place(...start), place(...end), {
            width: Math.max(NARROWEST, (WIDEST * added.value) / most),
            label: amountText(added.value, "USD"),
          });
        }),
      ),
      shapeSeries({ name: "protocols", within, layer: 3 }, (place) =>
        [...places].flatMap(([name, at]): readonly Shape[] => {
          const [x, y] = place(...at);
          const loss = own.get(name);
          return [
            lineThrough(circle([x, y]), { fill: PALE_BLUE, stroke: BLUE, width: 1.5 }),
            textAt([x, y], fitted(legible(name, NAME_WIDTH), NAME), { align: "center" }),
            ...(loss === undefined
              ? []
              : [textAt([x, y + RADIUS + 12], amountText(loss.added.value, "USD"), { align: "center" })]),
          ];
        }),
      ),
    ],
  });
}

/** A bent arrow between the circles of two places. */
function arrow(
  [x, y]: Place,
  [toX, toY]: Place,
  { width, label }: { readonly width: number; readonly label: string },
): readonly Shape[] {
  const length = Math.hypot(toX - x, toY - y);
  // to the right of its direction, so that the arrow back is on the other side
  const across: Place = [-(toY - y) / length, (toX - x) / length];
  const control: Place = [(x + toX) / 2 + across[0] * 2 * BEND * length, (y + toY) / 2 + across[1] * 2 * BEND * length];
  const at = (t: number): Place => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [a * x + b * control[0] + c * toX, a * y + b * control[1] + c * toY];
  };
  const edge = RADIUS / length;
  const head = (RADIUS + HEAD + width) / length;
  const points = Array.from({ length: 25 }, (_point, index) => at(edge + ((1 - head - edge) * index) / 24));
  const [base, tip] = [at(1 - head), at(1 - edge)];
  const [dx, dy] = [tip[0] - base[0], tip[1] - base[1]];
  const half = (HEAD / 2 + width / 2) / Math.hypot(dx, dy);
  const middle = at(0.5);
  return [
    lineThrough(points, { stroke: VERMILION, width }),
    lineThrough([tip, [base[0] - dy * half, base[1] + dx * half], [base[0] + dy * half, base[1] - dx * half]], {
      fill: VERMILION,
    }),
    textAt([middle[0] + across[0] * (14 + width), middle[1] + across[1] * (14 + width)], label, { align: "center" }),
  ];
}

function circle([x, y]: Place): readonly Place[] {
  return Array.from({ length: 48 }, (_point, index): Place => {
    const angle = (2 * Math.PI * index) / 48;
    return [x + RADIUS * Math.cos(angle), y + RADIUS * Math.sin(angle)];
  });
}
