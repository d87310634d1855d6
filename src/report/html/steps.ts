import type { StepDescription } from "../../engine/events/step-description.js";
import type { Line } from "../series.js";
import type { Content, Markup } from "./markup.js";
import type { PageFinding } from "./page-finding.js";

import { inSeries } from "../series.js";

import { html } from "./markup.js";

/** The numbers of steps as the report counts them, by their index: honest reactions have none. */
export function stepNumbers(steps: readonly StepDescription[]): ReadonlyMap<number, number> {
  const own = steps.filter(({ reaction }) => reaction !== true);
  return new Map(own.map(({ step }, index) => [step, index + 1]));
}

/** The minimal steps, and what they led to. */
export function stepList({ steps, rounds, violation }: PageFinding): Markup {
  return html`<ol class="steps">
    ${inSeries(steps, rounds).map(stepLine)}
    <li>
      <span><span class="num end">!</span></span>
      <span class="when soft">block ${violation.block}</span>
      <span class="what does end">${violation.condition}: ${violation.evidence.summary}</span>
    </li>
  </ol>`;
}

function stepLine({ number, block, actor, action, inner, consequence }: Line): Content {
  return html`<li>
    <span><span class="num${number === "·" ? " minor" : ""}">${number}</span></span>
    <span class="when soft">block ${block}</span>
    <span class="what"
      ><span class="does"><span class="who">${actor}</span> ${action}</span>
      ${inner?.map((call) => html`<br /><span class="does">– ${call}</span>`)}
      ${consequence === undefined ? undefined : html`<br /><span class="then">${consequence}</span>`}</span
    >
  </li>`;
}

/** What the same steps do with the amounts that do most harm, as far as it differs. */
export function worstTable({ steps, worst, violation }: PageFinding): Content {
  if (worst === undefined) return undefined;
  const numbers = stepNumbers(steps);
  const by = new Map(steps.map((step) => [step.step, step]));
  const differing = worst.steps.filter(({ step, action, consequence, reaction, data }) => {
    const before = by.get(step);
    if (reaction === true) return false;
    // of a move, the consequence is only its threshold
    return before?.action !== action || ("function" in data && before.consequence !== consequence);
  });
  return html`<div class="scroll">
    <table>
      <tr>
        <th>step</th>
        <th>at least</th>
        <th>at worst</th>
      </tr>
      ${differing.map(
        (step) =>
          html`<tr>
            <td><span class="num">${numbers.get(step.step) ?? "·"}</span></td>
            <td>${deed(by.get(step.step))}</td>
            <td>${deed(step)}</td>
          </tr>`,
      )}
      <tr>
        <td></td>
        <td class="bad">${violation.evidence.summary}</td>
        <td class="bad">${worst.violation.evidence.summary}</td>
      </tr>
    </table>
  </div>`;
}

function deed(step: StepDescription | undefined): Content {
  if (step === undefined) return undefined;
  const { action, consequence } = step;
  return html`${action}${consequence === undefined ? undefined : html`<br /><span class="soft">${consequence}</span>`}`;
}
