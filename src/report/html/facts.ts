import type { Content, Markup } from "./markup.js";
import type { PageFinding } from "./page-finding.js";

import { harmText } from "../../engine/minimise/harm-in-evidence.js";
import { legible } from "../../quantity/legible.js";

import { html } from "./markup.js";
import { ownSteps, stepsBefore } from "./page-finding.js";

/** The widest figure. */
const WIDTH = 60;

/** A figure with its name, and a word on it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly more?: string | undefined;
}

/** A row of figures. */
export function factRow(facts: readonly Fact[]): Markup {
  return html`<dl class="facts">
    ${facts.map(
      ({ name, value, more }): Content =>
        html`<div>
          <dt>${name}</dt>
          <dd>
            ${legible(value, WIDTH)}${more === undefined ? undefined : html`<small>${legible(more, WIDTH)}</small>`}
          </dd>
        </div>`,
    )}
  </dl>`;
}

/** When it broke, how many steps it takes, and what harm it does. */
export function findingFacts(finding: PageFinding, blocks: number | undefined): readonly Fact[] {
  const { violation, worst } = finding;
  const before = stepsBefore(finding);
  const { evidence, condition } = violation;
  const harm = harmText(evidence);
  return [
    {
      name: "broken after",
      value: `block ${violation.block}`,
      more: blocks === undefined ? undefined : `of ${blocks}`,
    },
    { name: "steps", value: String(ownSteps(finding)), more: before === undefined ? undefined : `from ${before}` },
    // without a number, it would be the whole sentence once more
    { name: "harm at least", value: harm === evidence.summary ? condition : harm },
    ...(worst === undefined ? [] : [{ name: "at worst", value: harmText(worst.violation.evidence) }]),
  ];
}
