import type { PlacedCall } from "./executor.js";
import type { Observation } from "./observation.js";
import type { ObservedView } from "./view.js";
import type { PlacedOracle } from "./bind-world.js";
import type { World } from "./world.js";

import { SiegeError } from "../errors.js";
import { nextPublication } from "../market/oracle-schedule.js";

import { DEFAULT_GAS } from "./intent.js";

/** What feeds pay to be included: more than users, less than those who want to stand before them. */
const ORACLE_TIP = 50_000_000_000n;

/** What a feed's decimals may make of a price: a part of it, or of a dollar. */
const ROUNDING = 1e-6;

interface FeedState {
  readonly oracle: PlacedOracle;
  /** The fair price at the end of each block; index 0 is the start. */
  readonly fairPrices: number[];
  last: { readonly price: number; readonly timestamp: number };
  /** The last block of its silence. */
  silentUntil: number;
  /** What it publishes in the block that is being built. */
  due: number | undefined;
}

/** The price feeds during one run: what each of them publishes, and when. */
export class OracleDesk {
  readonly #world: World;
  readonly #feeds: ReadonlyMap<string, FeedState>;

  constructor(world: World) {
    this.#world = world;
    this.#feeds = new Map(
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
    );
  }

  /** Keeps a feed from publishing in `blocks` blocks from `block` on. */
  silence(oracle: string, block: number, blocks: number): void {
    const feed = this.#feeds.get(oracle);
    if (feed !== undefined) feed.silentUntil = Math.max(feed.silentUntil, block + blocks - 1);
  }

  /** The publications of a block, as calls. */
  async publish(view: ObservedView, observation: Observation): Promise<readonly PlacedCall[]> {
    const calls: PlacedCall[] = [];
    for (const [asset, feed] of this.#feeds) {
      const { bound, part } = feed.oracle;
      if (bound.oracle === undefined) continue;
      feed.fairPrices.push(view.price(asset));
      const price = nextPublication({
        model: bound.oracle.model,
        block: view.block,
        timestamp: view.timestamp,
        fairPrices: feed.fairPrices,
        last: feed.last,
        silent: view.block <= feed.silentUntil,
      });
      feed.due = price;
      if (price === undefined) continue;
      feed.last = { price, timestamp: view.timestamp };
      const { from, call } = bound.oracle.publish(observation.get(part), price);
      await this.#world.impersonate(from);
      calls.push({ sender: `${asset} feed`, from, call, tip: ORACLE_TIP, gas: DEFAULT_GAS });
    }
    return calls;
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
