import type { Entry } from "../file-result.js";
import type { About } from "./reporter.js";
import type { ToldFinding } from "./told-findings.js";

import path from "node:path";

import { isReaction } from "../../engine/events/trace.js";
import { parameterText } from "../../engine/world/parameters/parameter-value.js";
import { format } from "../../quantity/format.js";
import { legible } from "../../quantity/legible.js";
import { renderTestFile } from "../typescript-test.js";

import { codePointsOf } from "./code-points.js";
import { code, fenced, plain } from "./markdown-text.js";
import { fileOf } from "./place.js";
import { couplingSentence } from "./sentences.js";
import { findingsOf } from "./told-findings.js";
import { titleOf, verdictOf } from "./verdict.js";

/** The widest sentence. */
const SENTENCE = 400;

/** The widest name. */
const NAME = 120;

/** Kinds of events that happen outside of the target, whoever attacks it. */
const EXTERNAL: ReadonlySet<string> = new Set(["market", "oracle", "gas", "builder", "pause", "interval"]);

/**
 * A finding as audit reports have it, one after the other: summary, root cause, internal and external pre-conditions, attack path,
 * impact, proof of concept, mitigation. It says what was seen in replays, and leaves to its author what nobody can see in them: how
 * severe it is, and what to change. What is no finding is listed at the end, so that its absence is not taken for a pass.
 */
export function audit(entries: readonly Entry[], about: About): string {
  const findings = entries.flatMap((entry) => findingsOf(entry)).filter(({ isExpected }) => !isExpected);
  const parts = [...findings.map((told, index) => section(told, index, about)), ...unresolved(entries, about)];
  return `${parts.length === 0 ? "No finding." : parts.join("\n\n---\n\n")}\n`;
}

function section(told: ToldFinding, index: number, about: About): string {
  const { target, scenario, finding, isConfirmed } = told;
  const { condition } = finding.violation;
  return [
    `# S-${String(index + 1).padStart(2, "0")}: ${plain(target, NAME)} violates ${plain(condition, NAME)} under ${plain(`"${scenario}"`, NAME)}`,
    ...(isConfirmed ? [] : ["**Neither minimal nor confirmed: its campaign was stopped.**"]),
    "## Summary",
    summaryOf(told),
    "## Root cause",
    rootCauseOf(told),
    "## Internal pre-conditions",
    listed(internalOf(told), "None beyond the set-up of the scenario."),
    "## External pre-conditions",
    listed(externalOf(told), "None: no price, oracle or block has to do anything unusual."),
    "## Attack path",
    pathOf(finding),
    "## Impact",
    impactOf(told),
    "## Proof of concept",
    proofOf(told, about),
    "## Mitigation",
    mitigationOf(told),
  ].join("\n\n");
}

function summaryOf({ target, finding }: ToldFinding): string {
  const { violation } = finding;
  const own = finding.trace.steps.filter((step) => !isReaction(step)).length;
  const length = own === 0 ? "without any step but time" : `after ${own} ${own === 1 ? "step" : "steps"}`;
  const needed = finding.certificate === undefined ? "" : ", every one of which is needed";
  return `In block ${violation.block}, ${length}${needed}, ${code(violation.condition, NAME)} does not hold for ${code(target, NAME)}: ${plain(violation.evidence.summary, SENTENCE)}.`;
}

function rootCauseOf({ finding }: ToldFinding): string {
  const coupling = couplingSentence(finding);
  const points = codePointsOf(finding);
  const parts = points.slice(0, 5).flatMap(({ contract, function: called, file, line, opens, excerpt }) => {
    const where = file === undefined ? "" : ` (${code(`${file}${line === undefined ? "" : `:${line}`}`, NAME)})`;
    const why = opens === undefined ? "" : `: ${plain(opens, SENTENCE)}`;
    return [
      `- ${code(`${contract}.${called}`, NAME)}${where}${why}`,
      ...(excerpt === undefined ? [] : [fenced(cleaned(excerpt), "solidity")]),
    ];
  });
  return [
    ...(parts.length === 0
      ? ["The line was not located. The steps below are what leads to it."]
      : ["Code that the failing runs reach and their nearest survivors do not, most telling first:", ...parts]),
    ...(coupling === undefined ? [] : [`It takes ${plain(coupling, SENTENCE)}.`]),
  ].join("\n\n");
}

/** What the protocol and its users have to be like. */
function internalOf({ parameters, finding }: ToldFinding): readonly string[] {
  return [
    ...parameters.map((one) => `The parameter ${code(parameterText(one), NAME)} is set.`),
    ...finding.steps
      .filter(({ reaction }) => reaction === true)
      .map(({ actor, action }) => `${plain(actor, NAME)} does what its policy says: ${code(action, SENTENCE)}.`),
  ];
}

/** What the world around the protocol has to do. */
function externalOf({ finding }: ToldFinding): readonly string[] {
  return finding.steps
    .filter(({ data, reaction }) => EXTERNAL.has(data.kind) && reaction !== true)
    .map(
      ({ block, actor, action, consequence }) =>
        `By block ${block}, ${plain(actor, NAME)}: ${plain(action, SENTENCE)}${consequence === undefined ? "" : ` ${plain(consequence, SENTENCE)}`}.`,
    );
}

function pathOf({ steps, trace }: ToldFinding["finding"]): string {
  if (trace.steps.length === 0) return "Nobody has to do anything: time alone is enough.";
  // files of the first version say what was sent, and not what it means
  if (steps.length === 0) return "The steps are in the file, which does not describe them: find it again to renew it.";
  return steps
    .map(({ block, actor, action, inner = [], consequence, reaction }, index) => {
      const by = `${plain(actor, NAME)}${reaction === true ? " (reacting)" : ""}`;
      const then = consequence === undefined ? "" : `: ${plain(consequence, SENTENCE)}`;
      const calls = inner.map((call) => `\n   - ${code(call, SENTENCE)}`).join("");
      return `${index + 1}. Block ${block}, ${by}: ${code(action, SENTENCE)}${then}${calls}`;
    })
    .join("\n");
}

function impactOf({ finding }: ToldFinding): string {
  const { violation, found, worst, losses } = finding;
  const quantities = violation.evidence.quantities.map(
    ({ label, text }) => `${plain(label, NAME)}: ${plain(text, NAME)}`,
  );
  const protocols = losses.map(
    ({ protocol, block, most }) => `${code(protocol, NAME)} is short of ${format(most)} from block ${block} on.`,
  );
  return [
    `${plain(violation.evidence.summary, SENTENCE)}.`,
    ...(quantities.length === 0 ? [] : [quantities.map((one) => `- ${one}`).join("\n")]),
    ...(found.evidence.summary === violation.evidence.summary
      ? []
      : [`In the run that found it: ${plain(found.evidence.summary, SENTENCE)}.`]),
    ...(worst === undefined
      ? []
      : [
          `With larger amounts in the same steps, at least: ${plain(worst.violation.evidence.summary, SENTENCE)}. This is the worst that a climb of some dozens of replays found, not a bound.`,
        ]),
    ...(protocols.length === 0 ? [] : [protocols.map((one) => `- ${one}`).join("\n")]),
  ].join("\n\n");
}

function proofOf(
  { target, scenario, parameters, finding, reproduction, seed, forkBlock, isFork }: ToldFinding,
  about: About,
): string {
  const origin = `Seed ${seed}, ${isFork === true ? "fork block" : "block"} ${forkBlock}.`;
  if (reproduction === undefined) return `${origin} The reproduction could not be written.`;
  const file = fileOf(path.resolve(about.root, reproduction), about);
  const test = renderTestFile(
    {
      file: path.basename(reproduction),
      target,
      scenario,
      parameters,
      violation: finding.violation,
      steps: finding.steps,
    },
    { runner: "node:test", assertions: "node:assert" },
  );
  return [
    `${origin} The reproduction ${code(file, SENTENCE)} holds the state that it touches, and replays without a node:`,
    fenced(`npx hardhat siege replay ${legible(file, SENTENCE)}`, "sh"),
    "As a test beside it:",
    fenced(test.trimEnd(), "ts"),
  ].join("\n\n");
}

/** What was seen to prevent it. What to change is for a person to say. */
function mitigationOf({ finding }: ToldFinding): string {
  const { certificate, steps } = finding;
  const survived = (certificate?.deletions ?? []).flatMap(({ step, inner, without }) => {
    const one = steps[step];
    if (one === undefined || without !== "survived") return [];
    const what = inner === undefined ? one.action : (one.inner?.[inner] ?? one.action);
    return [`- without step ${step + 1} (${code(what, SENTENCE)})`];
  });
  const proven =
    survived.length === 0
      ? []
      : [
          "Each of these was played, and the target survived; a change that has one of these effects prevents this path:",
          [...new Set(survived)].join("\n"),
        ];
  return [
    ...proven,
    "*To be completed by the author: the recommended change. Replay the scenario against it: the campaign plays this reproduction first.*",
  ].join("\n\n");
}

/** What has no verdict. */
function unresolved(entries: readonly Entry[], about: About): readonly string[] {
  const open = entries.flatMap((entry) => {
    const { kind, reason } = verdictOf(entry);
    // a probability above its limit is no finding by itself, and has no path of its own unless some were minimised
    const isUntold = "ruin" in entry && kind === "failed" && findingsOf(entry).length === 0;
    if (kind === "passed" || (kind === "failed" && !isUntold)) return [];
    return [`- ${plain(titleOf(entry), NAME)} (${code(fileOf(entry.file, about), NAME)}): ${plain(reason, SENTENCE)}`];
  });
  return open.length === 0 ? [] : [`# Not decided\n\n${open.join("\n")}`];
}

function listed(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.map((item, index) => `${index + 1}. ${item}`).join("\n");
}

function cleaned(text: string): string {
  return text
    .split("\n")
    .map((line) => legible(line, SENTENCE))
    .join("\n");
}
