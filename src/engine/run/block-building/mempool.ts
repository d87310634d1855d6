import type { PendingCall } from "../../../view/view.js";
import type { AgentIntent } from "../intent.js";

import { encodeCall } from "../../../protocols/call.js";
import { bidsForItsPlace, DEFAULT_GAS, DEFAULT_TIP } from "../intent.js";

/** What waits to be included. */
export interface Pending {
  readonly intent: AgentIntent;
  /** The first block that can hold it. */
  readonly from: number;
  /** The last block in which its sender still wants it. */
  readonly until: number;
}

/** The transactions that wait for a block, in the order in which they came. Never changes. */
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

  /** What everybody can see. */
  get visible(): readonly PendingCall[] {
    return this.#waiting.flatMap(({ intent: { agent, from, intent } }) =>
      intent.private === true
        ? []
        : [{ agent, from, call: intent.call, tip: intent.tip ?? DEFAULT_TIP, gas: intent.gas ?? DEFAULT_GAS }],
    );
  }

  /** Takes what agents submit while a block is being built. What waits already is not sent a second time. */
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

  /** What is left behind a block: neither included nor given up. */
  after(block: number, included: ReadonlySet<Pending>): Mempool {
    const left = this.#waiting.filter((pending) => !included.has(pending) && pending.until > block);
    return left.length === this.#waiting.length ? this : new Mempool(this.#delay, left);
  }

  /** With what a reorganisation put back, before everything else. */
  returned(pending: readonly Pending[]): Mempool {
    return new Mempool(this.#delay, [...pending, ...this.#waiting]);
  }
}

function keyOf({ agent, intent: { call } }: AgentIntent): string {
  return [agent, call.to, encodeCall(call), call.value ?? 0n].join(" ");
}
