import type { PlacedOracle } from "./bind-world.js";
import type { PlacedCall } from "./executor/executor.js";
import type { Observation } from "./observation.js";
import type { ObservedView } from "./view.js";
import type { World } from "./world.js";

import { SiegeError } from "../errors.js";
import { nextPublication } from "../market/oracle-schedule.js";

import { DEFAULT_GAS } from "./intent.js";

/** What feeds pay to be included: more than users, less than those who want to stand before them. */
const ORACLE_TIP = 50_000_000_000n;

/** Behind an asset's name, the name of its feed as a sender. */
export const FEED = " feed";

/** What a feed's decimals may make of a price: a part of it, or of a dollar. */
const ROUNDING = 1e-6;

interface FeedState {
  readonly oracle: PlacedOracle;
  /** The fair price at the end of each block; index 0 is the start. */
  readonly fairPrices: readonly number[];
  readonly last: { readonly price: number; readonly timestamp: number };
  /** The last block of its silence. */
  readonly silentUntil: number;
  /** What it publishes in the block that is being built. */
  readonly due: number | undefined;
}

/** The price feeds at one moment of a run. Never changes: each block makes a new one. */
export class OracleDesk {
  readonly #feeds: ReadonlyMap<string, FeedState>;

  private constructor(feeds: ReadonlyMap<string, FeedState>) {
    this.#feeds = feeds;
  }

  /** The feeds before the first block. */
  static atStart(world: World): OracleDesk {
    return new OracleDesk(
      new Map(
        [...world.oracles].map(([asset, oracle]) => {
          const published = oracle.bound.oracle?.price(world.start.get(oracle.part)) ?? 0;
          return [
            asset,
            {
              oracle,
              fairPrices: [world.prices.get(asset) ?? published],
              last: { price: published, timestamp: world.base.timestamp },
              silentUntil: 0,
              due: undefined,
            },
          ];
        }),
      ),
    );
  }

  /** A feed publishes nothing in `blocks` blocks from `block` on. */
  silenced(oracle: string, block: number, blocks: number): OracleDesk {
    const feed = this.#feeds.get(oracle);
    if (feed === undefined) return this;
    const silentUntil = Math.max(feed.silentUntil, block + blocks - 1);
    return new OracleDesk(new Map(this.#feeds).set(oracle, { ...feed, silentUntil }));
  }

  /** The publications of a block, as calls, and the feeds with them. */
  published(
    view: ObservedView,
    observation: Observation,
  ): { readonly desk: OracleDesk; readonly calls: readonly PlacedCall[] } {
    const calls: PlacedCall[] = [];
    const feeds = new Map<string, FeedState>();
    for (const [asset, feed] of this.#feeds) {
      const { bound, part } = feed.oracle;
      feeds.set(asset, feed);
      if (bound.oracle === undefined) continue;
      const fairPrices = [...feed.fairPrices, view.price(asset)];
      const due = nextPublication({
        model: bound.oracle.model,
        block: view.block,
        timestamp: view.timestamp,
        fairPrices,
        last: feed.last,
        silent: view.block <= feed.silentUntil,
      });
      const last = due === undefined ? feed.last : { price: due, timestamp: view.timestamp };
      feeds.set(asset, { ...feed, fairPrices, last, due });
      if (due === undefined) continue;
      const { from, call } = bound.oracle.publish(observation.get(part), due);
      calls.push({ sender: `${asset}${FEED}`, from, call, tip: ORACLE_TIP, gas: DEFAULT_GAS });
    }
    return { desk: new OracleDesk(feeds), calls };
  }

  /**
   * Makes sure that the rounds of a block arrived. A round that is refused would look like a silence that nobody chose,
   * and what comes of it like the target's fault.
   *
   * @throws SiegeError `UNSUPPORTED_PROTOCOL`
   */
  requirePublished(observation: Observation, block: number): void {
    for (const [asset, { oracle, due }] of this.#feeds) {
      if (due === undefined || oracle.bound.oracle === undefined) continue;
      const answered = oracle.bound.oracle.price(observation.get(oracle.part));
      if (Math.abs(answered - due) <= due * ROUNDING + ROUNDING) continue;
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `The ${asset} feed did not take the price ${String(due)} in block ${String(block)}: it answers ${String(answered)}.`,
        hint: "Its aggregator refused the round: check its bounds (minAnswer, maxAnswer) and who may publish.",
      });
    }
  }
}
