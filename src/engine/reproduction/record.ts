import type { Hex } from "viem";

import type { ChainStatement } from "../../conditions/on-chain.js";
import type { Interference } from "../../order-flow/interference.js";
import type { EventKinds } from "../events/kinds.js";
import type { Trace } from "../events/trace.js";
import type { RoundDescription } from "../explain/placed-rounds.js";
import type { Aim } from "../run/aim.js";
import type { Verdict } from "../run/outcome.js";
import type { Player } from "../run/player.js";
import type { Judged, MinedBlock } from "../run/state.js";
import type { CallEffect } from "./effect.js";
import type { Script, ScriptBlock } from "./script.js";

import { kindsOf } from "../events/kinds.js";
import { RoundWatch } from "../explain/placed-rounds.js";

import { effectOf } from "./effect.js";
import { receiptOf } from "./script.js";

/** A run, with everything that a reproduction keeps. */
export interface Recording {
  readonly outcome: Verdict;
  readonly script: Script;
  /** Recorded transactions that have a different outcome than without the agents. */
  readonly interferences: readonly Interference[];
  /** What each step of the trace that is a transaction did, by index. */
  readonly effects: ReadonlyMap<number, CallEffect>;
  /** What the feeds published, as far as it changes what is seen. */
  readonly rounds: readonly RoundDescription[];
  /** The violated condition as something that a contract can check; `undefined` if it cannot be said so. */
  readonly statement: ChainStatement | undefined;
}

/** Plays a trace once more, to the violation aimed at, and records what happens on the chain. */
export async function record(player: Player, trace: Trace, aim: Aim): Promise<Recording> {
  const { chain, lens } = player.world;
  const blocks: (ScriptBlock & { readonly of: number })[] = [];
  const effects: CallEffect[] = [];
  let answer: Hex = "0x";
  let interferences: readonly Interference[] = [];
  const rounds = new RoundWatch();
  const mined = async (played: MinedBlock): Promise<void> => {
    const { environment, intents, inclusions, mined: transactions, rest, block, state } = played;
    rounds.after(played);
    // feeds and recorded transactions are not steps
    const ofSteps = new Set(
      inclusions.flatMap((inclusion, index) =>
        inclusion.kind === "transaction" && intents[index] !== undefined ? [inclusion.hash] : [],
      ),
    );
    const scripted = async (of: MinedBlock["mined"]): Promise<Pick<ScriptBlock, "transactions" | "receipts">> => {
      const receipts = [];
      for (const { hash } of of) receipts.push(await receiptOf(chain, hash));
      return { transactions: of.map(({ transaction }) => transaction), receipts };
    };
    for (const { hash } of transactions) if (ofSteps.has(hash)) effects.push(effectOf(await chain.receipt(hash)));
    const empty = rest?.empty === undefined ? {} : { empty: rest.empty };
    const feeds = rest?.feeds;
    if (feeds !== undefined) {
      blocks.push({ of: block, ...empty, environment: feeds.environment, ...(await scripted(feeds.mined)) });
    }
    const first = feeds === undefined ? empty : {};
    blocks.push({ of: block, ...first, environment, ...(await scripted(transactions)) });
    ({ interferences } = state);
    answer = await chain.read(lens);
  };
  const reorganised = async (block: number): Promise<void> => {
    // the script only has the blocks that remain
    while ((blocks.at(-1)?.of ?? 0) > block) blocks.pop();
  };
  const statements = new Map<string, ChainStatement | undefined>();
  const judged = (condition: string, { onChain }: Judged): void => {
    if (onChain !== undefined) statements.set(condition, onChain());
  };
  const outcome = await player.trace(trace, { mined, reorganised, judged }, aim);
  const calls = transactionsIn(outcome.trace, kindsOf(player.world));
  return {
    outcome,
    script: { blocks: blocks.map(({ of: _of, ...block }) => block), read: lens, answer },
    interferences,
    rounds: rounds.rounds,
    statement: outcome.kind === "violation" ? statements.get(outcome.violation.condition) : undefined,
    effects: new Map(effects.flatMap((effect, index) => (calls[index] === undefined ? [] : [[calls[index], effect]]))),
  };
}

function transactionsIn(trace: Trace, kinds: EventKinds): readonly number[] {
  return trace.steps.flatMap((step, index) => (kinds.of(step).submits === undefined ? [] : [index]));
}
