import type { Cascade } from "../../engine/explain/cascade.js";
import type { Box } from "./cascade-layout.js";
import type { Markup } from "./markup.js";

import { BOX, layoutOf } from "./cascade-layout.js";
import { html } from "./markup.js";

/** Room on the left, for causes that are further up than one row. */
const GUTTER = 12;
const LANE = 7;

/** Room around the drawing. */
const MARGIN = 2;

/** Draws who caused what, from the top down. @param numbers - of steps, by their index */
export function drawCascade(cascade: Cascade, numbers: ReadonlyMap<number, number>): Markup {
  const { boxes, width, height } = layoutOf(cascade, numbers);
  const by = new Map(boxes.map((box) => [box.node.id, box]));
  const pairs = cascade.edges.flatMap(({ from, to }) => {
    const [one, other] = [by.get(from), by.get(to)];
    return one === undefined || other === undefined ? [] : [[one, other] as const];
  });
  const long = pairs.filter(([from, to]) => to.layer - from.layer > 1);
  const gutter = MARGIN + (long.length === 0 ? 0 : GUTTER + Math.min(long.length, 8) * LANE);
  const lines = pairs.map(([from, to]) => {
    const lane = long.findIndex(([one, other]) => one === from && other === to);
    return lane === -1 ? straight(from, to) : around(from, to, -GUTTER - (lane % 8) * LANE);
  });
  const [fullWidth, fullHeight] = [width + gutter + MARGIN, height + 2 * MARGIN];
  return html`<div class="cascade scroll">
    <svg
      width="${fullWidth}"
      height="${fullHeight}"
      viewBox="${-gutter} ${-MARGIN} ${fullWidth} ${fullHeight}"
      role="img"
      aria-label="Who caused what, from the first cause to the violation"
    >
      ${lines.map(({ path, head }) => html`<path class="edge" d="${path}" /><path class="head" d="${head}" />`)}
      ${boxes.map(drawBox)}
    </svg>
  </div>`;
}

/** A line, and its arrow head. */
interface Arrow {
  readonly path: string;
  readonly head: string;
}

function straight(from: Box, to: Box): Arrow {
  const [x1, y1] = [from.x + BOX / 2, from.y + from.height];
  const [x2, y2] = [to.x + BOX / 2, to.y - 5];
  const middle = (y1 + y2) / 2;
  const path = x1 === x2 ? `M${x1} ${y1}V${y2}` : `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
  return { path, head: `M${x2 - 4} ${y2 - 2}L${x2 + 4} ${y2 - 2}L${x2} ${y2 + 5}Z` };
}

/** Past the boxes between them. */
function around(from: Box, to: Box, x: number): Arrow {
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2];
  const end = to.x - 5;
  return {
    path: `M${from.x} ${y1}H${x + 6}Q${x} ${y1} ${x} ${y1 + 6}V${y2 - 6}Q${x} ${y2} ${x + 6} ${y2}H${end}`,
    head: `M${end - 2} ${y2 - 4}L${end - 2} ${y2 + 4}L${end + 5} ${y2}Z`,
  };
}

function drawBox({ node, tag, isOwn, x, y, height, label, why }: Box): Markup {
  const { kind, block } = node;
  const mark = kind === "violation" ? " violation" : isOwn ? " own" : "";
  const width = Math.max(20, 9 + 6.5 * tag.length);
  const first = y + 24;
  const reasons = y + 26 + label.length * 17;
  return html`<rect class="box ${kind}" x="${x}" y="${y}" width="${BOX}" height="${height}" rx="9" />
    ${
      kind === "violation"
        ? undefined
        : html`<rect class="tag${mark}" x="${x + 10}" y="${y + 10}" width="${width}" height="18" rx="9" /><text
              class="tag${mark}"
              x="${x + 10 + width / 2}"
              y="${y + 22.6}"
            >
              ${tag}
            </text>`
    }
    <text class="at" x="${x + BOX - 11}" y="${first - 1}">block ${block}</text>
    ${label.map(
      (line, index) =>
        html`<text class="label" x="${kind === "violation" ? x + 13 : x + 18 + width}" y="${first + index * 17}">
          ${line}
        </text>`,
    )}
    ${why.flat().map((line, index) => html`<text class="why" x="${x + 13}" y="${reasons + index * 15}">${line}</text>`)}`;
}
