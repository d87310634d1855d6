import type { RuinResult } from "../../risk/ruin/ruin-result.js";
import type { Figure } from "../figures/figure.js";
import type { Chapter } from "./chapter.js";
import type { Content } from "./markup.js";

import { SiegeError } from "../../errors.js";
import { formatProbability } from "../../quantity/probability.js";
import { ruinFigures } from "../figures/ruin-figures.js";
import { blockText } from "../lines.js";
import { renderRuin, ruinText } from "../ruin.js";

import { html, preformatted, svg } from "./markup.js";
import { section } from "./section.js";

/** A risk run, with its figures if they can be drawn. @param prefix - of its anchors */
export async function ruinChapter(result: RuinResult, prefix: string): Promise<Omit<Chapter, "badge" | "tone">> {
  const { target, probability, paths, seed, findings } = result;
  const { lower, upper, confidence, method } = probability.interval;
  const { figures, missing } = await drawn(result);
  return {
    prefix,
    headline: `The risk of ${target}`,
    subject: result,
    story: ruinText(result),
    findings,
    facts: [
      {
        name: "probability",
        value: probability.value === undefined ? "unknown" : formatProbability(probability.value),
        more: "of the paths",
      },
      {
        name: "interval",
        value: `${formatProbability(lower, "down")} to ${formatProbability(upper, "up")}`,
        more: `${formatProbability(confidence)}, ${method}`,
      },
      {
        name: "paths",
        value: paths.toLocaleString("en-US"),
        more: `${result.ruined.length.toLocaleString("en-US")} ruined`,
      },
      { name: "seed", value: String(seed), more: `${blockText(result)}, ${result.cost.seconds.toFixed(1)} s` },
    ],
    links: html`<a href="#${prefix}risk">the risk</a>`,
    rest: section(
      `${prefix}risk`,
      "What the paths say",
      "When ruin comes, what it costs, and how prices moved: in all paths, and in those that were ruined.",
      [
        ...figures.map((figure): Content => html`<figure>${svg(figure.svg)}</figure>`),
        missing === undefined ? undefined : html`<p>${missing}</p>`,
        html`<pre>${preformatted(renderRuin(result))}</pre>`,
      ],
    ),
  };
}

async function drawn(
  result: RuinResult,
): Promise<{ readonly figures: readonly Figure[]; readonly missing: string | undefined }> {
  try {
    return { figures: await ruinFigures(result), missing: undefined };
  } catch (error) {
    // the page is worth having without them
    if (!SiegeError.isSiegeError(error) || error.code !== "FIGURES_UNAVAILABLE") throw error;
    return { figures: [], missing: `No figures: ${error.hint}` };
  }
}
