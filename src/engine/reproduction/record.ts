import type { Hex } from "viem";

import type { Outcome } from "../outcome.js";
import type { Player } from "../player.js";
import type { MinedBlock } from "../run.js";
import type { Trace } from "../trace.js";
import type { CallEffect } from "./effect.js";
import type { Script, ScriptBlock } from "./script.js";

import { effectOf } from "./effect.js";
import { receiptOf } from "./script.js";

/** A run with everything that a reproduction keeps of it. */
export interface Recording {
  readonly outcome: Outcome;
  readonly script: Script;
  /** What each call step of the trace did, by its index in the trace. */
  readonly effects: ReadonlyMap<number, CallEffect>;
}

/** Plays a trace once more and writes down what happens on the chain. */
export async function record(player: Player, trace: Trace): Promise<Recording> {
  const { chain, lens } = player.world;
  const blocks: ScriptBlock[] = [];
  const effects: CallEffect[] = [];
  let answer: Hex = "0x";
  const mined = async ({ environment, calls, inclusions }: MinedBlock): Promise<void> => {
    const included = inclusions.flatMap((inclusion, index) =>
      inclusion.kind === "transaction" ? [{ inclusion, index }] : [],
    );
    const receipts = [];
    for (const { inclusion, index } of included) {
      receipts.push(await receiptOf(chain, inclusion.hash));
      // feeds publish without being steps
      if (calls[index]?.sender !== undefined && player.world.scenario.agents.has(calls[index].sender)) {
        effects.push(effectOf(await chain.receipt(inclusion.hash)));
      }
    }
    blocks.push({ environment, transactions: included.map(({ inclusion }) => inclusion.transaction), receipts });
    answer = await chain.read(lens);
  };
  const reorganised = async (block: number): Promise<void> => {
    // the script has the blocks that stayed
    blocks.length = block;
  };
  const outcome = await player.trace(trace, { mined, reorganised });
  const calls = outcome.kind === "invalid" ? [] : callIndices(outcome.trace);
  return {
    outcome,
    script: { blocks, read: lens, answer },
    effects: new Map(effects.flatMap((effect, index) => (calls[index] === undefined ? [] : [[calls[index], effect]]))),
  };
}

function callIndices(trace: Trace): readonly number[] {
  return trace.steps.flatMap((step, index) => (step.kind === "call" ? [index] : []));
}
