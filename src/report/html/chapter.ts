import type { Fact } from "./facts.js";
import type { Content, Markup } from "./markup.js";
import type { PageFinding, PageSubject } from "./page-finding.js";

import { legible } from "../../quantity/legible.js";

import { factRow } from "./facts.js";
import { findingSections } from "./finding.js";
import { html } from "./markup.js";
import { storyOf } from "./story.js";

/** The widest headline. */
const WIDTH = 200;

/** A campaign, or a saved finding, on the page. */
export interface Chapter {
  /** In front of all of its anchors. */
  readonly prefix: string;
  readonly tone: "is-bad" | "is-good" | "is-unsure";
  readonly badge: string;
  readonly headline: string;
  readonly subject: PageSubject;
  readonly story: Content;
  readonly facts: readonly Fact[];
  readonly findings: readonly PageFinding[];
  /** Sections after the findings, and links to them. */
  readonly rest: Content;
  readonly links: Content;
}

/** What is above, and then each finding. */
export function drawChapter(chapter: Chapter): Markup {
  const { prefix, tone, badge, headline, subject, story, facts, findings, rest, links } = chapter;
  const isOne = findings.length === 1;
  const id = (index: number): string => `${prefix}${isOne ? "finding" : `finding-${index + 1}`}`;
  return html`<div class="bar">
      <b>hardhat-siege</b>
      <nav>
        ${findings.map((finding, index) => linksTo(finding, id(index), isOne ? "" : `${index + 1}: `))} ${links}
      </nav>
    </div>
    <main>
      <header class="top">
        <span class="badge ${tone}">${badge}</span>
        <h1>${legible(headline, WIDTH)}</h1>
        <p class="scenario">${subject.scenario}</p>
        <p class="story">${story}</p>
        ${factRow(facts)}
      </header>
      ${findings.map(
        (finding, index) =>
          html`<article>
            ${
              isOne
                ? undefined
                : html`<h2 class="finding">Finding ${index + 1} of ${findings.length}: ${finding.violation.cause}</h2>
                    <p class="story">${storyOf(finding, subject)}</p>`
            }
            ${findingSections(finding, subject, id(index))}
          </article>`,
      )}
      ${rest}
    </main>`;
}

function linksTo({ cascade, timeline }: PageFinding, id: string, before: string): Content {
  return html`<a href="#${id}-steps">${before}steps</a>
    ${cascade === undefined || cascade.edges.length === 0 ? undefined : html`<a href="#${id}-cascade">causes</a>`}
    ${
      timeline === undefined
        ? undefined
        : html`<a href="#${id}-charts">charts</a> <a href="#${id}-player">step by step</a>`
    }
    <a href="#${id}-replay">replay</a>`;
}
