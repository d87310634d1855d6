import type { History } from "../history/history.js";
import type { Process } from "./process.js";

import { SiegeError } from "../../errors.js";
import { requireKnown, requireOneOf, shown } from "../../options.js";
import { requireHistory } from "../history/history.js";

import { momentsOf } from "./intervals.js";
import { changesAlong } from "./log-returns.js";

const BETWEEN = ["line", "step"] as const;

/** Options of {@link replay}. */
export interface ReplayOptions {
  /** What is replayed, of {@link fromCsv} for example: at least 2 prices. */
  readonly history: History;
  /** The moment at which the scenario starts: Unix seconds, or ISO 8601. Default: that of the first price. */
  readonly from?: number | string;
  /**
   * What the price does between two of the history: `line`, it moves evenly in relative terms; `step`, it stays until the next
   * one. In blocks of 12 seconds, an hourly history is a sudden move every 300th block with `step`. Default `line`.
   */
  readonly between?: (typeof BETWEEN)[number];
}

/**
 * What happened, as it happened: the price of a block is that of the history so many seconds after `from`, relative to the one at
 * `from`. The same in every run; after the last price it stays constant. A gap of the history is bridged like any interval.
 *
 * @throws SiegeError `INVALID_HISTORY`, `INVALID_OPTION`
 * @example
 * ```ts
 * const history = fromCsv(readFileSync("eth-usdt-1h.csv", "utf8"), { time: "timestamp_ms", price: "close" });
 * assets: { ETH: { price: 194, process: replay({ history, from: "2020-03-12T00:00:00Z" }) } }
 * ```
 */
export function replay(options: ReplayOptions): Process {
  requireKnown("replay", options, ["history", "from", "between"]);
  const { times, prices } = requireHistory("replay", options.history, 2);
  const { from, between = "line" } = options;
  requireOneOf("replay", "between", between, BETWEEN);
  const start = startOf(from, times);
  const logs = prices.map(Math.log);
  return {
    kind: "replay",
    independent: true,
    sample: (context) => {
      let next = times.findIndex((time) => time > start);
      const logAt = (moment: number): number => {
        while (next !== -1 && next < times.length && (times[next] ?? 0) <= moment) next++;
        const [before, after] = [logs[next - 1] ?? 0, logs[next]];
        if (after === undefined || between === "step") return before;
        const [left = 0, right = 0] = [times[next - 1], times[next]];
        return before + ((after - before) * (moment - left)) / (right - left);
      };
      const first = logAt(start);
      return changesAlong(momentsOf(context).map((moment) => logAt(start + moment) - first));
    },
  };
}

function startOf(from: unknown, times: readonly number[]): number {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  if (from === undefined) return first;
  const start = typeof from === "string" ? Date.parse(from) / 1_000 : from;
  if (typeof start === "number" && start >= first && start < last) return start;
  throw new SiegeError("INVALID_OPTION", {
    message: `replay: "from" is ${shown(from)}, which is no moment of the history.`,
    hint: `It must be from ${inWords(first)} to before ${inWords(last)}.`,
  });
}

function inWords(seconds: number): string {
  return seconds < 8.64e12 ? `${seconds} (${new Date(seconds * 1_000).toISOString()})` : String(seconds);
}
