import type { OracleFault } from "../../oracles/faults.js";
import type { PlacedOracle } from "../world/bound-world.js";
import type { PlacedCall } from "../world/executor/executor.js";
import type { Observation } from "../world/observation.js";
import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { BegunFault, FeedState } from "./feed-state.js";
import type { Round } from "./rounds.js";

import { begun, roundOf } from "./feed-state.js";
import { DEFAULT_GAS } from "./intent.js";
import { roundOutcome } from "./rounds.js";

/** Tip of the feeds: more than users pay, less than those who want to be ahead of them. */
const ORACLE_TIP = 50_000_000_000n;

/** Appended to an asset's name, the name of its feed as a sender. */
export const FEED = " feed";
/** Tip of a sequencer's status: it comes from layer 1, ahead of all transactions of its own chain. */
const SEQUENCER_TIP = 1_000_000_000_000n;

interface SequencerState {
  readonly oracle: PlacedOracle;
  readonly faults: readonly BegunFault[];
  /** Its last status. */
  readonly isUp: boolean;
}

/** What is known of a block's rounds after it. */
interface SettledBlock {
  readonly before: Observation;
  readonly after: Observation;
  readonly timestamp: number;
  readonly refused: ReadonlySet<string>;
}

/** The oracles at one moment of a run. Immutable: each block makes a new one. */
export class OracleDesk {
  readonly #feeds: ReadonlyMap<string, FeedState>;
  readonly #sequencers: ReadonlyMap<string, SequencerState>;

  private constructor(feeds: ReadonlyMap<string, FeedState>, sequencers: ReadonlyMap<string, SequencerState>) {
    this.#feeds = feeds;
    this.#sequencers = sequencers;
  }

  /** The oracles before the first block. */
  static atStart(world: World): OracleDesk {
    const feeds = new Map<string, FeedState>();
    const sequencers = new Map<string, SequencerState>();
    for (const [name, oracle] of world.oracles) {
      const { bound, part } = oracle;
      if (bound.sequencer !== undefined) {
        sequencers.set(name, { oracle, faults: [], isUp: bound.sequencer.isUp(world.start.get(part)) });
      }
      if (bound.oracle === undefined) continue;
      const price = bound.oracle.price(world.start.get(part));
      feeds.set(name, {
        oracle,
        fairPrices: [world.prices.get(bound.oracle.model.asset) ?? price],
        last: { price, timestamp: world.base.timestamp },
        faults: [],
        due: undefined,
      });
    }
    return new OracleDesk(feeds, sequencers);
  }

  /** Adds a fault of an oracle from `block` on. An oracle that the scenario no longer has is ignored. */
  failing(fault: OracleFault, block: number): OracleDesk {
    const { oracle } = fault;
    const feed = this.#feeds.get(oracle);
    const feeds =
      feed === undefined || fault.fault === "down"
        ? this.#feeds
        : new Map(this.#feeds).set(oracle, { ...feed, faults: [...feed.faults, begun(fault, block)] });
    const sequencer = this.#sequencers.get(oracle);
    const sequencers =
      sequencer === undefined || fault.fault !== "down"
        ? this.#sequencers
        : new Map(this.#sequencers).set(oracle, { ...sequencer, faults: [...sequencer.faults, begun(fault, block)] });
    return new OracleDesk(feeds, sequencers);
  }

  /**
   * The oracles at the end of a pause, before the round that they publish then: faults that are not longer are over, and what a
   * late feed sees is the price at which the market stood still.
   *
   * @param blocks - how many blocks the pause is as long as
   */
  rested(blocks: number): OracleDesk {
    const aged = (faults: readonly BegunFault[]): readonly BegunFault[] =>
      faults.map(({ fault, until }) => ({ fault, until: until - blocks }));
    const feeds = new Map<string, FeedState>();
    for (const [name, feed] of this.#feeds) {
      const { fairPrices } = feed;
      const latest = fairPrices.at(-1) ?? feed.last.price;
      // the round after the pause takes the place of that of the last block
      feeds.set(name, { ...feed, faults: aged(feed.faults), fairPrices: fairPrices.slice(1).fill(latest) });
    }
    const sequencers = new Map<string, SequencerState>();
    for (const [name, state] of this.#sequencers) sequencers.set(name, { ...state, faults: aged(state.faults) });
    return new OracleDesk(feeds, sequencers);
  }

  /** Whether a sequencer is down in a block: no price is published then, and few senders can transact. */
  isDown(block: number): boolean {
    return [...this.#sequencers.values()].some((state) => isDown(state, block));
  }

  /** Whether a round is due of a feed that does not count its rounds: only its receipt says what became of it. */
  get needsReceipts(): boolean {
    return [...this.#feeds.values()].some(
      ({ due, oracle }) => due !== undefined && oracle.bound.oracle?.countsRounds === false,
    );
  }

  /** The publications of a block as calls, and the oracles after them. */
  published(
    view: ObservedView,
    observation: Observation,
  ): { readonly desk: OracleDesk; readonly calls: readonly PlacedCall[] } {
    const { block, timestamp } = view;
    const calls: PlacedCall[] = [];
    const sequencers = new Map<string, SequencerState>();
    for (const [name, state] of this.#sequencers) {
      const { bound, part } = state.oracle;
      const isUp = !isDown(state, block);
      sequencers.set(name, { ...state, isUp });
      if (bound.sequencer === undefined || isUp === state.isUp) continue;
      const { from, call } = bound.sequencer.publish(observation.get(part), isUp ? "up" : "down");
      calls.push({ sender: `${name}${FEED}`, from, call, tip: SEQUENCER_TIP, gas: DEFAULT_GAS });
    }
    const feeds = new Map<string, FeedState>();
    for (const [name, before] of this.#feeds) {
      const { bound, part } = before.oracle;
      feeds.set(name, before);
      const { oracle } = bound;
      if (oracle === undefined) continue;
      const feed = { ...before, fairPrices: [...before.fairPrices, view.price(oracle.model.asset)] };
      const round = roundOf(feed, oracle, { block, timestamp, isDown: this.isDown(block) });
      feeds.set(name, { ...feed, due: round });
      if (round === undefined) continue;
      const seen = observation.get(part);
      const publications =
        round.fault === undefined ? [oracle.publish(seen, round.price)] : oracle.fault(seen, round.fault, round.price);
      for (const { from, call } of publications) {
        calls.push({ sender: `${name}${FEED}`, from, call, tip: ORACLE_TIP, gas: DEFAULT_GAS });
      }
    }
    return { desk: new OracleDesk(feeds, sequencers), calls };
  }

  /**
   * The oracles after a block, as they are, and what became of the rounds that were due in it. A feed that refused its round, or
   * shows another price, tries again in the next block, as the nodes of a real one do.
   *
   * @param refused - the senders of rounds that reverted
   */
  settled({ before, after, timestamp, refused }: SettledBlock): {
    readonly desk: OracleDesk;
    readonly rounds: readonly Round[];
  } {
    const rounds: Round[] = [];
    const feeds = new Map<string, FeedState>();
    for (const [name, feed] of this.#feeds) {
      const { oracle, due, fairPrices } = feed;
      const { bound, part } = oracle;
      feeds.set(name, { ...feed, due: undefined });
      if (due === undefined || bound.oracle === undefined) continue;
      const prices = {
        offered: due.price,
        before: bound.oracle.price(before.get(part)),
        shown: bound.oracle.price(after.get(part)),
      };
      const { shown } = prices;
      const outcome = roundOutcome({
        ...prices,
        advanced: bound.oracle.advanced(before.get(part), after.get(part)),
        accepted: !refused.has(`${name}${FEED}`),
      });
      const fair = fairPrices.at(-1) ?? due.price;
      rounds.push({
        feed: name,
        outcome,
        ...prices,
        fair,
        ...(due.fault === undefined ? {} : { fault: due.fault.fault }),
      });
      // a round that repeats an old answer leaves the feed as stale as it was
      if (outcome === "refused" || due.fault?.fault === "stale") continue;
      feeds.set(name, {
        ...feed,
        due: undefined,
        last: { price: outcome === "published" ? due.price : shown, timestamp },
      });
    }
    const sequencers = new Map<string, SequencerState>();
    for (const [name, state] of this.#sequencers) {
      const { bound, part } = state.oracle;
      sequencers.set(name, { ...state, isUp: bound.sequencer?.isUp(after.get(part)) ?? state.isUp });
    }
    return { desk: new OracleDesk(feeds, sequencers), rounds };
  }
}

function isDown({ faults }: SequencerState, block: number): boolean {
  return faults.some(({ fault: { fault }, until }) => fault === "down" && block <= until);
}
