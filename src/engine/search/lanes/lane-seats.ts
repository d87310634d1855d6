import type { Candidate } from "../../minimise/candidate.js";
import type { Played, Seats } from "../../minimise/look-ahead.js";
import type { Aim } from "../../run/aim.js";
import type { KnownGas } from "../../run/known-gas.js";
import type { PlayCount } from "../../run/player.js";
import type { World } from "../../world/world.js";
import type { Lanes } from "./lanes.js";

import { Player } from "../../run/player.js";
import { PrefixStage } from "../../run/stage.js";
import { SolidityExecutor } from "../../world/executor/solidity.js";

import { LANE_LIFE } from "./crew.js";

/** Snapshots of one run that a lane keeps: each is a call inside the one before, of which the EVM allows 1,024. */
const MOST_SNAPSHOTS = 256;

/** A lane, and the run that its next one may continue. */
interface Seat {
  readonly lane: World;
  readonly stage: PrefixStage;
  readonly player: Player;
}

/** Lanes on which candidates of the minimiser are played, each by continuing the candidate before it where the two diverge. */
export class LaneSeats implements Seats {
  readonly #lanes: Lanes;
  readonly #checkpoint: () => void;
  readonly #aim: Aim;
  readonly #total: PlayCount;
  readonly #gas: KnownGas;
  readonly #free: Seat[];
  readonly #waiting: ((seat: Seat) => void)[] = [];
  #freed: (() => void)[] = [];

  /**
   * @param checkpoint - called before every run and every block; throws to stop
   * @param aim - at which violations a candidate's run ends
   * @param count - `total`: what is asked for is added to it: whole runs, wherever they were continued; `gas`: what calls cost
   * their senders
   */
  constructor(
    lanes: Lanes,
    checkpoint: () => void,
    aim: Aim,
    { total, gas }: { readonly total: PlayCount; readonly gas: KnownGas },
  ) {
    this.#lanes = lanes;
    this.#checkpoint = checkpoint;
    this.#aim = aim;
    this.#total = total;
    this.#gas = gas;
    this.#free = lanes.worlds.map((lane) => this.#seatOn(lane));
  }

  get isAnyFree(): boolean {
    return this.#free.length > 0 && this.#waiting.length === 0;
  }

  async freed(): Promise<void> {
    return new Promise((resolve) => void this.#freed.push(resolve));
  }

  async play(candidate: Candidate): Promise<Played> {
    let seat = this.#free.pop() ?? (await new Promise<Seat>((resolve) => void this.#waiting.push(resolve)));
    try {
      if (seat.player.count.blocks >= LANE_LIFE) seat = this.#seatOn(await this.#lanes.renew(seat.lane));
      const before = { ...seat.player.count };
      const verdict = await (candidate.kind === "genome"
        ? seat.player.genome(candidate.genome, {}, this.#aim)
        : seat.player.trace(candidate.trace, {}, this.#aim));
      const { runs, blocks, calls, trials } = seat.player.count;
      return {
        verdict,
        counted: () => {
          this.#total.runs += runs - before.runs;
          this.#total.blocks += blocks - before.blocks;
          this.#total.calls += calls - before.calls;
          this.#total.trials += trials - before.trials;
        },
      };
    } finally {
      this.#leave(seat);
    }
  }

  /** Leaves the lanes at their base. Nothing may be under way. */
  async close(): Promise<void> {
    await Promise.all(this.#free.map(({ stage }) => stage.close()));
  }

  #seatOn(lane: World): Seat {
    const stage = new PrefixStage(lane, { most: MOST_SNAPSHOTS });
    const { executor } = lane;
    const world =
      executor instanceof SolidityExecutor
        ? { ...lane, executor: executor.charging((call) => this.#gas.of(call)) }
        : lane;
    return { lane, stage, player: new Player(world, this.#checkpoint, { stage, countsShared: true }) };
  }

  #leave(seat: Seat): void {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next(seat);
      return;
    }
    this.#free.push(seat);
    const freed = this.#freed;
    this.#freed = [];
    for (const tell of freed) tell();
  }
}
