import type { Frame } from "../../engine/explain/timeline/timeline.js";
import type { Content, Markup } from "./markup.js";

import { html } from "./markup.js";
import { scaleOf } from "./scale.js";

/** Size and margins, in the units of the drawing. */
const WIDTH = 400;
const HEIGHT = 196;
const TOP = 8;
const BOTTOM = 34;
const RIGHT = 9;

/** The width of a letter of a label, and of a marker. */
const LETTER = 6.1;
const MARKER = 14;

/** A line of a chart. */
export interface ChartLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** One of eight colours, from 1. */
  readonly colour: number;
  /** 0: solid; 1 and 2: dashes of two kinds. Lines differ without their colours. */
  readonly dash: 0 | 1 | 2;
}

/** What is drawn over the frames of a run. */
export interface Chart {
  readonly title: string;
  readonly about: string;
  readonly lines: readonly ChartLine[];
  readonly text: (value: number) => string;
  /** A value that matters, and its name. */
  readonly limit?: { readonly value: number; readonly name: string };
  /** Values that are on the scale whatever the lines are. */
  readonly shown?: readonly number[];
}

/** The run that charts are drawn over. */
export interface ChartRun {
  readonly frames: readonly Frame[];
  /** The number of the own step of a frame, by its index. */
  readonly numbers: ReadonlyMap<number, number>;
}

/** Draws a chart: a state lasts until the next event, so lines are steps. */
export function drawChart(chart: Chart, run: ChartRun): Markup {
  const { lines, title, about, text, limit, shown = [] } = chart;
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  const scale = scaleOf(values, [...shown, ...(limit === undefined ? [] : [limit.value])]);
  const labels = scale.ticks.map((value) => ({ value, label: text(value) }));
  const left = 8 + LETTER * Math.max(...labels.map(({ label }) => label.length));
  const inner = WIDTH - left - RIGHT;
  const last = Math.max(1, run.frames.length - 1);
  const x = (index: number): number => round(left + (index / last) * inner);
  const y = (value: number): number => round(TOP + (1 - scale.at(value)) * (HEIGHT - TOP - BOTTOM));
  return html`<figure class="card chart">
    <h3>${title}</h3>
    <p>${about}</p>
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label="${title}: ${about}"
      data-chart=""
      data-left="${round(left)}"
      data-inner="${round(inner)}"
      data-width="${WIDTH}"
    >
      ${bands(run, x)}
      ${labels.map(
        ({ value, label }) =>
          html`<line class="grid" x1="${round(left)}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" /><text
              class="end"
              x="${round(left - 7)}"
              y="${round(y(value) + 3.6)}"
            >
              ${label}
            </text>`,
      )}
      ${
        limit === undefined
          ? undefined
          : html`<line
                class="limit"
                x1="${round(left)}"
                x2="${WIDTH - RIGHT}"
                y1="${y(limit.value)}"
                y2="${y(limit.value)}"
              /><text class="limit end" x="${WIDTH - RIGHT}" y="${round(y(limit.value) + 12)}">${limit.name}</text>`
      }
      ${lines.map((line) => drawLine(line, x, y))} ${markers(run, x)}
      <line class="cursor" x1="${x(last)}" x2="${x(last)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" />
    </svg>
    <ul class="key">
      ${lines.map(
        ({ name, values: of, colour, dash }) =>
          html`<li>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <line class="line s${colour}${dash > 0 ? ` d${dash}` : ""}" x1="1" x2="21" y1="4" y2="4" /></svg
            ><span>${name}</span><b>${endsText(of, text)}</b>
          </li>`,
      )}
    </ul>
  </figure>`;
}

/** Every other block is shaded; numbers stand where there is room. */
function bands({ frames }: ChartRun, x: (index: number) => number): Content {
  const blocks = [...new Set(frames.map(({ block }) => block))];
  let free = 0;
  return blocks.map((block, at) => {
    const indices = frames.flatMap((frame, index) => (frame.block === block ? [index] : []));
    const [first = 0] = indices;
    const from = x(Math.max(0, first - 1));
    const to = x(indices.at(-1) ?? first);
    const middle = (from + to) / 2;
    const label = at === 1 ? `block ${block}` : String(block);
    const half = (label.length * LETTER) / 2 + 3;
    const isNamed = block > 0 && middle - half >= free;
    if (isNamed) free = middle + half;
    return html`${
      at % 2 === 1
        ? html`<rect
            class="block"
            x="${from}"
            y="${TOP}"
            width="${round(to - from)}"
            height="${HEIGHT - TOP - BOTTOM}"
          />`
        : undefined
    }${isNamed ? html`<text class="middle" x="${round(middle)}" y="${HEIGHT - 4}">${label}</text>` : undefined}`;
  });
}

/** The numbers of the steps, on the axis, where there is room. */
function markers({ numbers }: ChartRun, x: (index: number) => number): Content {
  const height = HEIGHT - BOTTOM + 8;
  let free = -Infinity;
  return [...numbers].map(([index, number]) => {
    const at = x(index);
    const isNamed = at - MARKER / 2 >= free;
    if (isNamed) free = at + MARKER / 2;
    return isNamed
      ? html`<circle class="mark" cx="${at}" cy="${height}" r="6.5" /><text class="mark" x="${at}" y="${height + 3.3}">
            ${number}
          </text>`
      : html`<circle class="mark" cx="${at}" cy="${height - 6}" r="1.5" />`;
  });
}

function drawLine(
  { values, colour, dash }: ChartLine,
  x: (index: number) => number,
  y: (value: number) => number,
): Content {
  let path = "";
  let isDrawing = false;
  let end: readonly [number, number] | undefined;
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    path += isDrawing ? `H${x(index)}V${y(value)}` : `M${x(index)} ${y(value)}`;
    isDrawing = true;
    end = [x(index), y(value)];
  }
  if (end === undefined) return undefined;
  return html`<path class="line s${colour}${dash > 0 ? ` d${dash}` : ""}" d="${path}" /><circle
      class="dot f${colour}"
      cx="${end[0]}"
      cy="${end[1]}"
      r="3"
    />`;
}

/** `$2,000 → $1,304`; `$2,000` if it ends where it began. */
function endsText(values: readonly (number | null)[], text: (value: number) => string): string {
  const known = values.filter((value) => value !== null);
  const [first, last] = [text(known[0] ?? 0), text(known.at(-1) ?? 0)];
  return first === last ? last : `${first} → ${last}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
