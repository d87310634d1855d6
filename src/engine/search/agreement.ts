import type { Genome } from "../events/genome.js";
import type { Player } from "../run/player.js";
import type { MinedBlock } from "../run/state.js";

import { textOf } from "../json.js";

/** The first call on which a batched run and the faithful one differ. */
export interface Disagreement {
  readonly kind: "disagreement";
  readonly block: number;
  readonly agent: string;
  /** The function that the agent calls. */
  readonly function: string;
  /** What becomes of the call in a transaction of its own. */
  readonly faithful: CallOutcome;
  /** What becomes of it in a batch. */
  readonly batched: CallOutcome;
}

/** What becomes of a call. */
export type CallOutcome = "refused" | "reverts" | "succeeds" | "not submitted";

interface PlayedCall {
  readonly agent: string;
  readonly function: string;
  readonly key: string;
  readonly outcome: CallOutcome;
}

/**
 * Plays a genome as transactions and in batches, and compares the outcome of every call. Contracts that look at
 * `tx.origin` or at their caller's code behave differently in the two; a campaign against one explores faithfully.
 *
 * @returns the first difference, or `undefined`
 */
export async function firstDisagreement(
  faithful: Player,
  batched: Player,
  genome: Genome,
): Promise<Disagreement | undefined> {
  const asTransactions = await playedBlocks(faithful, genome);
  const inBatches = await playedBlocks(batched, genome);
  // a run ends at its violation, which is not yet a difference
  for (const [index, other] of inBatches.entries()) {
    const block = asTransactions[index];
    if (block === undefined) break;
    for (let at = 0; at < Math.max(block.length, other.length); at++) {
      const one = block[at];
      const two = other[at];
      if (one !== undefined && one.key === two?.key && one.outcome === two.outcome) continue;
      const { agent, function: called } = one ?? two ?? { agent: "", function: "" };
      return {
        kind: "disagreement",
        block: index + 1,
        agent,
        function: called,
        faithful: one?.outcome ?? "not submitted",
        batched: two?.outcome ?? "not submitted",
      };
    }
  }
  return undefined;
}

async function playedBlocks(player: Player, genome: Genome): Promise<readonly (readonly PlayedCall[])[]> {
  const blocks: (readonly PlayedCall[])[] = [];
  const mined = async ({ calls, inclusions }: MinedBlock): Promise<void> => {
    const results = await player.world.executor.results(inclusions);
    blocks.push(
      calls.map(({ sender, call }, index) => ({
        agent: sender,
        function: call.function.name,
        key: `${sender} ${call.to} ${call.function.name} ${textOf(call.args)}`,
        outcome: results[index] === undefined ? "refused" : results[index].success ? "succeeds" : "reverts",
      })),
    );
  };
  await player.genome(genome, { mined });
  return blocks;
}
