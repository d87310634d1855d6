import type { Hex } from "viem";

import type { ChainStatement, NotOnChain } from "../../conditions/on-chain.js";
import type { Interference } from "../../order-flow/interference.js";
import type { EventKinds } from "../events/kinds.js";
import type { Trace, TraceStep } from "../events/trace.js";
import type { RoundDescription } from "../explain/placed-rounds.js";
import type { Aim } from "../run/aim.js";
import type { Verdict } from "../run/outcome.js";
import type { Player } from "../run/player.js";
import type { Judged, MinedBlock, RunState } from "../run/state.js";
import type { CallEffect } from "./effect.js";
import type { Script, ScriptBlock } from "./script.js";

import { kindsOf } from "../events/kinds.js";
import { RoundWatch } from "../explain/placed-rounds.js";

import { effectOf } from "./effect.js";
import { receiptOf } from "./script.js";

/** Whose a transaction of a recording is: a step's, by its index in the trace, or a feed's, by its name; otherwise nobody's. */
export interface TransactionOrigin {
  readonly step?: number;
  readonly feed?: string;
}

/** What a block of a recording's script stands for. */
export interface RecordedBlock {
  /** The block of the run. */
  readonly block: number;
  /** The steps in it that are no transactions, which come before all that are. */
  readonly happened: readonly number[];
  /** Of its transactions, in order. */
  readonly origins: readonly TransactionOrigin[];
  /** The state of the run after it; `undefined` for the block at the end of a pause, which is no block of the run. */
  readonly state: RunState | undefined;
  /** How far each condition was from broken after it, 0 to 1, of those that tell. */
  readonly margins: ReadonlyMap<string, number>;
}

/** A run, with everything that a reproduction keeps. */
export interface Recording {
  readonly outcome: Verdict;
  readonly script: Script;
  /** One for each block of the script. */
  readonly blocks: readonly RecordedBlock[];
  /** Recorded transactions that have a different outcome than without the agents. */
  readonly interferences: readonly Interference[];
  /** What each step of the trace that is a transaction did, by index. */
  readonly effects: ReadonlyMap<number, CallEffect>;
  /** What the feeds published, as far as it changes what is seen. */
  readonly rounds: readonly RoundDescription[];
  /** The violated condition as something that a contract can check; `undefined` if it cannot be said so. */
  readonly statement: ChainStatement | NotOnChain | undefined;
}

/** Plays a trace once more, to the violation aimed at, and records what happens on the chain. */
export async function record(player: Player, trace: Trace, aim: Aim): Promise<Recording> {
  const { chain, lens } = player.world;
  const kinds = kindsOf(player.world);
  const blocks: { readonly script: ScriptBlock; readonly recorded: RecordedBlock }[] = [];
  const effects: CallEffect[] = [];
  let answer: Hex = "0x";
  let interferences: readonly Interference[] = [];
  let margins = new Map<string, number>();
  const rounds = new RoundWatch(player.world);
  const mined = async (played: MinedBlock): Promise<void> => {
    const { environment, calls, intents, inclusions, mined: transactions, rest, block, state } = played;
    rounds.after(played);
    // feeds and recorded transactions are not steps
    const ofSteps = new Set(
      inclusions.flatMap((inclusion, index) =>
        inclusion.kind === "transaction" && intents[index] !== undefined ? [inclusion.hash] : [],
      ),
    );
    const { happened, sent } = stepsOf(state, kinds);
    const scripted = async (of: MinedBlock["mined"]): Promise<Pick<ScriptBlock, "transactions" | "receipts">> => {
      const receipts = [];
      for (const { hash } of of) receipts.push(await receiptOf(chain, hash));
      return { transactions: of.map(({ transaction }) => transaction), receipts };
    };
    for (const { hash } of transactions) if (ofSteps.has(hash)) effects.push(effectOf(await chain.receipt(hash)));
    const empty = rest?.empty === undefined ? {} : { empty: rest.empty };
    const feeds = rest?.feeds;
    if (feeds !== undefined) {
      blocks.push({
        script: { ...empty, environment: feeds.environment, ...(await scripted(feeds.mined)) },
        recorded: {
          block,
          happened: [],
          origins: feeds.mined.map(() => ({})),
          state: undefined,
          margins: new Map(),
        },
      });
    }
    const first = feeds === undefined ? empty : {};
    const senders = new Map(
      inclusions.flatMap((inclusion, index) =>
        inclusion.kind === "transaction" && intents[index] === undefined
          ? [[inclusion.hash, calls[index]?.sender] as const]
          : [],
      ),
    );
    const steps = sent.values();
    const originOf = (hash: Hex): TransactionOrigin => {
      const step = ofSteps.has(hash) ? steps.next().value : undefined;
      const feed = senders.get(hash);
      return { ...(step === undefined ? {} : { step }), ...(feed === undefined ? {} : { feed }) };
    };
    margins = new Map();
    blocks.push({
      script: { ...first, environment, ...(await scripted(transactions)) },
      recorded: { block, happened, origins: transactions.map(({ hash }) => originOf(hash)), state, margins },
    });
    ({ interferences } = state);
    answer = await chain.read(lens);
  };
  const reorganised = async (block: number): Promise<void> => {
    // the script only has the blocks that remain
    while ((blocks.at(-1)?.recorded.block ?? 0) > block) blocks.pop();
  };
  const statements = new Map<string, ChainStatement | NotOnChain | undefined>();
  const judged = (condition: string, { margin, onChain }: Judged): void => {
    if (margin !== undefined) margins.set(condition, margin);
    if (onChain !== undefined) statements.set(condition, onChain());
  };
  const outcome = await player.trace(trace, { mined, reorganised, judged }, aim);
  const sentSteps = transactionsIn(outcome.trace, kinds);
  return {
    outcome,
    script: { blocks: blocks.map(({ script }) => script), read: lens, answer },
    blocks: blocks.map(({ recorded }) => recorded),
    interferences,
    rounds: rounds.rounds,
    statement: outcome.kind === "violation" ? statements.get(outcome.violation.condition) : undefined,
    effects: new Map(
      effects.flatMap((effect, index) => (sentSteps[index] === undefined ? [] : [[sentSteps[index], effect]])),
    ),
  };
}

function transactionsIn(trace: Trace, kinds: EventKinds): readonly number[] {
  return trace.steps.flatMap((step, index) => (kinds.of(step).submits === undefined ? [] : [index]));
}

/** The steps of a run's last block, by index: those that are no transactions, and those that are. */
function stepsOf(
  { block, steps }: RunState,
  kinds: EventKinds,
): { readonly happened: readonly number[]; readonly sent: readonly number[] } {
  const last = steps.at(-1);
  const isOfBlock = (step: TraceStep | undefined): boolean =>
    step?.block === block && last !== undefined && "again" in step === "again" in last;
  let from = steps.length;
  while (isOfBlock(steps[from - 1])) from -= 1;
  const indices = steps.slice(from).map((_step, index) => from + index);
  const isSent = (index: number): boolean => {
    const step = steps[index];
    return step !== undefined && kinds.of(step).submits !== undefined;
  };
  return { happened: indices.filter((index) => !isSent(index)), sent: indices.filter(isSent) };
}
