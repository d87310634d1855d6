import type { CampaignResult } from "../../engine/campaign/campaign-result.js";
import type { Reproduction } from "../../engine/reproduction/reproduction.js";
import type { Chapter } from "./chapter.js";

import { campaignChapter } from "./campaign-chapter.js";
import { drawDocument } from "./document.js";
import { savedChapter } from "./saved-chapter.js";

/**
 * A campaign as one page that stands alone: it loads nothing, asks nobody, works from a file, in light and dark, on a phone and on
 * paper. It holds the story, the minimal steps and their worst case, charts of the confirmed run, who caused what, a player for the
 * run, the certificate, how to replay it, and what the search did. Names, symbols, revert reasons and file names are text,
 * whatever they contain.
 *
 * @param subjects - the result of `siege.run(...)`, whatever its `kind`, or a reproduction; several become one page, one after the
 * other
 * @returns an HTML document. Between two runs of the same campaign, only the seconds and the folder of the reproduction differ
 * @example `await writeFile("siege.html", renderHtml(await siege.run(vault, scenario)))`
 */
export function renderHtml(
  subjects: CampaignResult | Reproduction | readonly (CampaignResult | Reproduction)[],
): string {
  const all = isList(subjects) ? subjects : [subjects];
  return drawDocument(all.map((subject, index) => chapterOf(subject, all.length === 1 ? "" : `${index + 1}-`)));
}

function chapterOf(subject: CampaignResult | Reproduction, prefix: string): Chapter {
  return "format" in subject ? savedChapter(subject, prefix) : campaignChapter(subject, prefix);
}

function isList<T>(subjects: T | readonly T[]): subjects is readonly T[] {
  return Array.isArray(subjects);
}
