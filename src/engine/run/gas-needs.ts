import type { Inclusion } from "../world/executor/executor.js";
import type { World } from "../world/world.js";
import type { AgentIntent } from "./intent.js";

import { selectorOf } from "../../protocols/call.js";
import { addressKey } from "../../quantity/address.js";

import { DEFAULT_GAS } from "./intent.js";

/** A block's calls with what became of them. */
interface Executed {
  readonly intents: readonly (AgentIntent | undefined)[];
  readonly inclusions: readonly Inclusion[];
}

/**
 * What a run has learnt about functions that need more gas than a free move is given. Nearly all moves get a moderate limit, so
 * that they fit into a block together. One that runs out of gas is tried once more in the next block, with as much as a
 * transaction may have; if it succeeds, calls of its function get twice what it used from then on. Immutable.
 */
export class GasNeeds {
  readonly #limits: ReadonlyMap<string, bigint>;
  /** Moves that ran out of gas, to be submitted again. */
  readonly again: readonly AgentIntent[];

  private constructor(limits: ReadonlyMap<string, bigint>, again: readonly AgentIntent[]) {
    this.#limits = limits;
    this.again = again;
  }

  /** Before the first block. */
  static unknown(): GasNeeds {
    return new GasNeeds(new Map(), []);
  }

  /** Free moves with the gas that their functions need, as far as that is known. */
  fitted(intents: readonly AgentIntent[]): readonly AgentIntent[] {
    if (this.#limits.size === 0) return intents;
    return intents.map((intent) => {
      const gas = learns(intent) ? this.#limits.get(keyOf(intent)) : undefined;
      return gas === undefined ? intent : withGas(intent, gas);
    });
  }

  /** @param most - the gas that a transaction may have */
  async after({ executor }: World, { intents, inclusions }: Executed, most: bigint): Promise<GasNeeds> {
    const moves = intents.flatMap((intent, index) => {
      const inclusion = inclusions[index];
      return intent !== undefined && inclusion !== undefined && learns(intent) ? [{ intent, inclusion }] : [];
    });
    if (moves.length === 0) return this.again.length === 0 ? this : new GasNeeds(this.#limits, []);
    const receipts = await executor.receipts(moves.map(({ inclusion }) => inclusion));
    const limits = new Map(this.#limits);
    const again: AgentIntent[] = [];
    for (const [index, { intent }] of moves.entries()) {
      const receipt = receipts[index];
      const { gas = DEFAULT_GAS } = intent.intent;
      const key = keyOf(intent);
      const known = limits.get(key);
      if (receipt === undefined) continue;
      if (receipt.success) {
        if (known !== undefined) limits.set(key, between(DEFAULT_GAS, rounded(2n * receipt.gasUsed), most));
      } else if (isOutOfGas(receipt.gasUsed, gas)) {
        if (known === undefined) again.push(withGas(intent, most));
        // with all there is it does not end either: it gets no more than others
        limits.set(key, gas < most && known !== DEFAULT_GAS ? most : DEFAULT_GAS);
      }
    }
    return new GasNeeds(limits, again);
  }
}

/** A call that fails with nearly all of its gas used: what a contract keeps for itself of a call that it makes is a 64th. */
export function isOutOfGas(used: bigint, limit: bigint): boolean {
  return 10n * used >= 9n * limit;
}

/** Policies and traces say themselves how much gas they want, and a flash loan always has as much as there is. */
function learns({ origin, intent: { call } }: AgentIntent): boolean {
  return origin === "move" && call.inner === undefined;
}

function withGas(intent: AgentIntent, gas: bigint): AgentIntent {
  return { ...intent, intent: { ...intent.intent, gas } };
}

function keyOf({ intent: { call } }: AgentIntent): string {
  return `${addressKey(call.to)} ${selectorOf(call.function)}`;
}

/** To a million: what a call uses depends a little on who executes it. */
function rounded(gas: bigint): bigint {
  return ((gas + 999_999n) / 1_000_000n) * 1_000_000n;
}

function between(least: bigint, value: bigint, most: bigint): bigint {
  if (value < least) return least;
  return value > most ? most : value;
}
