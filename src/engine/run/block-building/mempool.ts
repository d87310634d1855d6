import type { PendingCall } from "../../../view/view.js";
import type { AgentIntent } from "../intent.js";

import { encodeCall } from "../../../protocols/call.js";
import { bidsForItsPlace, DEFAULT_GAS, DEFAULT_TIP } from "../intent.js";

/** A transaction that waits to be included. */
export interface Pending {
  readonly intent: AgentIntent;
  /** The first block that can include it. */
  readonly from: number;
  /** The last block in which its sender still wants it. */
  readonly until: number;
}

/** The pending transactions, in order of arrival. Immutable. */
export class Mempool {
  readonly #delay: number;
  readonly #waiting: readonly Pending[];

  private constructor(delay: number, waiting: readonly Pending[]) {
    this.#delay = delay;
    this.#waiting = waiting;
  }

  /** @param delay - blocks that a public transaction takes to reach the builder */
  static empty(delay: number): Mempool {
    return new Mempool(delay, []);
  }

  get waiting(): readonly Pending[] {
    return this.#waiting;
  }

  /** The public ones. */
  get visible(): readonly PendingCall[] {
    return this.#waiting.flatMap(({ intent: { agent, from, intent } }) =>
      intent.private === true
        ? []
        : [{ agent, from, call: intent.call, tip: intent.tip ?? DEFAULT_TIP, gas: intent.gas ?? DEFAULT_GAS }],
    );
  }

  /** Adds what agents submit while a block is being built. A transaction that is already pending is not added again. */
  submitted(intents: readonly AgentIntent[], block: number): Mempool {
    const waiting = new Set(this.#waiting.map(({ intent }) => keyOf(intent)));
    const isNew = (intent: AgentIntent): boolean => waiting.size === 0 || !waiting.has(keyOf(intent));
    const added = intents.filter(isNew).map((intent): Pending => {
      const { patience = 0, private: isPrivate = false } = intent.intent;
      // private order flow goes straight to the builder
      const from = block + (isPrivate || !bidsForItsPlace(intent) ? 0 : this.#delay);
      return { intent, from, until: from + patience };
    });
    return new Mempool(this.#delay, [...this.#waiting, ...added]);
  }

  /** What remains after a block: neither included nor given up. */
  after(block: number, included: ReadonlySet<Pending>): Mempool {
    const left = this.#waiting.filter((pending) => !included.has(pending) && pending.until > block);
    return left.length === this.#waiting.length ? this : new Mempool(this.#delay, left);
  }

  /** Adds what a reorganisation returned, ahead of all others. */
  returned(pending: readonly Pending[]): Mempool {
    return new Mempool(this.#delay, [...pending, ...this.#waiting]);
  }
}

function keyOf({ agent, intent: { call } }: AgentIntent): string {
  return [agent, call.to, encodeCall(call), call.value ?? 0n].join(" ");
}
