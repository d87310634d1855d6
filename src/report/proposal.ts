import type { Threshold } from "../engine/minimise/certificate.js";
import type {
  ProposalFinding,
  ProposalOrder,
  ProposalResult,
  ProposalRuin,
  ProposalVote,
  StorageChange,
} from "../risk/proposal/proposal-result.js";

import { formatInteger, formatSpan } from "../quantity/format.js";
import { legible } from "../quantity/legible.js";
import { formatProbability } from "../quantity/probability.js";

import { count } from "./lines.js";

/** The widest text. */
const WIDTH = 300;

/** The most steps of a vote that are listed. */
const STEPS = 20;

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
    ...proposals.flatMap(({ name, executor, vote, unvoted, actions }) => [
      "",
      `## ${plain(name)}`,
      "",
      ...(vote === undefined ? [withoutVote(executor, unvoted)] : voteLines(vote)),
      "",
      ...actions.flatMap(({ to, text, value, delegates, changes = [] }) => [
        `- ${quoted(text)} of ${quoted(to)}${value === undefined ? "" : ` with ${value} wei`}${delegates ? ", by delegatecall: its code is the executor's own" : ""}`,
        ...changes.slice(0, SLOTS).map((one) => `  - ${changeText(one)}`),
        ...(changes.length > SLOTS ? [`  - and ${changes.length - SLOTS} more slots`] : []),
      ]),
    ]),
    ...orders.flatMap((order) => orderLines(order, orders.length > 1)),
    "",
    `Seed ${seed}, ${seconds.toFixed(1)} s. No alarm means that these paths, runs and searches showed no harm.`,
  ].join("\n");
}

/** `0x…` slot `0x2`, `loanLimit()`: 8,000 to 12,000 */
function changeText({ address, slot, name, parts = [], from, to }: StorageChange): string {
  const values =
    parts.length === 0
      ? `${numberOf(from)} to ${numberOf(to)}`
      : parts.map((part) => `${part.name} ${part.from} to ${part.to}`).join(", ");
  return `${quoted(address)} slot ${quoted(short(slot))}${name === undefined ? "" : `, ${quoted(name)}`}: ${values}`;
}

function withoutVote(executor: string, why: string | undefined): string {
  const as = executor === "owner" ? "the owner of each contract" : quoted(executor);
  return `Executed as ${as}, without a vote${why === undefined ? "" : `: ${plain(why)}`}.`;
}

/** How it passed, and how long that took. */
function voteLines(vote: ProposalVote): readonly string[] {
  const { governor, kind, timelock, id, found, steps, blocks, seconds, decimals } = vote;
  const votes = (text: string): string => formatInteger(BigInt(text) / 10n ** BigInt(decimals));
  const span = (passed: number): string => (passed === 0 ? "at once" : formatSpan(passed));
  const words = { delegate: "delegated its votes to itself", propose: "proposed it", vote: "voted for it" } as const;
  return [
    `Passed in ${quoted(governor)} (${kind}), ${found ? "found there" : "proposed"} under the id ${id}, and executed by it after ${formatInteger(BigInt(blocks))} blocks (${span(seconds)}). The same time passes before it.`,
    "",
    ...steps
      .slice(0, STEPS)
      .map(
        ({ what, by, block, seconds: passed }) =>
          `- block ${formatInteger(BigInt(block))} (${span(passed)}): ${quoted(by)} ${what === "queue" ? `queued it in ${quoted(timelock ?? governor)}` : words[what]}`,
      ),
    ...(steps.length > STEPS ? [`- and ${count(steps.length - STEPS, "more step")}`] : []),
    `- ${votes(vote.votesFor)} votes for, ${votes(vote.votesAgainst)} against, ${votes(vote.votesNeeded)} needed`,
  ];
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
