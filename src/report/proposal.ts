import type { Threshold } from "../engine/minimise/certificate.js";
import type { ProposalFinding, ProposalOrder, ProposalResult, ProposalRuin } from "../risk/proposal/proposal-result.js";

import { legible } from "../quantity/legible.js";
import { formatProbability } from "../quantity/probability.js";

import { count } from "./lines.js";

/** The widest text. */
const WIDTH = 300;

/** The most slots of storage that are listed for a call. */
const SLOTS = 5;

/**
 * A judged proposal as Markdown, for a forum or a pull request. What comes from the proposal is quoted as text.
 *
 * @param result - of `siege.proposal(...)`
 * @returns without a trailing newline
 */
export function renderProposal(result: ProposalResult): string {
  const { proposals, orders, verdict, scenario, target, seed, seconds, forkBlock, cut } = result;
  return [
    `# ${VERDICTS[verdict]}`,
    "",
    `${quoted(target)} in ${quoted(scenario)}, at block ${forkBlock}, before and after ${count(proposals.length, "proposal")}.`,
    ...(cut === undefined ? [] : ["", `Stopped by ${cut === "interrupted" ? "an interruption" : "the time limit"}.`]),
    ...proposals.flatMap(({ name, executor, actions }) => [
      "",
      `## ${plain(name)}`,
      "",
      executor === "owner"
        ? "Executed as the owner of each contract, without a vote."
        : `Executed as ${quoted(executor)}, without a vote.`,
      "",
      ...actions.flatMap(({ to, text, value, delegates, changes = [] }) => [
        `- ${quoted(text)} of ${quoted(to)}${value === undefined ? "" : ` with ${value} wei`}${delegates ? ", by delegatecall: its code is the executor's own" : ""}`,
        ...changes
          .slice(0, SLOTS)
          .map(
            (one) =>
              `  - ${quoted(one.address)} slot ${quoted(short(one.slot))}: ${numberOf(one.from)} to ${numberOf(one.to)}`,
          ),
        ...(changes.length > SLOTS ? [`  - and ${changes.length - SLOTS} more slots`] : []),
      ]),
    ]),
    ...orders.flatMap((order) => orderLines(order, orders.length > 1)),
    "",
    `Seed ${seed}, ${seconds.toFixed(1)} s. No alarm means that these paths, runs and searches showed no harm.`,
  ].join("\n");
}

const VERDICTS: Readonly<Record<ProposalResult["verdict"], string>> = {
  harmful: "Harmful",
  reverts: "It cannot be executed",
  "no alarm": "No alarm",
  incomplete: "Incomplete",
};

function orderLines(
  { order, refused, ruin, outcomes, changed = [], appeared = [], vanished = [] }: ProposalOrder,
  isNamed: boolean,
): readonly string[] {
  return [
    "",
    isNamed ? `## In the order ${order.map(plain).join(", then ")}` : "## What changes",
    "",
    ...(refused === undefined ? [] : [`- It reverts: ${quoted(refused)}`]),
    ...appeared.flatMap((finding) => findingLines("New", finding)),
    ...vanished.flatMap((finding) => findingLines("Gone", finding)),
    ...(refused === undefined && appeared.length === 0 && vanished.length === 0
      ? ["- The search found the same before and after."]
      : []),
    ...(ruin === undefined ? [] : [`- ${ruinText(ruin)}`]),
    ...(outcomes === undefined
      ? []
      : [
          `- Of the same runs, ${outcomes.broken} broke only after it, ${outcomes.fixed} only before, ${outcomes.bothBroke + outcomes.otherwise} on both sides, ${outcomes.bothSurvived} on neither.`,
        ]),
    ...changed
      .slice(0, 1)
      .flatMap(({ first }) =>
        first === undefined
          ? []
          : [`- First difference: block ${first.block}, ${quoted(first.one)} before and ${quoted(first.other)} after.`],
      ),
  ];
}

function findingLines(
  word: string,
  { condition, summary, block, steps, needsMarket, moves, reproduction }: ProposalFinding,
): readonly string[] {
  const how = needsMarket ? "" : block === 0 ? ", at once" : ", without any market move";
  return [
    `- ${word}: ${quoted(condition)} in block ${block}, ${count(steps, "step")}${how}: ${plain(summary)}`,
    ...moves.map((move) => `  - ${moveText(move)}`),
    ...(reproduction === undefined ? [] : [`  - \`npx hardhat siege replay ${plain(reproduction)}\``]),
  ];
}

/** The smallest move that does it. */
function moveText({ kind, fails, survives, unit }: Threshold): string {
  const text = (value: number): string => (unit === "ppm" ? `${(value / 10_000).toFixed(2)} %` : `${value} ${unit}`);
  return `It takes a ${kind} move of ${text(fails)}; ${text(survives)} does nothing.`;
}

function ruinText({ before, after, difference, paths }: ProposalRuin): string {
  const of = (value: number | undefined): string => (value === undefined ? "unknown" : formatProbability(value));
  const signed = (value: number): string => `${value < 0 ? "-" : "+"}${formatProbability(Math.abs(value))}`;
  const { value, lower, upper, confidence } = difference;
  return `Ruin ${of(before.value)} before and ${of(after.value)} after, on the same ${count(paths, "path")}: ${signed(value)}, between ${signed(lower)} and ${signed(upper)} with ${formatProbability(confidence)} confidence.`;
}

/** As code, whatever is in it. */
function quoted(text: string): string {
  return `\`${legible(text, WIDTH).replaceAll("`", "'")}\``;
}

/** As text in which nothing is markup. */
function plain(text: string): string {
  return legible(text, WIDTH).replaceAll(/[\\`*_[\]<>#|]/g, (character) => `\\${character}`);
}

function short(word: string): string {
  return word.replace(/^0x0+(?=.)/, "0x");
}

/** A word as a number if it is small enough to be one. */
function numberOf(word: string): string {
  const value = BigInt(word);
  return value < 2n ** 96n ? value.toLocaleString("en-US") : quoted(short(word));
}
