import type { ProposerOutcome } from "../../agents/proposer.js";
import type { FreeMove } from "../run/free-move.js";
import type { GenomeWatcher } from "../run/player.js";
import type { MinedBlock } from "../run/state.js";
import type { World } from "../world/world.js";

import { reasonOf } from "../activity/reasons.js";
import { isCalledBack, partsIn } from "../run/call-tree.js";
import { madeCalls } from "../run/called-back.js";

/** Watches what becomes of each move of a run. */
export class StepWatch {
  readonly #world: World;
  readonly #outcomes = new Map<object, Omit<ProposerOutcome, "action">>();
  /** To be passed to the player. */
  readonly watcher: Pick<GenomeWatcher, "tried" | "mined">;

  constructor(world: World) {
    this.#world = world;
    this.watcher = {
      tried: (move, works) => {
        if (!works) this.#outcomes.set(move, { outcome: "refused" });
      },
      mined: (block) => this.#mined(block),
    };
  }

  /** What became of moves, in their order. */
  of(moves: readonly FreeMove[]): readonly ProposerOutcome[] {
    return moves.map((move) => ({
      action: move.action,
      ...(this.#outcomes.get(move) ?? { outcome: "not reached" as const }),
    }));
  }

  async #mined({ intents, inclusions }: MinedBlock): Promise<void> {
    const { executor, target } = this.#world;
    if (!intents.some((intent) => intent?.genes !== undefined)) return;
    const receipts = await executor.receipts(inclusions);
    for (const [index, intent] of intents.entries()) {
      const receipt = receipts[index];
      const inclusion = inclusions[index];
      if (intent?.genes === undefined || receipt === undefined || inclusion === undefined) continue;
      const { call } = intent.intent;
      const parts = isCalledBack(call) ? partsIn(call.inner) : [call, ...(call.inner ?? [])];
      const made = receipt.success ? madeCalls(call, intent.from, receipt.logs) : [];
      const [result] = receipt.success ? [] : await executor.results([inclusion]);
      const reason = result === undefined ? undefined : reasonOf(result.returned, target);
      for (const [place, gene] of intent.genes.entries()) {
        const own = made.find((one) => one.call === parts[place]);
        if (own?.code !== undefined) {
          this.#outcomes.set(gene, { outcome: "reverted", reason: `error code ${own.code}` });
        } else if (own !== undefined) {
          this.#outcomes.set(gene, { outcome: "succeeded" });
        } else {
          this.#outcomes.set(gene, { outcome: "reverted", ...(reason === undefined ? {} : { reason }) });
        }
      }
    }
  }
}
