import type { Frame, Series, Timeline } from "../../engine/explain/timeline/timeline.js";
import type { ChartRun } from "./chart.js";
import type { Markup } from "./markup.js";
import type { PageFinding } from "./page-finding.js";

import { formatSpan } from "../../quantity/format.js";

import { embedded, html } from "./markup.js";

/** A frame as the page's script shows it: short names, for there may be hundreds. */
interface ShownFrame {
  /** Block, and when it is. */
  readonly b: number;
  readonly w: string;
  /** What happened, and what came of it. */
  readonly t: string;
  readonly d: string;
  /** The number of the step; 0: none. */
  readonly n: number;
  /** Depth, text, answer, and whether it reverted. */
  readonly c: readonly (readonly [number, string, string, 0 | 1])[];
  /** From, to, amount. */
  readonly f: readonly (readonly [string, string, string])[];
  readonly m: number;
}

/** What the page's script plays. */
interface ShownRun {
  readonly frames: readonly ShownFrame[];
  /** Kind, whose, which asset, unit, and a value for each frame. */
  readonly series: readonly (readonly [string, string, string, string, Series["values"]])[];
}

/** Steps through a run: what happened, the decoded calls, what moved, who has what. */
export function playerOf(finding: PageFinding, timeline: Timeline, run: ChartRun): Markup {
  return html`<div class="card player" data-player="">
    <div class="deck">
      <button type="button" data-go="block-back" aria-label="to the block before">‹ block</button>
      <button type="button" data-go="back" aria-label="to the event before">‹</button>
      <button type="button" data-go="on" aria-label="to the next event">›</button>
      <button type="button" data-go="block-on" aria-label="to the next block">block ›</button>
      <input type="range" min="0" max="${timeline.frames.length - 1}" value="0" aria-label="event of the run" />
      <span class="where" data-part="where"></span>
    </div>
    <div class="strip" data-part="strip"></div>
    <div class="now" aria-live="polite">
      <h3 data-part="title"></h3>
      <span class="soft" data-part="detail"></span>
    </div>
    <div class="panes">
      <div>
        <div data-part="calls"></div>
        <div data-part="flows"></div>
      </div>
      <div><div data-part="values"></div></div>
    </div>
    <script type="application/json">
      ${embedded(shownRun(finding, timeline, run))}
    </script>
    <noscript
      ><p class="now">Stepping through the run needs JavaScript; everything else on this page does not.</p></noscript
    >
  </div>`;
}

function shownRun(finding: PageFinding, { frames, series }: Timeline, { numbers }: ChartRun): ShownRun {
  return {
    frames: frames.map((frame, index) => ({
      b: frame.block,
      w: frame.seconds === 0 ? "" : `${formatSpan(frame.seconds)} after the start`,
      ...titleOf(frame, finding),
      n: numbers.get(index) ?? 0,
      c: (frame.calls ?? []).map(({ depth, text, answer = "", reverted }) => [
        depth,
        text,
        answer,
        reverted === true ? 1 : 0,
      ]),
      f: (frame.transfers ?? []).map(({ from, to, amount }) => [from, to, amount]),
      m: frame.more ?? 0,
    })),
    series: series.map(({ kind, of, asset = "", unit, values }) => [kind, of, asset, unit, values]),
  };
}

function titleOf(
  { kind, step, actor, calls, block }: Frame,
  { steps, rounds }: PageFinding,
): Pick<ShownFrame, "t" | "d"> {
  const described = step === undefined ? undefined : steps[step];
  if (described !== undefined) {
    return { t: `${described.actor} ${described.action}`, d: described.consequence ?? "" };
  }
  if (kind === "start") return { t: "The start", d: "the state that every run begins with" };
  if (kind === "block") return { t: `Block ${block} passes`, d: "nobody does anything" };
  const round = rounds?.find((one) => one.block === block && one.actor === actor);
  if (round !== undefined) return { t: `${round.actor} ${round.action}`, d: round.consequence ?? "" };
  return { t: `${actor ?? "someone"} ${kind === "round" ? "publishes" : "sends"}`, d: calls?.[0]?.text ?? "" };
}
