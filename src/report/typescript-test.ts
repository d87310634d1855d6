import type { StepDescription } from "../engine/events/step-description.js";

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
  readonly violation: { readonly condition: string; readonly evidence: { readonly summary: string } };
  readonly steps: readonly Pick<StepDescription, "block" | "actor" | "action">[];
}

/** A TypeScript test that replays a reproduction, to be kept next to it, in the style of the project. */
export function renderTestFile(subject: TestSubject, style: ProjectStyle): string {
  const { file, target, scenario, violation, steps } = subject;
  const lines = steps.map(({ block, actor, action }) => `//   block ${block}  ${actor}: ${action}`);
  return `// Written by hardhat-siege. ${oneLine(target)} did not survive "${oneLine(scenario)}":
//   ${oneLine(violation.condition)}: ${oneLine(violation.evidence.summary)}
${lines.map(oneLine).join("\n")}
// Replays with no RPC endpoint and no fixture. Once the flaw is fixed, ${ASSERTION[style.assertions].survival} plays the same steps first.
${importLines(style)}

describe(${JSON.stringify(`${target}: ${scenario}`)}, () => {
  it(${JSON.stringify(`breaks ${violation.condition} ${inSteps(steps.length)}`)}, async () => {
    const { siege } = await network.create();
    const outcome = await siege.replay(fileURLToPath(new URL(${JSON.stringify(`./${file}`)}, import.meta.url)));
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

/** Names come from the user's project and from contracts: none of them may end a comment's line. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/g, " ");
}
