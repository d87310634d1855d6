import type {
  CampaignResult,
  IncompleteResult,
  InconclusiveResult,
  Interruption,
  SurvivedResult,
  ViolationResult,
} from "../engine/campaign/campaign-result.js";
import type { Finding } from "../engine/campaign/finding.js";
import type { StepData } from "../engine/events/step-description.js";
import type { Cascade, CascadeNode } from "../engine/explain/cascade.js";
import type { Loss } from "../engine/explain/losses.js";
import type { Worst } from "../engine/reproduction/finding-record.js";
import type { Violation } from "../engine/run/outcome.js";
import type { CallOutcome, Disagreement } from "../engine/search/agreement.js";
import type { Interference } from "../order-flow/interference.js";
import type { Line } from "./series.js";

import { isChain, mainPath } from "../engine/explain/cascade.js";
import { nounOf } from "../engine/explain/noun.js";
import { harmText } from "../engine/minimise/harm-in-evidence.js";
import { missingText } from "../engine/shards/missing.js";
import { format } from "../quantity/format.js";
import { legible, NAME_WIDTH } from "../quantity/legible.js";

import { activityLines } from "./activity.js";
import { caveatsOf } from "./caveats.js";
import { codeTexts } from "./code-rows.js";
import { columnsOf, padded } from "./columns.js";
import { blockText, count, row, toText } from "./lines.js";
import { notCountedLines } from "./not-counted.js";
import { parameterLines } from "./parameters.js";
import { proposedLines } from "./proposed.js";
import { replayedLines } from "./replayed.js";
import { inSeries } from "./series.js";
import { targetLines } from "./target-lines.js";
import { unsavedContents, unsavedLines } from "./unsaved.js";

/** The most recorded transactions that are listed. */
const INTERFERENCES = 5;

/** The most violations of other causes that are listed. */
const ALSO = 3;

/** The most amounts of the steps that do most harm. */
const WORST_AMOUNTS = 3;

/** Of the way to a violation, how many of its first and last stations are listed. */
const FIRST = 4;
const LAST = 2;

/** The widest summary of a violation. */
const SUMMARY = 300;

/** The widest text of a step, and of a name in the first line. */
const TEXT = 200;

/** The widest action that shares its line with a consequence. */
const ACTION = 56;

/**
 * The failure message: what broke, the smallest sequence that breaks it, and how to replay it. Between two runs of the same
 * campaign, only the seconds in its last line differ.
 *
 * @param result - of `siege.run(...)`, if its `kind` is `violation`
 * @returns lines without colours and without a trailing newline
 */
export function renderFailure(result: ViolationResult): string {
  const { findings } = result;
  const known = new Set(findings.map(({ violation }) => violation.cause));
  const lines = [
    `${nameOf(result.target)} did not survive "${nameOf(result.scenario)}"`,
    ...findings.flatMap((finding, index) => [
      "",
      ...(findings.length === 1 ? [] : [`  finding ${index + 1} of ${findings.length}`]),
      ...findingLines(finding, result.blocks, known),
    ]),
    ...activityRows(result),
    ...targetLines(result.source),
    ...parameterLines(result.parameters),
    ...replayedLines(result.replayed),
    ...shardRows(result),
    ...(result.cut === undefined ? [] : [`  it did not look for further findings until its end: ${why(result.cut)}`]),
    ...proposedLines(result.proposals),
    ...notCountedLines(result.notCounted),
    footer(result),
    ...explorationLines(result),
  ];
  return [toText(lines), ...findings.flatMap(({ unsaved }) => unsavedContents(unsaved))].join("\n");
}

/**
 * The report of a campaign that found nothing: how far it searched, never that nothing can happen.
 *
 * @param result - of `siege.run(...)`, if its `kind` is `survived`
 */
export function renderSurvived(result: SurvivedResult): string {
  return toText([
    `${nameOf(result.target)} survived "${nameOf(result.scenario)}"`,
    `  ${count(result.cost.runs, "run")} of up to ${count(result.blocks, "block")}, ${count(result.cost.actions, "action")} took effect${triedLine(result)}; no condition was violated`,
    ...caveatsOf(result).map((text) => `  ${text}`),
    ...targetLines(result.source),
    ...parameterLines(result.parameters),
    ...activityRows(result),
    ...replayedLines(result.replayed),
    ...proposedLines(result.proposals),
    ...notCountedLines(result.notCounted),
    ...explorationLines(result),
    `  seed ${result.seed}, ${blockText(result)}, ${seconds(result.cost.seconds)}`,
  ]);
}

/** What it took to find moves that the contracts accept. */
function triedLine({ cost }: CampaignResult): string {
  return cost.trials === 0 ? "" : ` (${count(cost.trials, "call")} tried for them)`;
}

/**
 * The report of a campaign that found nothing and says nothing about the target. It never says "survived".
 *
 * @param result - of `siege.run(...)`, if its `kind` is `inconclusive`
 */
export function renderInconclusive(result: InconclusiveResult): string {
  return toText([
    `The siege of ${nameOf(result.target)} by "${nameOf(result.scenario)}" is inconclusive`,
    `  ${count(result.cost.runs, "run")} of up to ${count(result.blocks, "block")}, ${count(result.cost.actions, "action")} took effect${triedLine(result)}; this is neither a pass nor a failure`,
    ...result.doubts.flatMap(({ message, hint }) => [`  - ${message}`, `    ${hint}`]),
    ...activityRows(result),
    ...replayedLines(result.replayed),
    ...proposedLines(result.proposals),
    ...notCountedLines(result.notCounted),
    ...explorationLines(result),
    `  seed ${result.seed}, ${blockText(result)}, ${seconds(result.cost.seconds)}`,
  ]);
}

/**
 * The report of a campaign, whatever its end.
 *
 * @param result - of `siege.run(...)`
 */
export function renderResult(result: CampaignResult): string {
  switch (result.kind) {
    case "survived":
      return renderSurvived(result);
    case "violation":
      return renderFailure(result);
    case "inconclusive":
      return renderInconclusive(result);
    case "incomplete":
      return renderIncomplete(result);
  }
}

function activityRows({ activity, cost, kind }: CampaignResult): readonly string[] {
  // a saved reproduction came first
  if (cost.runs === 0 && kind === "violation") return [];
  return activityLines(activity, kind).map(({ label, text }) => row(label, text));
}

/**
 * The report of a campaign that did not finish. It never says "survived".
 *
 * @param result - of `siege.run(...)`, if its `kind` is `incomplete`
 */
export function renderIncomplete(result: IncompleteResult): string {
  const { finding } = result;
  const lines = [
    `The siege of ${nameOf(result.target)} by "${nameOf(result.scenario)}" is incomplete: ${why(result)}`,
    `  ${count(result.cost.runs, "run")} completed; this is neither a pass nor a failure`,
    ...targetLines(result.source),
    ...parameterLines(result.parameters),
    ...(finding === undefined
      ? []
      : ["", "  found so far, neither minimal nor confirmed:", "", ...findingLines(finding, result.blocks)]),
    ...activityRows(result),
    ...replayedLines(result.replayed),
    ...proposedLines(result.proposals),
    ...notCountedLines(result.notCounted),
    ...shardRows(result),
    `  seed ${result.seed}, ${blockText(result)}, ${seconds(result.cost.seconds)}`,
  ];
  return [toText(lines), ...unsavedContents(finding?.unsaved ?? [])].join("\n");
}

/** Whose runs are not in the result. */
function shardRows({ shards }: CampaignResult): readonly string[] {
  return shards === undefined
    ? []
    : [row("shards", `${missingText(shards)}, and ${shards.missing.length === 1 ? "has" : "have"} earlier runs`)];
}

function why({ reason, error }: Interruption): string {
  if (reason === "error") return `stopped by an error: ${error?.message ?? "unknown"}`;
  return `stopped by ${reason === "interrupted" ? "an interruption" : "the time limit"}`;
}

/** @param known - the causes of all findings of the report */
function findingLines(finding: Finding, horizon: number, known: ReadonlySet<string> = new Set()): readonly string[] {
  const { violation, steps, reproduction } = finding;
  const certified = finding.certificate !== undefined;
  // what comes from the file of a regression was not computed by this campaign
  const recorded = (text: string): string => (finding.run === 0 ? `as recorded: ${text}` : text);
  return [
    row("violated", summaryOf(violation)),
    ...(certified
      ? [row(finding.run === 0 ? "recorded" : "as found", legible(finding.found.evidence.summary, SUMMARY))]
      : []),
    // neither begins with "at": reporters take such lines for the first frame of the stack
    ...(finding.worst === undefined ? [] : [row("harm", worstText(finding.worst))]),
    row("when", `block ${violation.block} of ${horizon}${sizeText(finding)}`),
    "",
    ...(steps.length === 0 ? [] : [...table(inSeries(steps, finding.rounds).map(printable)), ""]),
    ...couplingRows(finding),
    ...codeRows(finding),
    ...(finding.cascade === undefined || !isChain(finding.cascade)
      ? []
      : [row("cascade", recorded(cascadeText(finding.cascade)))]),
    ...(finding.losses.length === 0 ? [] : [row("contagion", recorded(finding.losses.map(lossText).join(" -> ")))]),
    ...interferenceLines(finding.interferences),
    ...alsoLines(finding.also.filter(({ cause }) => !known.has(cause))),
    ...(reproduction === undefined ? [] : [row("replay", `npx hardhat siege replay ${argument(reproduction)}`)]),
    ...unsavedLines(finding.unsaved),
  ];
}

/** Violations of other causes, of which nothing more is known. */
function alsoLines(also: readonly Violation[]): readonly string[] {
  const lines = also.slice(0, ALSO).map((violation) => row("also seen", summaryOf(violation)));
  const more = also.length - lines.length;
  return [
    ...lines,
    ...(more > 0 ? [row("also seen", `and ${count(more, "other cause")}`)] : []),
    ...(also.length > 0 ? [row("", "--findings all makes each other cause a finding of its own")] : []),
  ];
}

/** `at worst, with these steps, bad debt $9,000.00; deposit pays 24 WETH; borrow gets 41,000 USDC` */
function worstText({ violation, steps }: Worst): string {
  const did = steps.flatMap(({ data, consequence, reaction }) => {
    if (data.kind !== "call" || reaction === true || consequence === undefined) return [];
    // the first amount of `pays 500 USDC, gets 480 shares`: the argument may be one that the contract clamped
    return [legible(`${functionOf(data)} ${consequence.split(", ")[0] ?? ""}`, TEXT)];
  });
  const more = did.length - WORST_AMOUNTS;
  const parts = [
    legible(harmText(violation.evidence), SUMMARY),
    ...did.slice(0, WORST_AMOUNTS),
    ...(more > 0 ? [`and ${count(more, "other call")}`] : []),
  ];
  return `at worst, with these steps, ${parts.join("; ")}`;
}

function functionOf(data: StepData): string {
  return "function" in data ? data.function : data.kind;
}

/** A path as a shell takes it: the file of a stranger may be named like a command. */
function argument(file: string): string {
  return /^[\w./\\:@-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}

function nameOf(name: string): string {
  return legible(name, TEXT);
}

function summaryOf({ condition, evidence }: Violation): string {
  return `${legible(condition, NAME_WIDTH)}: ${legible(evidence.summary, SUMMARY)}`;
}

/** A line as wide as it will be printed: the columns are measured by it. */
function printable({ actor, action, consequence, inner, ...line }: Line): Line {
  return {
    ...line,
    actor: legible(actor, NAME_WIDTH),
    action: legible(action, TEXT),
    consequence: consequence === undefined ? undefined : legible(consequence, TEXT),
    ...(inner === undefined ? {} : { inner: inner.map((call) => legible(call, TEXT)) }),
  };
}

/** How many steps it takes, and how many it took at first. */
function sizeText({ steps, original, certificate }: Finding): string {
  const own = steps.filter(({ reaction }) => reaction !== true);
  const from = original.steps.length > own.length ? `from ${original.steps.length}` : undefined;
  if (own.length === 0) {
    const enough = steps.length === 0 ? "time alone is enough" : "what honest agents do is enough";
    return `; no step is needed${from === undefined ? "" : ` (${from})`}: ${enough}`;
  }
  const needed = certificate === undefined ? "not minimal yet" : "every one is needed";
  return `, ${count(own.length, "step")} (${[...(from === undefined ? [] : [from]), needed].join("; ")})`;
}

/** The recorded transactions whose outcome the agents change, one line each. */
function interferenceLines(interferences: readonly Interference[]): readonly string[] {
  const lines = interferences
    .slice(0, INTERFERENCES)
    .map(({ block, hash, was, is }) => row("order flow", `block ${block}  ${hash} ${is}, ${was} without the agents`));
  const more = interferences.length - lines.length;
  return more > 0 ? [...lines, row("order flow", `and ${count(more, "other transaction")}`)] : lines;
}

function footer(result: ViolationResult): string {
  const runs = result.findings.map(({ run: number }) => (number === 0 ? "a saved reproduction" : `run ${number}`));
  const run = [...new Set(runs)].join(", ");
  const { totalRuns } = result.cost;
  return `  seed ${result.seed}, ${run}, ${blockText(result)}, ${count(totalRuns, "run")} in total, ${seconds(result.cost.seconds)}`;
}

/** Which capital is not honest, what was discarded, and why the search was faithful, if any of it applies. */
function explorationLines({ discarded, explored, funding }: CampaignResult): readonly string[] {
  return [
    ...funding.map(({ token, why }) => row("capital", `${token}: ${why}`)),
    ...(discarded === 0
      ? []
      : [
          `  ${count(discarded, "candidate")} discarded: found in batched blocks, not reproduced with one transaction per call`,
        ]),
    ...(explored.notInRunner === undefined
      ? []
      : [`  searched outside of the Solidity test runner, more slowly: ${legible(explored.notInRunner, TEXT)}`]),
    ...(explored.minimisedAsTransactions === undefined
      ? []
      : [`  minimised with one transaction per call, more slowly: ${legible(explored.minimisedAsTransactions, TEXT)}`]),
    ...(explored.because === undefined
      ? []
      : [
          `  searched with one transaction per call${(explored.from ?? 1) > 1 ? ` from run ${explored.from ?? 1} on` : ""}: contracts behave differently in batched blocks (${disagreementText(explored.because)})`,
        ]),
  ];
}

function disagreementText({ agent, function: called, faithful, batched, block, run }: Disagreement): string {
  const outcome = (one: CallOutcome): string => (one === "refused" || one === "not submitted" ? `is ${one}` : one);
  return `${agent}'s ${called} ${outcome(faithful)} as a transaction but ${outcome(batched)} in a batch, in block ${block} of run ${run}`;
}

function table(lines: readonly Line[]): readonly string[] {
  const width = (of: (line: Line) => string): number => Math.max(0, ...lines.map((line) => columnsOf(of(line))));
  const number = width((line) => line.number);
  const block = width((line) => line.block);
  const actor = width((line) => line.actor);
  const action = Math.min(
    ACTION,
    width((line) => line.action),
  );
  return lines.flatMap((line) => {
    const left = [line.number.padStart(number), `block ${line.block.padStart(block)}`];
    const start = `  ${[...left, padded(line.actor, actor)].join("  ")}  `;
    if (line.inner !== undefined) {
      const indent = " ".repeat(columnsOf(start));
      const sum = line.consequence === undefined ? [] : [`${indent}= ${line.consequence}`];
      return [`${start}${line.action}`, ...line.inner.map((call) => `${indent}- ${call}`), ...sum];
    }
    if (line.consequence === undefined) return [`${start}${line.action}`];
    if (columnsOf(line.action) <= action) return [`${start}${padded(line.action, action)}  ${line.consequence}`];
    // a long call has a line of its own, so that the other consequences stay aligned
    return [`${start}${line.action}`, `${" ".repeat(columnsOf(start) + action)}  ${line.consequence}`];
  });
}

function lossText({ protocol, block, most }: Loss): string {
  return `${legible(protocol, NAME_WIDTH)} ${format(most)} from block ${block}`;
}

/** The longest way to the violation, of a long one its beginning and its end. */
function cascadeText(cascade: Cascade): string {
  const labels = mainPath(cascade).map(stationText);
  const more = labels.length - FIRST - LAST;
  const shown = more > 1 ? [...labels.slice(0, FIRST), `${more} more`, ...labels.slice(-LAST)] : labels;
  return shown.map((label) => legible(label, NAME_WIDTH)).join(" -> ");
}

/** The contracts and the numbers are in the steps and in the line of the violation. */
function stationText({ label, kind }: CascadeNode): string {
  if (kind === "violation") return label.split(": ")[0] ?? label;
  return kind === "call" ? label.replace(/: .*\./, ": ") : label;
}

/** Whose accounts have code: it is not how they were given to the scenario. */
function codeRows({ steps }: Finding): readonly string[] {
  const calledBack = new Set(steps.flatMap(({ actor, data }) => ("inside" in data ? [actor] : [])));
  return [...calledBack].map((actor) =>
    row(
      "account",
      `${legible(actor, NAME_WIDTH)} has code that is called back, as EIP-7702 allows; callbacks: false forbids it`,
    ),
  );
}

/** What the failure needs together, and where in the code it meets. */
function couplingRows(finding: Finding): readonly string[] {
  const kinds = finding.coupling === undefined ? [] : [couplingText(finding)];
  return [...kinds, ...codeTexts(finding.code)].map((text, index) => row(index === 0 ? "coupling" : "", text));
}

function couplingText({ coupling = [], steps }: Finding): string {
  const nouns = coupling.map((kind) => nounOf(steps.flatMap(({ data }) => (data.kind === kind ? [data] : []))));
  return `${nouns.slice(0, -1).join(", ")} and ${nouns.at(-1) ?? ""} together; without ${nouns.length === 2 ? "either" : "any one of them"} the target survives`;
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}
