import type { StepDescription } from "../../engine/events/step-description.js";
import type { Threshold } from "../../engine/minimise/certificate.js";
import type { Content } from "./markup.js";
import type { PageFinding } from "./page-finding.js";

import { nounOf } from "../../engine/explain/noun.js";
import { formatPercent } from "../../quantity/format.js";
import { PPM } from "../../quantity/ppm.js";

import { html } from "./markup.js";
import { stepNumbers } from "./steps.js";

/** The runs that prove that no step can be left out, and the sizes between which it breaks. */
export function proofOf(finding: PageFinding): Content {
  const { certificate, thresholds, steps } = finding;
  if (certificate === undefined) return html`<p class="soft">It is not minimal yet, and not confirmed.</p>`;
  const numbers = stepNumbers(steps);
  const by = new Map(steps.map((step) => [step.step, step]));
  return html`<div class="scroll">
    <table>
      <tr>
        <th>without</th>
        <th></th>
        <th>the target</th>
        <th>nearest size that survives</th>
      </tr>
      ${certificate.deletions.map(({ step, inner, without }) => {
        const described = by.get(step);
        const threshold = thresholds.find((one) => one.step === step);
        return html`<tr>
          <td><span class="num">${numbers.get(step) ?? "·"}</span></td>
          <td>${wordsOf(described, inner)}</td>
          <td>${without === "survived" ? html`<span class="good">survives</span>` : "breaks otherwise"}</td>
          <td class="soft">${threshold === undefined ? "" : thresholdText(threshold)}</td>
        </tr>`;
      })}
    </table>
  </div>`;
}

/** The kinds of event that the failure needs together. */
export function couplingText({ coupling, steps }: PageFinding): string | undefined {
  if (coupling === undefined) return undefined;
  const nouns = coupling.map((kind) => nounOf(steps.flatMap(({ data }) => (data.kind === kind ? [data] : []))));
  const named = `${nouns.slice(0, -1).join(", ")} and ${nouns.at(-1) ?? ""}`;
  return `It takes ${named} together; without ${nouns.length === 2 ? "either" : "any one of them"}, the target survives.`;
}

function wordsOf(step: StepDescription | undefined, inner: number | undefined): string {
  if (step === undefined) return "";
  const call = inner === undefined ? undefined : step.inner?.[inner];
  return call === undefined ? `${step.actor} ${step.action}` : `${step.actor}: ${call}`;
}

function thresholdText({ survives, fails, unit }: Threshold): string {
  const text = (size: number): string => (unit === "ppm" ? formatPercent(size / PPM) : `${size} ${unit}`);
  return `${text(survives)}, not ${text(fails)}`;
}
