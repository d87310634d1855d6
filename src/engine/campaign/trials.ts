import type { Trace } from "../events/trace.js";
import type { Plays } from "../minimise/trial.js";
import type { Verdict, Violation } from "../run/outcome.js";
import type { Player } from "../run/player.js";
import type { RunWatcher } from "../run/state.js";
import type { Lanes } from "../search/lanes/lanes.js";

import { kindsOf } from "../events/kinds.js";
import { Disagreement } from "../minimise/disagreement.js";
import { LookAhead } from "../minimise/look-ahead.js";
import { Trial } from "../minimise/trial.js";
import { faultOf } from "../run/fault.js";
import { KnownGas } from "../run/known-gas.js";
import { PrefixStage } from "../run/stage.js";
import { LaneSeats } from "../search/lanes/lane-seats.js";

/**
 * Work that tries candidates.
 *
 * @param trial - where they are tried
 * @param judge - a trial that plays one transaction per call: what counts has to be seen there, too. The same one if
 * candidates are tried there
 */
type Work<T> = (trial: Trial, judge: Trial) => Promise<T>;

/** Lanes that are there for the minimiser. */
interface LanesForTrials {
  /** At least one lane, on which nothing else plays; `undefined` if there is none. */
  lanesInRunner(): Promise<Lanes | undefined>;
  /** Told why a finding was not minimised on them. */
  minimiseAsTransactions(because: string): void;
}

/** Where a campaign's minimiser tries candidates: on the search's lanes in the Solidity test runner, if there are any. */
export class Trials {
  readonly #player: Player;
  readonly #checkpoint: () => void;
  readonly #search: LanesForTrials | undefined;

  /** @param search - the search whose lanes are used. Default: candidates are played with one transaction per call */
  constructor(player: Player, checkpoint: () => void, search?: LanesForTrials) {
    this.#player = player;
    this.#checkpoint = checkpoint;
    this.#search = search;
  }

  /**
   * Does work on lanes. If they cannot, or if the judge disagrees with them, does all of it again with one transaction per call,
   * on the user's connection.
   */
  async during<T>(violation: Violation, work: Work<T>): Promise<T> {
    const search = this.#search;
    const lanes = await search?.lanesInRunner();
    if (search === undefined || lanes === undefined) return this.asTransactions(violation, work);
    try {
      return await this.#onLanes(lanes, violation, work);
    } catch (error) {
      const why = error instanceof Disagreement ? error.message : faultOf(error)?.message;
      if (why === undefined) throw error;
      search.minimiseAsTransactions(why);
      return this.asTransactions(violation, work);
    }
  }

  /**
   * Does work with one transaction per call, on the user's connection.
   *
   * @param judged - what a run counts as; `leave` gives the connection back at its base. Default: what it is
   */
  async asTransactions<T>(
    violation: Violation,
    work: Work<T>,
    judged: (outcome: Verdict, leave: () => Promise<void>) => Promise<Verdict> = async (outcome) => outcome,
  ): Promise<T> {
    const stage = new PrefixStage(this.#player.world);
    const { genome, trace } = playsOn(this.#player.on(stage), violation);
    const leave = (): Promise<void> => stage.close();
    const trial = this.#trial(violation, {
      genome: async (candidate) => judged(await genome(candidate), leave),
      trace: async (candidate) => judged(await trace(candidate), leave),
    });
    const done = await work(trial, trial);
    await stage.close();
    return done;
  }

  async #onLanes<T>(lanes: Lanes, violation: Violation, work: Work<T>): Promise<T> {
    const gas = new KnownGas();
    const seats = new LaneSeats(lanes, this.#checkpoint, aimAt(violation), { total: this.#player.count, gas });
    const ahead = new LookAhead(seats);
    const { executor } = this.#player.world;
    const faithful = playsOn(this.#player, violation, { mined: (block) => gas.after(executor, block) });
    // lanes read state of the user's world, which is only at its base while it does not play
    const alone = async <R>(play: () => Promise<R>): Promise<R> => {
      await ahead.rest();
      return play();
    };
    const judge: Plays = {
      genome: (genome) => alone(() => faithful.genome(genome)),
      trace: (trace) => alone(() => faithful.trace(trace)),
    };
    try {
      const done = await work(this.#trial(violation, ahead), this.#trial(violation, judge));
      await ahead.rest();
      await seats.close();
      return done;
    } catch (error) {
      await ahead.rest();
      // what happened to a lane is not known: the next one who needs one gets a fresh one
      await lanes.switchTo(lanes.rules.executor);
      throw error;
    }
  }

  #trial(violation: Violation, plays: Plays): Trial {
    const { world } = this.#player;
    const kinds = kindsOf(world);
    const isPossible = (trace: Trace): boolean => kinds.possible(trace.steps, world.scenario);
    return new Trial(violation, plays, isPossible, kinds);
  }
}

/** Plays to a violation, past all others. */
function playsOn(player: Player, violation: Violation, watcher: RunWatcher = {}): Pick<Plays, "genome" | "trace"> {
  const aim = aimAt(violation);
  return {
    genome: (genome) => player.genome(genome, watcher, aim),
    trace: (trace) => player.trace(trace, watcher, aim),
  };
}

function aimAt({ cause }: Violation): { readonly seeking: string } {
  return { seeking: cause };
}
