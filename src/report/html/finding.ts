import type { ChartRun } from "./chart.js";
import type { Content, Markup } from "./markup.js";
import type { PageFinding, PageSubject } from "./page-finding.js";

import { toJson } from "../../engine/json.js";
import { format } from "../../quantity/format.js";

import { drawCascade } from "./cascade-figure.js";
import { drawCharts } from "./charts.js";
import { codeOf } from "./code.js";
import { html, preformatted } from "./markup.js";
import { ownSteps, stepsBefore } from "./page-finding.js";
import { playerOf } from "./player.js";
import { couplingText, proofOf } from "./proof.js";
import { section } from "./section.js";
import { stepList, stepNumbers, worstTable } from "./steps.js";

/** The most characters of data that the page shows. */
const MOST_DATA = 60_000;

/** Everything about a finding. @param id - of the page's anchors */
export function findingSections(finding: PageFinding, subject: PageSubject, id: string): Content {
  const { timeline, cascade, steps, losses, worst } = finding;
  const numbers = stepNumbers(steps);
  const run: ChartRun | undefined =
    timeline === undefined
      ? undefined
      : {
          frames: timeline.frames,
          numbers: new Map(
            timeline.frames.flatMap(({ step }, index) => {
              const number = step === undefined ? undefined : numbers.get(step);
              return number === undefined ? [] : [[index, number] as const];
            }),
          ),
        };
  return [
    section(`${id}-steps`, "What breaks it", stepsNote(finding), [
      steps.length === 0 ? undefined : stepList(finding),
      worst === undefined
        ? undefined
        : html`<h3 class="gap">The same steps at their worst</h3>
            ${worstTable(finding)}`,
    ]),
    cascade === undefined || cascade.edges.length === 0
      ? undefined
      : section(
          `${id}-cascade`,
          "Who caused what",
          "From the first cause down to the violation. Each box says what led to it, and how that is known: storage that one transaction wrote and another read, numbers that changed with an event, or a run without the step.",
          drawCascade(cascade, numbers),
        ),
    losses.length === 0
      ? undefined
      : section(
          `${id}-contagion`,
          "Contagion",
          "The protocols that could no longer pay everyone, in the run as it was found, in that order.",
          contagion(finding),
        ),
    timeline === undefined || run === undefined
      ? undefined
      : [
          section(
            `${id}-charts`,
            "What moved",
            "The confirmed minimal run, event by event; numbers on the axis are the steps. A click goes to that moment below.",
            html`<div class="charts">${drawCharts(timeline, run)}</div>`,
          ),
          section(
            `${id}-player`,
            "Step by step",
            "Every event of the run, with its decoded calls and what they changed. Arrow keys go from event to event, with Shift from block to block.",
            playerOf(finding, timeline, run),
          ),
        ],
    codeOf(finding, `${id}-code`),
    section(
      `${id}-proof`,
      "Why all of it is needed",
      "Each step was left out on its own, and the run was played without it.",
      [couplingText(finding) === undefined ? undefined : html`<p>${couplingText(finding)}</p>`, proofOf(finding)],
    ),
    section(`${id}-replay`, "Replay it", replayNote(finding), replay(finding, subject)),
  ];
}

function stepsNote(finding: PageFinding): string {
  const own = ownSteps(finding);
  const before = stepsBefore(finding);
  const rest =
    finding.steps.length > own ? " Lines without a number follow from the others, or from a feed's schedule." : "";
  return before === undefined
    ? `The smallest sequence that breaks it.${rest}`
    : `The smallest sequence that still breaks it: ${own} of the ${before} steps that were found.${rest}`;
}

function contagion({ losses }: PageFinding): Markup {
  return html`<ol class="path">
    ${losses.map(
      ({ protocol, block, first, most }) =>
        html`<li>
          <span class="card"
            ><b>${protocol}</b> ${format(first)} short from block
            ${block}${
              most.value > first.value ? html`<br /><span class="soft">${format(most)} at most</span>` : undefined
            }</span
          >
        </li>`,
    )}
  </ol>`;
}

function replayNote({ certificate }: PageFinding): string {
  return certificate === undefined
    ? "Run the campaign again: it plays this finding first and finishes it."
    : "The reproduction holds the state that the run touches: it needs no endpoint, no fixture and no other file.";
}

function replay({ reproduction, trace, unsaved }: PageFinding, { target, scenario, seed }: PageSubject): Content {
  const data = toJson(trace, 2);
  return [
    reproduction === undefined && unsaved !== undefined
      ? html`<p class="bad">The reproduction was not written${unsaved.map(({ reason }) => `: ${reason}`)}.</p>`
      : html`<div class="copy">
          <code>npx hardhat siege replay ${reproduction ?? "FILE"}</code
          ><button type="button" data-copy="">copy</button>
        </div>`,
    html`<details>
      <summary>The steps as data: ${target}, “${scenario}”, seed ${seed}</summary>
      <pre>${preformatted(data.length > MOST_DATA ? `${data.slice(0, MOST_DATA)}\n…` : data)}</pre>
    </details>`,
  ];
}
