import type { Borrowed } from "../../../engine/chain/borrowed-connection.js";
import type { Chain, Header } from "../../../engine/chain/chain.js";
import type { Made } from "../../../engine/world/parameters/timed-call.js";
import type { TimedCall } from "../../../scenario/scenario.js";
import type { ResolvedTarget } from "../../../target/target.js";

import { LensReader } from "../../../engine/chain/lens-reader.js";
import { playTimedCall } from "../../../engine/world/parameters/timed-call.js";

/** Blocks over which the time between blocks is measured. */
const MEASURED = 1_000;

/** What votes are held on. */
export interface Workplace {
  readonly chain: Chain;
  readonly borrowed: Borrowed;
  readonly target: ResolvedTarget;
}

/** A chain on which votes are held, that keeps what was done, so that it can be done again. */
export class VotingChain {
  readonly reader: LensReader;
  readonly sequence: TimedCall[] = [];
  readonly #workplace: Workplace;
  readonly #start: Header;
  readonly #interval: number;
  #latest: Header;

  private constructor(workplace: Workplace, start: Header, interval: number) {
    this.#workplace = workplace;
    this.reader = new LensReader(workplace.chain);
    this.#start = start;
    this.#latest = start;
    this.#interval = interval;
  }

  /** With blocks as far apart as the last ones of the chain were on average, 1 second at least. */
  static async from(workplace: Workplace): Promise<VotingChain> {
    const latest = await workplace.chain.latest();
    const back = Math.min(MEASURED, latest.number);
    const header = back === 0 ? undefined : await workplace.chain.rawHeader(latest.number - back);
    const before = typeof header?.timestamp === "string" ? Number(header.timestamp) : latest.timestamp;
    return new VotingChain(workplace, latest, Math.max(1, Math.round((latest.timestamp - before) / Math.max(1, back))));
  }

  /** Seconds between blocks. */
  get interval(): number {
    return this.#interval;
  }

  /** Since the block that it began at. */
  get passed(): { readonly block: number; readonly seconds: number } {
    return {
      block: this.#latest.number - this.#start.number,
      seconds: this.#latest.timestamp - this.#start.timestamp,
    };
  }

  /** The time of the latest block by a governor's clock. */
  now(clock: "blocks" | "seconds"): bigint {
    return BigInt(clock === "blocks" ? this.#latest.number : this.#latest.timestamp);
  }

  /** Empty blocks until the latest one has this time. */
  blocksUntil(clock: "blocks" | "seconds", time: bigint): number {
    const left = Number(time - this.now(clock));
    return Math.max(0, clock === "blocks" ? left : Math.ceil(left / this.#interval));
  }

  /** Lets empty blocks pass. */
  async pass(blocks: number): Promise<void> {
    if (blocks <= 0) return;
    await this.#play({ after: blocks, interval: this.#interval });
  }

  /** Makes a call in the next block. One that fails takes a block, too. */
  async make(made: NonNullable<TimedCall["made"]>): Promise<Made> {
    const { number } = this.#latest;
    const done = await this.#play({ after: 0, interval: this.#interval, made });
    if ("why" in done) {
      this.sequence.pop();
      const lost = this.#latest.number - number;
      if (lost > 0) this.sequence.push({ after: lost, interval: this.#interval });
    }
    return done;
  }

  async #play(step: TimedCall): Promise<Made> {
    this.sequence.push(step);
    const done = await playTimedCall(this.#workplace, step);
    this.#latest = await this.#workplace.chain.latest();
    return done;
  }
}
