import type { Entry, FileCampaign, FileReplay, FileRuin } from "../file-result.js";
import type { Chapter } from "../html/chapter.js";

import { formatProbability } from "../../quantity/probability.js";
import { campaignChapter } from "../html/campaign-chapter.js";
import { drawDocument } from "../html/document.js";
import { savedChapter } from "../html/saved-chapter.js";

import { titleOf, verdictOf } from "./verdict.js";

/** A page that loads nothing: a chapter for each campaign, fault and replay. See docs/report.md. */
export async function html(entries: readonly Entry[]): Promise<string> {
  const chapters = [];
  for (const [index, entry] of entries.entries()) {
    chapters.push(await chapterOf(entry, entries.length === 1 ? "" : `${index + 1}-`));
  }
  return `${drawDocument(chapters).trimEnd()}\n`;
}

async function chapterOf(entry: Entry, prefix: string): Promise<Chapter> {
  if ("ruin" in entry) return risk(entry, prefix);
  if ("replay" in entry) return replayed(entry, prefix);
  if ("error" in entry) return faulty(entry, prefix);
  return campaign(entry, prefix);
}

/** A test may want a target to break; what other shards found comes after what this one did. */
function campaign(entry: FileCampaign, prefix: string): Chapter {
  const { result, further = [], wanted, shard } = entry;
  const told = campaignChapter(result, prefix);
  const { kind, reason } = verdictOf(entry);
  return {
    ...told,
    findings: [...told.findings, ...further],
    ...(wanted !== undefined && kind === "passed"
      ? { tone: "is-good" as const, badge: "did not survive, as expected" }
      : {}),
    ...(wanted !== undefined && kind === "failed"
      ? { tone: "is-bad" as const, badge: "survived, but was expected not to" }
      : {}),
    ...(shard === undefined || kind !== "part"
      ? {}
      : { tone: "is-unsure" as const, badge: `shard ${shard.index} of ${shard.count}`, story: reason }),
  };
}

async function risk(entry: FileRuin, prefix: string): Promise<Chapter> {
  // figures are loaded for risk runs only
  const { ruinChapter } = await import("../html/ruin-chapter.js");
  const told = await ruinChapter(entry.ruin, prefix);
  const { kind, reason } = verdictOf(entry);
  const below = `${entry.wanted === undefined ? "" : "not "}below ${formatProbability(entry.limit)}`;
  if (kind === "passed") return { ...told, tone: "is-good", badge: below };
  if (kind === "failed") return { ...told, tone: "is-bad", badge: `expected to be ${below}` };
  return { ...told, tone: "is-unsure", badge: "undecided", story: reason };
}

function replayed(entry: FileReplay, prefix: string): Chapter {
  const { file, reproduction } = entry;
  const told = savedChapter(reproduction, prefix, file);
  const { kind, reason } = verdictOf(entry);
  if (kind === "failed") return { ...told, badge: "reproduced as it was recorded" };
  const headline = titleOf(entry);
  if (kind === "passed") return { ...told, tone: "is-good", badge: "survives now", headline, story: reason };
  return { ...told, tone: "is-unsure", badge: "could not be replayed", headline, story: reason };
}

function faulty(entry: Exclude<Entry, FileCampaign | FileReplay | FileRuin>, prefix: string): Chapter {
  const { file } = entry;
  return {
    prefix,
    tone: "is-unsure",
    badge: "error",
    headline: titleOf(entry),
    subject: { target: file, scenario: "could not be played", seed: 0, blocks: undefined },
    story: verdictOf(entry).reason,
    facts: [],
    findings: [],
    rest: undefined,
    links: undefined,
  };
}
