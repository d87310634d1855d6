import type { CampaignResult } from "../../engine/campaign/campaign-result.js";
import type { Finding } from "../../engine/campaign/finding.js";
import type { Chapter } from "./chapter.js";
import type { Content } from "./markup.js";

import { blockText, count } from "../lines.js";
import { notCountedLines } from "../not-counted.js";
import { parameterLines } from "../parameters.js";
import { replayedLines } from "../replayed.js";
import { targetLines } from "../target-lines.js";

import { callsTable, conditionsTable, definitions, restOfActivity } from "./campaign.js";
import { findingFacts } from "./facts.js";
import { html } from "./markup.js";
import { section } from "./section.js";
import { searchStory, storyOf } from "./story.js";

const BADGES = {
  violation: { tone: "is-bad", badge: "did not survive" },
  survived: { tone: "is-good", badge: "survived" },
  inconclusive: { tone: "is-unsure", badge: "inconclusive" },
  incomplete: { tone: "is-unsure", badge: "incomplete" },
} as const;

/** A campaign, whatever its end. @param prefix - of its anchors */
export function campaignChapter(result: CampaignResult, prefix: string): Chapter {
  const { cost, seed, blocks, kind } = result;
  const findings = findingsOf(result);
  const [finding] = findings;
  return {
    prefix,
    ...BADGES[kind],
    headline: headlineOf(result),
    subject: result,
    story: storyIn(result, finding),
    findings,
    facts: [
      ...(finding === undefined ? [] : findingFacts(finding, blocks)),
      {
        name: "runs",
        value: cost.totalRuns.toLocaleString("en-US"),
        more: `${cost.runs.toLocaleString("en-US")} of the search`,
      },
      { name: "actions", value: cost.actions.toLocaleString("en-US"), more: "that took effect" },
      { name: "seed", value: String(seed), more: `${blockText(result)}, ${cost.seconds.toFixed(1)} s` },
    ],
    links: html`<a href="#${prefix}search">the search</a>`,
    rest: section(
      `${prefix}search`,
      "What the search did",
      "Who may call what, how often it was tried and worked, and why it did not. What was never reached was not tested.",
      [
        callsTable(result.activity),
        conditionsTable(result.activity),
        restOfActivity(result),
        definitions(surroundings(result)),
      ],
    ),
  };
}

function findingsOf(result: CampaignResult): readonly Finding[] {
  if (result.kind === "violation") return result.findings;
  return result.kind === "incomplete" && result.finding !== undefined ? [result.finding] : [];
}

function headlineOf({ kind, target }: CampaignResult): string {
  switch (kind) {
    case "violation":
      return `${target} did not survive`;
    case "survived":
      return `${target} survived`;
    case "inconclusive":
      return `The siege of ${target} is inconclusive`;
    case "incomplete":
      return `The siege of ${target} is incomplete`;
  }
}

function storyIn(result: CampaignResult, finding: Finding | undefined): Content {
  switch (result.kind) {
    case "violation":
      return result.findings.length === 1 && finding !== undefined
        ? storyOf(finding, result)
        : `${count(result.findings.length, "finding")}, each of another cause.`;
    case "survived":
      return searchStory(result);
    case "inconclusive":
      return [...result.doubts.map(({ message, hint }) => `${message} ${hint} `), searchStory(result)];
    case "incomplete":
      return [
        `It was stopped by ${stopOf(result)}. That is neither a pass nor a failure. `,
        finding === undefined ? "" : storyOf(finding, result),
      ];
  }
}

function stopOf({ reason, error }: Extract<CampaignResult, { kind: "incomplete" }>): string {
  if (reason === "error") return `an error: ${error?.message ?? "unknown"}`;
  return reason === "interrupted" ? "an interruption" : "the time limit";
}

/** What the campaign took place in, as the terminal's report tells it. */
function surroundings(result: CampaignResult): readonly { readonly label: string; readonly text: string }[] {
  const { source, parameters, replayed, notCounted, funding, discarded, explored, shards } = result;
  const lines = [
    ...targetLines(source),
    ...parameterLines(parameters),
    ...replayedLines(replayed),
    ...notCountedLines(notCounted),
  ];
  return [
    ...lines.map((line) => ({ label: "", text: line.trim() })),
    ...funding.map(({ token, why }) => ({ label: "capital", text: `${token}: ${why}` })),
    ...(discarded === 0 ? [] : [{ label: "discarded", text: `${count(discarded, "candidate")} that did not replay` }]),
    ...(explored.notInRunner === undefined ? [] : [{ label: "speed", text: explored.notInRunner }]),
    ...(shards === undefined
      ? []
      : [{ label: "shards", text: `${shards.missing.length} of ${shards.count} are missing` }]),
  ];
}
