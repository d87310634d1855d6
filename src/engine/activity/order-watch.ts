import type { AgentIntent } from "../run/intent.js";
import type { CallReceipt } from "../world/executor/executor.js";
import type { RunTally } from "./run-tally.js";

import { addressKey } from "../../quantity/address.js";
import { PPM } from "../../quantity/ppm.js";
import { isMomentous } from "../events/price-move.js";
import { TRANSFER } from "../run/favours.js";

import { MOMENT, noteAfter, noteFlow } from "./run-tally.js";

/** Native coin among tokens. */
const NATIVE = "native";

/** Notes what agents do before they do something else in a run, and which tokens that moves. */
export class OrderWatch {
  readonly #tally: RunTally;
  readonly #done = new Map<string, Set<string>>();
  #prices: ReadonlyMap<string, number>;
  #isMoved = false;

  /** @param prices - at the start */
  constructor(tally: RunTally, prices: ReadonlyMap<string, number>) {
    this.#tally = tally;
    this.#prices = prices;
  }

  /** Called before what was done in a block. @param isPaused - whether time passed before it */
  block(prices: ReadonlyMap<string, number>, isPaused: boolean): void {
    this.#isMoved ||=
      isPaused || [...prices].some(([asset, now]) => isMomentous((now / (this.#prices.get(asset) ?? now) - 1) * PPM));
    this.#prices = prices;
  }

  /** Notes an action that succeeded as a call of its own. */
  made(action: string, { agent, from, intent }: AgentIntent, { logs }: CallReceipt): void {
    const transfers = logs.filter(({ topics: [kind] }) => kind === TRANSFER);
    const moved = transfers.filter(({ data }) => !isNothing(data));
    const value = intent.call.value ?? 0n;
    // whoever repays a debt of 0 has done nothing
    if (transfers.length > 0 && moved.length === 0 && value === 0n) return;
    if (value > 0n) noteFlow(this.#tally, action, "pays", NATIVE);
    for (const {
      address,
      topics: [, payer = "", payee = ""],
    } of moved) {
      if (isAccount(payer, from)) noteFlow(this.#tally, action, "pays", addressKey(address));
      if (isAccount(payee, from)) noteFlow(this.#tally, action, "gets", addressKey(address));
    }
    const done = this.#doneBy(agent);
    noteAfter(this.#tally, action, this.#isMoved ? [...done, MOMENT] : done);
    done.add(action);
  }

  /** Notes an action that succeeded within another call. */
  madeInside(action: string, agent: string): void {
    this.#doneBy(agent).add(action);
  }

  #doneBy(agent: string): Set<string> {
    const done = this.#done.get(agent) ?? new Set();
    this.#done.set(agent, done);
    return done;
  }
}

/** Whether the data of a transfer says 0; of a token with an id, there is none. */
function isNothing(data: string): boolean {
  return /^0x0+$/.test(data);
}

/** Whether a topic is an account. */
function isAccount(topic: string, account: string): boolean {
  return topic.slice(-40).toLowerCase() === account.slice(2).toLowerCase();
}
