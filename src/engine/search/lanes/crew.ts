import type { World } from "../../world/world.js";
import type { Lanes } from "./lanes.js";
import type { RunJob, RunReport } from "./run-job.js";

/** Plays a job. */
export type Play = (job: RunJob) => Promise<RunReport>;

/** Plays an exploration's runs. Jobs and reports are plain data, so a crew may play them in other processes. */
export interface Crew {
  /**
   * Called between shifts; may open and close lanes.
   *
   * @param left - runs that remain
   * @returns how many of them to play before the next call
   */
  shift(left: number): Promise<number>;
  /** Lets every lane work until its work returns. */
  play(work: (play: Play) => Promise<void>): Promise<void>;
}

/** How a lane plays jobs. */
type PlayOn = (lane: World) => Play;

/**
 * Number of blocks after which a lane is replaced by a fresh one, which takes a tenth of a second. Until it is closed, EDR
 * keeps some kilobytes of every block it has mined, reverted ones included (EDR 0.22: about 3.5 kB per transaction).
 */
export const LANE_LIFE = 8_000;

/** Lets every lane work until its work returns, and replaces lanes that are worn out, or that cannot play a run. */
async function playOnAll(lanes: Lanes, playOn: PlayOn, work: Parameters<Crew["play"]>[0]): Promise<void> {
  await Promise.all(
    [...lanes.worlds].map(async (opened) => {
      let lane = opened;
      let play = playOn(lane);
      let age = 0;
      await work(async (job) => {
        if (age >= LANE_LIFE) {
          lane = await lanes.renew(lane);
          play = playOn(lane);
          age = 0;
        }
        age += lane.scenario.blocks;
        const report = await play(job);
        if (report.outcome.kind !== "invalid" || lane.executor.kind !== "solidity") return report;
        // what it cannot do, others can: the same run there
        lanes.fallBack(report.outcome.error.message);
        lane = await lanes.renew(lane);
        play = playOn(lane);
        return play(job);
      });
    }),
  );
}

/** A fixed number of lanes. */
export class FixedCrew implements Crew {
  readonly #lanes: Lanes;
  readonly #size: number;
  readonly #playOn: PlayOn;

  constructor(lanes: Lanes, size: number, playOn: PlayOn) {
    this.#lanes = lanes;
    this.#size = size;
    this.#playOn = playOn;
  }

  async shift(left: number): Promise<number> {
    const missing = Math.min(this.#size, left) - this.#lanes.worlds.length;
    await Promise.all(Array.from({ length: Math.max(0, missing) }, () => this.#lanes.add()));
    return left;
  }

  async play(work: Parameters<Crew["play"]>[0]): Promise<void> {
    await playOnAll(this.#lanes, this.#playOn, work);
  }
}

/** Number of runs per shift after which a self-sizing crew looks at its clock. */
const SHIFT_RUNS = 16;

/** The speed-up that keeps another lane: a tenth more runs per second than without it. */
const WORTH_IT = 1.1;

/** Seconds that the remaining runs must take for another lane to be worth opening. */
const LONG_ENOUGH = 2;

/**
 * Starts with one lane, and opens another as long as there are processors for it, enough work remains and the last
 * one increased the runs per second. The clock decides how fast a campaign is, never what it finds.
 */
export class SelfSizingCrew implements Crew {
  readonly #lanes: Lanes;
  readonly #most: number;
  readonly #playOn: PlayOn;
  readonly #clock: () => number;
  #shift: { readonly startedAt: number; readonly left: number } | undefined;
  /** Runs per second with one lane fewer. */
  #before = 0;
  #state: "warming" | "measuring" | "settled" = "warming";

  /**
   * @param most - the most lanes: the machine's processors
   * @param clock - milliseconds from any origin
   */
  constructor(lanes: Lanes, options: { readonly most: number; readonly clock: () => number }, playOn: PlayOn) {
    this.#lanes = lanes;
    this.#most = options.most;
    this.#clock = options.clock;
    this.#playOn = playOn;
  }

  async shift(left: number): Promise<number> {
    if (this.#lanes.worlds.length === 0) {
      await this.#lanes.add();
    } else if (this.#state === "warming") {
      // the first runs of a lane read the state that it forks
      this.#state = "measuring";
    } else if (this.#state === "measuring") {
      await this.#size(left);
    }
    this.#shift = { startedAt: this.#clock(), left };
    return this.#state === "settled" ? left : SHIFT_RUNS * this.#lanes.worlds.length;
  }

  async play(work: Parameters<Crew["play"]>[0]): Promise<void> {
    await playOnAll(this.#lanes, this.#playOn, work);
  }

  async #size(left: number): Promise<void> {
    const { startedAt, left: leftThen } = this.#shift ?? { startedAt: 0, left };
    const rate = (leftThen - left) / Math.max(1e-3, (this.#clock() - startedAt) / 1000);
    if (rate < this.#before * WORTH_IT) {
      await this.#lanes.remove();
      this.#state = "settled";
    } else if (this.#lanes.worlds.length < this.#most && left / rate > LONG_ENOUGH) {
      this.#before = rate;
      await this.#lanes.add();
      this.#state = "warming";
    } else {
      this.#state = "settled";
    }
  }
}
