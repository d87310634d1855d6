import type { CampaignProgress, SearchProgress } from "../../engine/campaign/progress.js";
import type { LiveStream } from "./live-line.js";

import { styleText } from "node:util";

import { percent } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { count } from "../../report/lines.js";

import { LiveLine } from "./live-line.js";
import { Pace } from "./pace.js";

/** The widest summary of a violation. */
const SUMMARY = 200;

/** Shows a person who waits what campaigns do: a line on a terminal, and a line that stays for every finding. */
export class CampaignDisplay {
  readonly #stream: LiveStream;
  readonly #line: LiveLine;
  readonly #clock: (() => number) | undefined;
  readonly #isSpoken: boolean;
  #pace: Pace;
  #title = "";

  /**
   * @param isSpoken - whether findings are announced where there is no terminal: not if standard output is a document
   * @param clock - milliseconds from any origin
   */
  constructor(stream: LiveStream, { isSpoken }: { readonly isSpoken: boolean }, clock?: () => number) {
    this.#stream = stream;
    this.#line = new LiveLine(stream, clock);
    this.#clock = clock;
    this.#isSpoken = isSpoken;
    this.#pace = new Pace(clock);
  }

  /** Another campaign begins. @param title - what it is: a file, a point of a map */
  begin(title: string): void {
    this.#line.clear();
    this.#pace = new Pace(this.#clock);
    this.#title = title;
  }

  /** For `progress` of a campaign. */
  readonly progress = (progress: CampaignProgress): void => {
    switch (progress.phase) {
      case "opening":
        this.#show(() => "setting up");
        return;
      case "searching":
        this.#pace.finished(progress.finished);
        this.#show(() => this.#searchText(progress));
        return;
      case "found":
        this.#announce(progress);
        return;
      case "minimising": {
        const { violation, steps, from } = progress;
        this.#show(
          () => `minimising ${legible(violation.condition, NAME_WIDTH)}: ${count(steps, "step")} of ${from} left`,
        );
        return;
      }
    }
  };

  /** Before anything else is printed. */
  clear(): void {
    this.#line.clear();
  }

  #show(text: () => string): void {
    this.#line.show(() => `${legible(this.#title, NAME_WIDTH)}: ${text()}`);
  }

  #announce({ violation, run, steps }: Extract<CampaignProgress, { phase: "found" }>): void {
    if (!this.#isSpoken && !this.#stream.isTTY) return;
    const where = run === 0 ? "a saved reproduction" : `run ${run.toLocaleString("en-US")}`;
    const { condition, evidence } = violation;
    const what = `${legible(condition, NAME_WIDTH)}: ${legible(evidence.summary, SUMMARY)}`;
    const found = styled("red", "found", this.#stream);
    this.#line.announce(`${found} ${what} (${where}, ${count(steps, "step")}; minimising)`);
  }

  #searchText({ finished, runs, lanes, calls, succeeded, closest }: SearchProgress): string {
    const rate = this.#pace.perSecond;
    const left = this.#pace.left(Math.max(0, runs - finished));
    // what matters least comes last: a narrow terminal cuts it
    return [
      `${finished.toLocaleString("en-US")} of ${count(runs, "run")}`,
      ...(rate === undefined ? [] : [`${rate.toLocaleString("en-US", { maximumSignificantDigits: 2 })}/s`]),
      ...(left === undefined ? [] : [left]),
      count(lanes, "lane"),
      ...(calls === 0 ? [] : [`${Math.round((100 * succeeded) / calls)} % of calls succeed`]),
      ...(closest === undefined || closest.margin === 1
        ? []
        : [`least margin ${legible(closest.condition, NAME_WIDTH)} ${format(percent(closest.margin))}`]),
    ].join(", ");
  }
}

/** In colour, if the stream shows colours: neither in a file nor with `NO_COLOR`. */
export function styled(style: "red" | "green" | "yellow", text: string, stream: LiveStream): string {
  // Node looks at the stream and at NO_COLOR, NODE_DISABLE_COLORS and FORCE_COLOR
  return stream.isTTY ? styleText(style, text, { stream: stream as NodeJS.WriteStream }) : text;
}
