import type { StepDescription } from "../../engine/events/step-description.js";
import type { CallStep } from "../../engine/events/trace.js";
import type { FindingRecord } from "../../engine/reproduction/finding-record.js";
import type { Hermetic } from "../../engine/reproduction/reproduction.js";
import type { Wording } from "./calls.js";

import { decodeFunctionData } from "viem";

import { fluxAggregatorAbi, proxyAbi, siegeFeedAbi } from "../../oracles/chainlink/abi.js";
import { encodeCall } from "../../protocols/call.js";
import { isSameAddress } from "../../quantity/address.js";

import { encodedCall } from "./calls.js";
import { bytesLiteral, comment, numberLiteral } from "./literals.js";

type Block = Hermetic["script"]["blocks"][number];

type Sent = Block["transactions"][number];

/** What publishes prices, besides the functions of mocks. */
const FEEDS = [...fluxAggregatorAbi, ...siegeFeedAbi, ...proxyAbi];

/** A transaction of the script with what is known of it. */
export interface Scripted {
  readonly transaction: Sent;
  readonly receipt: Block["receipts"][number];
  /** The index of the step that it is; `undefined` for what a feed published and for recorded order flow. */
  readonly step: number | undefined;
}

/** The transactions of the blocks, matched with the steps that they are, in order. */
export function scripted(
  { script }: Hermetic,
  { trace }: Pick<FindingRecord, "trace">,
): readonly (readonly Scripted[])[] {
  const steps = trace.steps.map((step) => (step.kind === "call" ? { to: step.to, data: dataOf(step) } : undefined));
  // from the end: of calls that were made again after a reorganisation, the later ones remain
  let before = steps.length;
  const stepOf = ({ to, data }: Sent): number | undefined => {
    const step = steps.findLastIndex(
      (one, at) => at < before && one?.data === data && to !== undefined && isSameAddress(one.to, to),
    );
    if (step === -1) return undefined;
    before = step;
    return step;
  };
  return script.blocks
    .toReversed()
    .map(({ transactions, receipts }) =>
      transactions
        .flatMap((transaction, index): readonly Omit<Scripted, "step">[] => {
          const receipt = receipts[index];
          return receipt === undefined ? [] : [{ transaction, receipt }];
        })
        .toReversed()
        .map((one): Scripted => ({ ...one, step: stepOf(one.transaction) }))
        .toReversed(),
    )
    .toReversed();
}

/** What feeds publish has no step, and is known by its function. */
export function publication({
  to,
  data,
}: Sent): { readonly name: string; readonly args: readonly unknown[] } | undefined {
  if (to === undefined) return undefined;
  try {
    const { functionName, args } = decodeFunctionData({ abi: FEEDS, data });
    return { name: functionName, args };
  } catch {
    return undefined;
  }
}

/** The code that plays the blocks. */
export function scriptLines(
  wording: Wording,
  { hermetic, finding }: { readonly hermetic: Hermetic; readonly finding: FindingRecord },
): readonly string[] {
  const { script, state } = hermetic;
  const blocks = scripted(hermetic, finding);
  const { steps } = finding;
  const told = new Set<number>();
  // rests and reorganisations have other blocks than the run
  const isStraight = script.blocks.length === finding.trace.blocks;
  let height = Number(state.block.number);
  return script.blocks.flatMap((block, index) => {
    height += 1 + (block.empty?.blocks ?? 0);
    const transactions = blocks[index] ?? [];
    const isLast = index === script.blocks.length - 1;
    const due = steps.filter(
      (step) => !told.has(step.step) && isDue(step, { index, isStraight, isLast, transactions }),
    );
    const own = new Set(transactions.map(({ step }) => step));
    for (const { step } of due) told.add(step);
    const notes = due
      .filter(({ step }) => !own.has(step))
      // a call that is in none of the blocks: a reorganisation replaced the one that it was in
      .map((step) => `// ${stepText(step)}${step.data.kind === "call" ? " (not in these blocks)" : ""}`);
    if (transactions.length === 0 && notes.length === 0 && !isLast) return [];
    const { timestamp, baseFee, prevRandao } = block.environment;
    return [
      `// block ${index + 1}`,
      `_mine(${height}, ${timestamp}, ${numberLiteral(baseFee)}, ${prevRandao});`,
      ...notes,
      ...transactions.flatMap((one) => sendLines(wording, one, block, finding)),
      "",
    ];
  });
}

/** Whether a step that is no transaction is told in a block. */
function isDue(
  { step, block }: StepDescription,
  at: {
    readonly index: number;
    readonly isStraight: boolean;
    readonly isLast: boolean;
    readonly transactions: readonly Scripted[];
  },
): boolean {
  if (at.isLast || at.transactions.some((one) => one.step === step)) return true;
  return at.isStraight
    ? block <= at.index + 1
    : at.transactions.some((one) => one.step !== undefined && one.step > step);
}

function sendLines(
  wording: Wording,
  { transaction, receipt, step }: Scripted,
  { environment }: Block,
  { steps, trace }: Pick<FindingRecord, "steps" | "trace">,
): readonly string[] {
  const { names } = wording;
  const { from, to = from, value, maxFeePerGas, maxPriorityFeePerGas } = transaction;
  const isFeed = step === undefined && publication(transaction) !== undefined;
  const [sender, receiver] = [
    names.of(from, isFeed ? "FEED_ORACLE" : "ACCOUNT"),
    names.of(to, isFeed ? "FEED" : "CONTRACT"),
  ];
  const played = step === undefined ? undefined : trace.steps[step];
  const call = callOf(wording, transaction, {
    described: steps.find((one) => one.step === step),
    made: played?.kind === "call" && played.inner === undefined ? played : undefined,
  });
  const tip = maxFeePerGas - environment.baseFee;
  const price = environment.baseFee + (tip < maxPriorityFeePerGas ? tip : maxPriorityFeePerGas);
  const send = [
    "_send({",
    `    from: ${sender},`,
    `    to: ${receiver},`,
    `    value: ${numberLiteral(value)},`,
    `    data: ${call.data},`,
    `    gasCost: ${numberLiteral(receipt.gasUsed * price)},`,
    `    succeeds: ${String(receipt.success)}`,
    "});",
  ];
  const notes = call.notes.map((note) => `// ${comment(note)}`);
  // lists are variables, which end with their call
  const code = call.before.length === 0 ? send : ["{", ...[...call.before, ...send].map((line) => `    ${line}`), "}"];
  return [...notes, ...code];
}

function callOf(
  wording: Wording,
  transaction: Sent,
  { described, made }: { readonly described: StepDescription | undefined; readonly made: CallStep | undefined },
): { readonly before: readonly string[]; readonly data: string; readonly notes: readonly string[] } {
  const { to, data } = transaction;
  const raw = { before: [], data: bytesLiteral(data) };
  if (described !== undefined) {
    const inner = (described.inner ?? []).map((line) => `     ${line}`);
    const notes = [stepText(described), ...inner];
    return made === undefined ? { ...raw, notes } : { ...encodedCall(wording, made), notes };
  }
  const published = publication(transaction);
  if (published === undefined || to === undefined) return { ...raw, notes: [`a call of ${data.slice(0, 10)}`] };
  const item = FEEDS.find(({ name }) => name === published.name);
  const notes = [`a feed publishes: ${published.name}(${published.args.map(String).join(", ")})`];
  return item === undefined
    ? { ...raw, notes }
    : { ...encodedCall(wording, { to, function: item, args: published.args }), notes };
}

function stepText({ step, actor, action, consequence }: StepDescription): string {
  return comment(`${step + 1}  ${actor}: ${action}${consequence === undefined ? "" : `  ${consequence}`}`);
}

function dataOf({ to, function: item, args, value, inner }: CallStep): Sent["data"] {
  return encodeCall({ to, function: item, args, value, ...(inner === undefined ? {} : { inner }) });
}
