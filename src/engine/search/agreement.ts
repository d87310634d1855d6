import type { Genome } from "../events/genome.js";
import type { Player } from "../run/player.js";
import type { MinedBlock } from "../run/state.js";

import { textOf } from "../text.js";

/** Where a batched run differs from the faithful one. */
export interface Disagreement {
  readonly block: number;
  readonly agent: string;
  /** `borrow reverts as a transaction and succeeds in a batch` */
  readonly what: string;
}

interface PlayedCall {
  readonly agent: string;
  readonly what: string;
  readonly key: string;
  readonly outcome: "refused" | "reverts" | "succeeds";
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
      const { agent, what } = one ?? two ?? { agent: "", what: "" };
      return {
        block: index + 1,
        agent,
        what: `${what} ${one?.outcome ?? "is not submitted"} as a transaction but ${two?.outcome ?? "is not submitted"} in a batch`,
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
        what: call.function.name,
        key: `${sender} ${call.to} ${call.function.name} ${textOf(call.args)}`,
        outcome: results[index] === undefined ? "refused" : results[index].success ? "succeeds" : "reverts",
      })),
    );
  };
  await player.genome(genome, { mined });
  return blocks;
}
