import type { Log } from "../chain/transaction.js";
import type { AgentIntent } from "../run/intent.js";
import type { CallReceipt } from "../world/executor/executor.js";
import type { TokenRegistry } from "../world/token-registry.js";
import type { RunTally } from "./run-tally.js";

import { addressKey } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { PPM } from "../../quantity/ppm.js";
import { isMomentous } from "../events/price-move.js";
import { isParty, TRANSFER } from "../run/favours.js";

import { MOMENT, noteAccepted, noteAfter, noteFlow } from "./run-tally.js";

/** What is worth less counts as nothing, US dollars: rounding lends it without collateral. */
const DUST = 0.01;

/** Native coin among tokens. */
const NATIVE = "native";

/** The tokens whose amounts have a price. */
type Tokens = Pick<TokenRegistry, "known">;

/** Notes what agents do before they do something else in a run, and which tokens that moves. */
export class OrderWatch {
  readonly #tally: RunTally;
  readonly #done = new Map<string, Set<string>>();
  /** What anyone did, and how many moments had come by then. */
  readonly #anyone = new Map<string, number>();
  readonly #tokens: Tokens;
  #prices: ReadonlyMap<string, number>;
  #moments = 0;

  /** @param prices - at the start */
  constructor(
    tally: RunTally,
    { prices, tokens }: { readonly prices: ReadonlyMap<string, number>; readonly tokens: Tokens },
  ) {
    this.#tally = tally;
    this.#tokens = tokens;
    this.#prices = prices;
  }

  /** Called before what was done in a block. @param isPaused - whether time passed before it */
  block(prices: ReadonlyMap<string, number>, isPaused: boolean): void {
    const isMoment =
      isPaused || [...prices].some(([asset, now]) => isMomentous((now / (this.#prices.get(asset) ?? now) - 1) * PPM));
    if (isMoment) this.#moments += 1;
    this.#prices = prices;
  }

  /** Notes an action that succeeded as a call of its own. */
  made(
    action: string,
    { agent, from, intent, operands: [operands] = [], isPaidCoin }: AgentIntent,
    { logs }: CallReceipt,
  ): void {
    const transfers = logs.filter(({ topics: [kind] }) => kind === TRANSFER);
    const moved = transfers.filter((log) => !this.#isNothing(log));
    const value = intent.call.value ?? 0n;
    // whoever repays a debt of 0 has done nothing
    if (transfers.length > 0 && moved.length === 0 && value === 0n && isPaidCoin !== true) return;
    if (operands !== undefined && operands.length > 0) noteAccepted(this.#tally, action, operands);
    if (value > 0n) noteFlow(this.#tally, action, "pays", NATIVE);
    if (isPaidCoin === true) noteFlow(this.#tally, action, "gets", NATIVE);
    for (const {
      address,
      topics: [, payer, payee],
    } of moved) {
      if (isParty(payer, from)) noteFlow(this.#tally, action, "pays", addressKey(address));
      if (isParty(payee, from)) noteFlow(this.#tally, action, "gets", addressKey(address));
    }
    const done = this.#doneBy(agent);
    const since = [...this.#anyone].flatMap(([other, moments]) => (moments < this.#moments ? [other] : []));
    noteAfter(this.#tally, action, this.#moments > 0 ? [...done, MOMENT] : done, this.#anyone.keys(), since);
    done.add(action);
    this.#anyone.set(action, this.#moments);
  }

  /** Notes an action that succeeded within another call. */
  madeInside(action: string, agent: string): void {
    this.#doneBy(agent).add(action);
    this.#anyone.set(action, this.#moments);
  }

  /** Whether a transfer moves nothing to speak of; of a token with an id, there is no amount. */
  #isNothing({ address, data }: Log): boolean {
    if (!/^0x[\da-f]{64}$/i.test(data)) return false;
    const amount = BigInt(data);
    const { asset, decimals } = this.#tokens.known(address) ?? {};
    const price = asset === undefined ? undefined : this.#prices.get(asset);
    if (amount === 0n || price === undefined || decimals === undefined) return amount === 0n;
    return wholeUnits(amount, decimals) * price < DUST;
  }

  #doneBy(agent: string): Set<string> {
    const done = this.#done.get(agent) ?? new Set();
    this.#done.set(agent, done);
    return done;
  }
}
