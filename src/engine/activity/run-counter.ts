import type { Address } from "viem";

import type { MoveGene } from "../events/genome.js";
import type { AgentIntent } from "../run/intent.js";
import type { Verdict } from "../run/outcome.js";
import type { GenomeWatcher } from "../run/player.js";
import type { MinedBlock } from "../run/state.js";
import type { CallReceipt, Inclusion } from "../world/executor/executor.js";
import type { World } from "../world/world.js";
import type { CallTally, RunTally } from "./run-tally.js";
import type { Subjects } from "./subjects.js";

import { isSameAddress } from "../../quantity/address.js";
import { quoted, wordOf } from "../../quantity/quote.js";
import { isCalledBack, partsIn } from "../run/call-tree.js";
import { callbackOf, callbacksIn } from "../run/callback-log.js";
import { exhaustedCalls, madeCalls } from "../run/called-back.js";

import { OrderWatch } from "./order-watch.js";
import { reasonOf } from "./reasons.js";
import { add, callsOf, countCondition, emptyTally, markStuck, PAUSE, reach, roundsOf } from "./run-tally.js";
import { subjectsOf } from "./subjects.js";

/** Wei per gwei. */
const GWEI = 1e9;

/** Why a call in a callback failed that used all the gas that it had, which is half of what was left. */
const USED_ALL_GAS = "used all its gas";

/** The most different revert reasons of a function in a run. */
const MOST_REASONS = 8;

/** Counts what becomes of the calls of a run while it is played. */
export class RunCounter {
  readonly tally: RunTally = emptyTally();
  /** To be passed to the player. */
  readonly watcher: GenomeWatcher;
  readonly #world: World;
  readonly #subjects: Subjects;
  readonly #exercised = new Set<string>();
  readonly #addressed = new Set<string>();
  readonly #callers = new Set<string>();
  readonly #insiders = new Set<string>();
  readonly #order: OrderWatch;
  /** Conditions that could not be judged after the last block. */
  readonly #unread = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    this.#subjects = subjectsOf(world);
    this.#order = new OrderWatch(this.tally, world);
    this.watcher = {
      tried: ({ agent, action }: MoveGene, works) => {
        const entry = callsOf(this.tally, agent, action);
        entry.tried += 1;
        if (!works) entry.unsent += 1;
      },
      mined: (block) => this.#mined(block),
      judged: (condition, outcome) => {
        countCondition(this.tally, condition, outcome);
        if (outcome.unjudged?.unjudged === "failed") this.#unread.add(condition);
        else this.#unread.delete(condition);
      },
    };
  }

  /** Called when the run is over. */
  ended({ trace: { steps } }: Verdict): RunTally {
    for (const step of steps) {
      if (step.kind === "call") continue;
      add(this.tally.events, step.kind, 1);
      if (step.kind === "pause" && "seconds" in step) reach(this.tally, PAUSE, step.seconds);
    }
    if (this.tally.events.oracle === undefined) {
      for (const condition of this.#unread) markStuck(this.tally, condition);
    }
    this.tally.exercised.push(...this.#exercised);
    this.tally.addressed.push(...this.#addressed);
    this.tally.callers.push(...this.#callers);
    this.tally.insiders.push(...this.#insiders);
    return this.tally;
  }

  async #mined({ submitted, intents, inclusions, environment, rest, rounds, state }: MinedBlock): Promise<void> {
    for (const intent of submitted) {
      if (intent.event !== undefined) continue;
      const apart = isCalledBack(intent.intent.call) ? this.#innerOf(intent) : [this.#entryOf(intent)];
      for (const entry of apart) entry.tried += 1;
    }
    const { executor } = this.#world;
    this.#order.block(state.prices, rest !== undefined);
    const receipts = intents.some((intent) => intent !== undefined) ? await executor.receipts(inclusions) : [];
    for (const [index, intent] of intents.entries()) {
      if (intent === undefined) continue;
      const receipt = receipts[index];
      const inclusion = inclusions[index];
      if (receipt === undefined || inclusion === undefined) continue;
      await this.#included(intent, inclusion, receipt);
    }
    for (const { feed, outcome } of [...(rest?.feeds?.rounds ?? []), ...rounds])
      roundsOf(this.tally, feed)[outcome] += 1;
    this.tally.unknownContracts = state.created.unknown;
    reach(this.tally, "base fee", Number(environment.baseFee) / GWEI);
    for (const [asset, price] of state.prices) {
      const { quote } = this.#world.scenario.assets.get(asset) ?? {};
      reach(this.tally, `${wordOf(quote)} of ${asset}`, quoted(price, quote).value);
    }
  }

  async #included(intent: AgentIntent, inclusion: Inclusion, receipt: CallReceipt): Promise<void> {
    const { call } = intent.intent;
    const made = call.inner === undefined ? [call] : [call, ...partsIn(call.inner)];
    for (const { to } of made) this.#note(this.#addressed, to);
    const [caller] = intent.actions ?? [];
    const calls =
      intent.isPaidCoin === true ||
      (isCalledBack(call) && callbackOf(intent.from, callbacksIn(receipt.logs))?.selector !== undefined);
    if (caller !== undefined && receipt.success && calls) this.#callers.add(caller);
    const done = receipt.success ? madeCalls(call, intent.from, receipt.logs) : [];
    for (const { call: one, code } of done) if (code === undefined) this.#note(this.#exercised, one.to);
    if (receipt.success) for (const { address } of receipt.logs) this.#note(this.#exercised, address);
    if (intent.event !== undefined) return;
    const [parts, entries] = isCalledBack(call)
      ? [partsIn(call.inner), this.#innerOf(intent)]
      : [made, [this.#entryOf(intent), ...this.#innerOf(intent)]];
    const exhausted = receipt.success ? exhaustedCalls(call, intent.from, receipt.logs) : [];
    for (const [index, entry] of entries.entries()) {
      entry.included += 1;
      if (exhausted.some((one) => one === parts[index])) this.#addReason(entry, USED_ALL_GAS);
      const outcome = done.find((one) => one.call === parts[index]);
      if (outcome === undefined) continue;
      if (outcome.code !== undefined) {
        this.#addReason(entry, `error code ${outcome.code}`);
        continue;
      }
      entry.succeeded += 1;
      const action = intent.actions?.[index];
      if (action === undefined) continue;
      if (isCalledBack(call) && index > 0 && !this.#isToken(outcome.call.to)) this.#insiders.add(action);
      if (call.inner === undefined) this.#order.made(action, intent, receipt);
      else this.#order.madeInside(action, intent.agent);
    }
    if (!receipt.success) await this.#reverted(this.#entryOf(intent), inclusion);
  }

  async #reverted(entry: CallTally, inclusion: Inclusion): Promise<void> {
    const { executor, target } = this.#world;
    // asking for the return data of a transaction executes it again: once for each function of a run
    if (inclusion.kind === "transaction" && Object.keys(entry.reverts).length > 0) return;
    const [result] = await executor.results([inclusion]);
    if (result === undefined) return;
    this.#addReason(entry, reasonOf(result.returned, target));
  }

  #addReason(entry: CallTally, reason: string): void {
    const isNew = entry.reverts[reason] === undefined;
    if (isNew && Object.keys(entry.reverts).length >= MOST_REASONS) return;
    add(entry.reverts, reason, 1);
  }

  #entryOf({ agent, intent, actions }: AgentIntent): CallTally {
    const [outer] = isCalledBack(intent.call) ? partsIn(intent.call.inner) : [];
    return callsOf(this.tally, agent, actions?.[0] ?? this.#subjects.nameOf(outer ?? intent.call));
  }

  /**
   * The calls within a flash loan; those of free moves were counted as tried when they were rehearsed. Of a call with others in a
   * callback, all of them.
   */
  #innerOf({ agent, intent: { call }, actions }: AgentIntent): readonly CallTally[] {
    const first = isCalledBack(call) ? 0 : 1;
    return partsIn(call.inner).map((inner, index) =>
      callsOf(this.tally, agent, actions?.[index + first] ?? this.#subjects.nameOf(inner)),
    );
  }

  #isToken(address: Address): boolean {
    const { assets } = this.#world.scenario;
    return [...assets.values()].some(({ token }) => token !== undefined && isSameAddress(token, address));
  }

  #note(addresses: Set<string>, address: string): void {
    const key = address.toLowerCase();
    if (this.#subjects.all.has(key)) addresses.add(key);
  }
}
