import type { History } from "./history.js";

import { SiegeError } from "../../errors.js";
import { requireKnown, requireText, shown } from "../../options.js";

import { requireHistory } from "./history.js";

/** Options of {@link fromCsv}. */
export interface CsvOptions extends Pick<History, "gaps"> {
  /** Name of the column with the times: Unix seconds, milliseconds or microseconds, or ISO 8601. */
  readonly time: string;
  /** Name of the column with the prices, `close` for example. */
  readonly price: string;
  /** Seconds between two prices. Default: the most frequent interval. */
  readonly spacing?: number;
}

/** A row of the text. */
interface Row {
  /** Counted from 1, the header included. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * A history of prices from the text of a CSV file whose first line names the columns, oldest row first. Cells may be in double
 * quotes, but have no commas in them.
 *
 * @param text - of the file, as `readFileSync(file, "utf8")` returns it
 * @throws SiegeError `INVALID_HISTORY` with the line of the first row that is wrong; `INVALID_OPTION` for a column that the
 * file does not have
 * @example
 * ```ts
 * const history = fromCsv(readFileSync("eth-usdt-1h.csv", "utf8"), { time: "timestamp_ms", price: "close", gaps: "keep" });
 * calibrate(history, "merton").process;
 * ```
 */
export function fromCsv(text: string, options: CsvOptions): History {
  requireKnown("fromCsv", options, ["time", "price", "spacing", "gaps"]);
  const { time, price, gaps = "refuse" } = options;
  requireText("fromCsv", "time", time);
  requireText("fromCsv", "price", price);
  const [header, ...rows] = rowsOf(text);
  const [timeAt, priceAt] = [time, price].map((name) => columnOf(name, header?.cells ?? []));
  const cellsOf = (column: number | undefined): readonly string[] =>
    rows.map((row) => cellOf(row, column ?? 0, header));
  const times = cellsOf(timeAt).map((cell) => secondsOf(cell));
  const prices = cellsOf(priceAt).map((cell) => (cell === "" ? Number.NaN : Number(cell)));
  const spacing = options.spacing ?? mostFrequentInterval(times);
  const history = { prices, times, spacing, gaps };
  requireHistory("fromCsv", history, 2, (index) => `row ${index + 1} (line ${rows[index]?.line ?? 0})`);
  return history;
}

function rowsOf(text: unknown): readonly Row[] {
  if (typeof text !== "string") {
    throw new SiegeError("INVALID_OPTION", {
      message: `fromCsv is given ${shown(text)} in place of a text.`,
      hint: 'Read the file: readFileSync("prices.csv", "utf8").',
    });
  }
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n|\r/)
    .map((line, index) => ({ line: index + 1, cells: line.split(",").map((cell) => unquoted(cell.trim())) }))
    .filter(({ cells }) => cells.length > 1 || cells[0] !== "");
}

function unquoted(cell: string): string {
  return cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).trim() : cell;
}

function columnOf(name: string, header: readonly string[]): number {
  const column = header.indexOf(name);
  if (column !== -1) return column;
  throw new SiegeError("INVALID_OPTION", {
    message: `fromCsv: the text has no column "${name}".`,
    hint: `Use one of: ${header.slice(0, 20).join(", ")}.`,
  });
}

function cellOf({ line, cells }: Row, column: number, header: Row | undefined): string {
  if (cells.length === header?.cells.length) return cells[column] ?? "";
  throw new SiegeError("INVALID_HISTORY", {
    message: `fromCsv: line ${line} has ${cells.length} cells, and the first line names ${header?.cells.length ?? 0}.`,
    hint: "Each row needs a cell for each column, without commas in it.",
  });
}

/** Beyond these, a number is too large for Unix seconds, or for milliseconds: in seconds, they are in the year 5138. */
const [MILLISECONDS, MICROSECONDS] = [1e11, 1e14];

/** `NaN` for what is no time. */
function secondsOf(cell: string): number {
  if (cell === "") return Number.NaN;
  const number = Number(cell);
  if (Number.isNaN(number)) return Date.parse(cell) / 1_000;
  if (number > MICROSECONDS) return number / 1e6;
  return number > MILLISECONDS ? number / 1e3 : number;
}

/** The shorter one of two that are equally frequent; 1 where there is none. */
function mostFrequentInterval(times: readonly number[]): number {
  const counts = new Map<number, number>();
  for (let index = 1; index < times.length; index++) {
    const interval = (times[index] ?? 0) - (times[index - 1] ?? 0);
    if (interval >= 1) counts.set(interval, (counts.get(interval) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([a, often], [b, oftener]) => oftener - often || a - b);
  return first?.[0] ?? 1;
}
