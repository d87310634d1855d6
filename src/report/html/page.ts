import type { CampaignResult } from "../../engine/campaign/campaign-result.js";
import type { Finding } from "../../engine/campaign/finding.js";
import type { Content, Markup } from "./markup.js";

import { createHash } from "node:crypto";

import { harmText } from "../../engine/minimise/harm-in-evidence.js";
import { legible } from "../../quantity/legible.js";
import { blockText, count } from "../lines.js";
import { notCountedLines } from "../not-counted.js";
import { parameterLines } from "../parameters.js";
import { replayedLines } from "../replayed.js";
import { targetLines } from "../target-lines.js";

import { callsTable, conditionsTable, definitions, restOfActivity } from "./campaign.js";
import { findingSections } from "./finding.js";
import { html, verbatim } from "./markup.js";
import { SCRIPT } from "./script.js";
import { section } from "./section.js";
import { searchStory, storyOf } from "./story.js";
import { STYLE } from "./style.js";

/** The widest title, and the widest of the figures below it. */
const NAME = 200;
const FACT = 60;

/**
 * A campaign as one page that stands alone: it loads nothing, asks nobody, works from a file, in light and dark, on a phone and on
 * paper. It holds the story, the minimal steps and their worst case, charts of the confirmed run, who caused what, a player for the
 * run, the certificate, how to replay it, and what the search did. Names, symbols, revert reasons and file names are text,
 * whatever they contain.
 *
 * @param results - of `siege.run(...)`, whatever their `kind`; several become one page, one after the other
 * @returns an HTML document. Between two runs of the same campaign, only the seconds and the folder of the reproduction differ
 * @example `await writeFile("siege.html", renderHtml(await siege.run(vault, scenario)))`
 */
export function renderHtml(results: CampaignResult | readonly CampaignResult[]): string {
  const all = isList(results) ? results : [results];
  const title = all.map(({ target, scenario }) => `${target}, ${scenario}`).join("; ");
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title === "" ? "hardhat-siege" : title}</title>
        ${verbatim("style", STYLE)}
      </head>
      <body>
        ${all.map((result, index) => campaign(result, all.length === 1 ? "" : `${index + 1}-`))}
        <footer>
          Written by hardhat-siege. A finding is a run that was played on the real contracts and confirmed away from
          where it was found; a pass says how far a search went.
        </footer>
        ${verbatim("script", SCRIPT)}
      </body>
    </html> `;
  return page.toString();
}

/** Nothing but this page's own style and script: not even a picture. */
function policy(): string {
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${hash(STYLE)}`,
    `script-src ${hash(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function campaign(result: CampaignResult, prefix: string): Markup {
  const findings = findingsOf(result);
  const id = (index: number): string => `${prefix}${findings.length === 1 ? "finding" : `finding-${index + 1}`}`;
  return html`<div class="bar">
      <b>hardhat-siege</b>
      <nav>
        ${findings.map((finding, index) => links(finding, id(index), findings.length === 1 ? "" : `${index + 1}: `))}
        <a href="#${prefix}search">the search</a>
      </nav>
    </div>
    <main>
      <header class="top">
        ${badge(result)}
        <h1>${legible(headline(result), NAME)}</h1>
        <p class="scenario">${result.scenario}</p>
        <p class="story">${story(result, findings[0])}</p>
        ${facts(result, findings[0])}
      </header>
      ${findings.map(
        (finding, index) =>
          html`<article>
            ${
              findings.length === 1
                ? undefined
                : html`<h2 class="finding">Finding ${index + 1} of ${findings.length}: ${finding.violation.cause}</h2>
                    <p class="story">${storyOf(finding, result)}</p>`
            }
            ${findingSections(finding, result, id(index))}
          </article>`,
      )}
      ${section(
        `${prefix}search`,
        "What the search did",
        "Who may call what, how often it was tried and worked, and why it did not. What was never reached was not tested.",
        [
          callsTable(result.activity),
          conditionsTable(result.activity),
          restOfActivity(result),
          definitions(surroundings(result)),
        ],
      )}
    </main>`;
}

function findingsOf(result: CampaignResult): readonly Finding[] {
  if (result.kind === "violation") return result.findings;
  return result.kind === "incomplete" && result.finding !== undefined ? [result.finding] : [];
}

function links({ cascade, timeline }: Finding, id: string, before: string): Content {
  return html`<a href="#${id}-steps">${before}steps</a>
    ${cascade === undefined || cascade.edges.length === 0 ? undefined : html`<a href="#${id}-cascade">causes</a>`}
    ${
      timeline === undefined
        ? undefined
        : html`<a href="#${id}-charts">charts</a> <a href="#${id}-player">step by step</a>`
    }
    <a href="#${id}-replay">replay</a>`;
}

const BADGES = {
  violation: ["is-bad", "did not survive"],
  survived: ["is-good", "survived"],
  inconclusive: ["is-unsure", "inconclusive"],
  incomplete: ["is-unsure", "incomplete"],
} as const;

function badge({ kind }: CampaignResult): Markup {
  const [tone, text] = BADGES[kind];
  return html`<span class="badge ${tone}">${text}</span>`;
}

function headline({ kind, target }: CampaignResult): string {
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

function story(result: CampaignResult, finding: Finding | undefined): Content {
  switch (result.kind) {
    case "violation":
      return result.findings.length === 1 && finding !== undefined
        ? storyOf(finding, result)
        : `${count(result.findings.length, "finding")}, each of another cause.`;
    case "survived":
      return searchStory(result);
    case "inconclusive":
      return [...result.doubts.flatMap(({ message, hint }) => [`${message} ${hint} `]), searchStory(result)];
    case "incomplete":
      return [
        `It was stopped by ${result.reason === "error" ? `an error: ${result.error?.message ?? "unknown"}` : result.reason === "interrupted" ? "an interruption" : "the time limit"}. `,
        "That is neither a pass nor a failure. ",
        finding === undefined ? "" : storyOf(finding, result),
      ];
  }
}

function facts(result: CampaignResult, finding: Finding | undefined): Markup {
  const { cost, seed, blocks } = result;
  const own = finding?.steps.filter(({ reaction }) => reaction !== true).length;
  const items: readonly (readonly [string, string, string?])[] = [
    ...(finding === undefined || own === undefined
      ? []
      : ([
          ["broken after", `block ${finding.violation.block}`, `of ${blocks}`],
          [
            "steps",
            String(own),
            finding.original.steps.length > own ? `from ${finding.original.steps.length}` : undefined,
          ],
          ["harm at least", harmOf(finding.violation.evidence) ?? finding.violation.condition],
          ...(finding.worst === undefined ? [] : ([["at worst", harmText(finding.worst.violation.evidence)]] as const)),
        ] as readonly (readonly [string, string, string?])[])),
    ["runs", cost.totalRuns.toLocaleString("en-US"), `${cost.runs.toLocaleString("en-US")} of the search`],
    ["actions", cost.actions.toLocaleString("en-US"), "that took effect"],
    ["seed", String(seed), `${blockText(result)}, ${cost.seconds.toFixed(1)} s`],
  ];
  return html`<dl class="facts">
    ${items.map(
      ([name, value, more]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${legible(value, FACT)}${more === undefined ? undefined : html`<small>${more}</small>`}</dd>
        </div>`,
    )}
  </dl>`;
}

function harmOf(evidence: Finding["violation"]["evidence"]): string | undefined {
  const text = harmText(evidence);
  // without a number, it would be the whole sentence once more
  return text === evidence.summary ? undefined : text;
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

function isList(results: CampaignResult | readonly CampaignResult[]): results is readonly CampaignResult[] {
  return Array.isArray(results);
}
