import type { StepDescription } from "../engine/events/step-description.js";
import type { ParameterValue } from "../engine/world/parameters/parameter-value.js";

import { parameterText } from "../engine/world/parameters/parameter-value.js";
import { legible } from "../quantity/legible.js";

/** The most steps that are told; the reproduction has them all. */
const STEPS = 60;

/** The widest name or sentence. */
const WIDTH = 300;

/** How the tests of a project are written. */
export interface ProjectStyle {
  /** What runs them: with mocha, `describe` and `it` are global. */
  readonly runner: "mocha" | "node:test";
  /** What they assert with; `node:assert` is always available. */
  readonly assertions: "chai" | "node:assert";
}

/** The parts of a reproduction that its test mentions. */
export interface TestSubject {
  /** The reproduction's file name; the test is written next to it. */
  readonly file: string;
  readonly target: string;
  readonly scenario: string;
  /** The parameters that its campaign set. */
  readonly parameters?: readonly ParameterValue[] | undefined;
  readonly violation: { readonly condition: string; readonly evidence: { readonly summary: string } };
  readonly steps: readonly Pick<StepDescription, "block" | "actor" | "action">[];
}

/** A TypeScript test that replays a reproduction, to be kept next to it, in the style of the project. */
export function renderTestFile(subject: TestSubject, style: ProjectStyle): string {
  const { file, target, scenario, parameters = [], violation, steps } = subject;
  const set = parameters.length === 0 ? "" : ` with ${comment(parameters.map(parameterText).join(", "))}`;
  const told = steps.slice(0, STEPS).map(({ block, actor, action }) => `block ${block}  ${actor}: ${action}`);
  const lines = steps.length > STEPS ? [...told, `and ${steps.length - STEPS} more`] : told;
  return `// Written by hardhat-siege. ${comment(target)} did not survive "${comment(scenario)}"${set}:
//   ${comment(violation.condition)}: ${comment(violation.evidence.summary)}
${lines.map((line) => `//   ${comment(line)}`).join("\n")}
// Replays with no RPC endpoint and no fixture. Once the flaw is fixed, ${ASSERTION[style.assertions].survival} plays the same steps first.
${importLines(style)}

describe(${literal(`${target}: ${scenario}`)}, () => {
  it(${literal(`breaks ${violation.condition} ${inSteps(steps.length)}`)}, async () => {
    const { siege } = await network.create();
    const outcome = await siege.replay(fileURLToPath(new URL(${JSON.stringify(`./${encodeURIComponent(file)}`)}, import.meta.url)));
    ${ASSERTION[style.assertions].violated}
  });
});
`;
}

function inSteps(length: number): string {
  return length === 0 ? "by time alone" : `in ${length} step${length === 1 ? "" : "s"}`;
}

const ASSERTION = {
  chai: { survival: "toSurviveScenario()", violated: 'expect(outcome.kind).to.equal("violation");' },
  "node:assert": { survival: "siege.assertSurvives()", violated: 'assert.equal(outcome.kind, "violation");' },
} as const;

/** Node's own modules above the packages, each in alphabetical order. */
function importLines({ runner, assertions }: ProjectStyle): string {
  return [
    ...(assertions === "node:assert" ? ['import assert from "node:assert/strict";'] : []),
    ...(runner === "node:test" ? ['import { describe, it } from "node:test";'] : []),
    'import { fileURLToPath } from "node:url";',
    "",
    ...(assertions === "chai" ? ['import { expect } from "chai";'] : []),
    'import { network } from "hardhat";',
  ].join("\n");
}

/** Names come from the user's project and from contracts: none of them may end a comment's line, or hide what follows. */
function comment(text: string): string {
  return legible(text, WIDTH);
}

/** A string literal that shows what it holds. */
function literal(text: string): string {
  return JSON.stringify(legible(text, WIDTH));
}
