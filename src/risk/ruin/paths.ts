import type { RunTally } from "../../engine/activity/run-tally.js";
import type { Genome } from "../../engine/events/genome.js";
import type { Aim } from "../../engine/run/aim.js";
import type { Player } from "../../engine/run/player.js";
import type { SearchEnvironment } from "../../engine/search/campaign-search.js";
import type { Crew } from "../../engine/search/lanes/crew.js";
import type { GenomeJob, RunReport } from "../../engine/search/lanes/run-job.js";
import type { Explored } from "../../engine/search/spent.js";
import type { PathEnd, RuinedPath } from "./path-end.js";

import { Witnesses } from "../../engine/activity/exercise.js";
import { addTally, emptyTally } from "../../engine/activity/run-tally.js";
import { Comparison } from "../../engine/search/comparison.js";
import { crewOf } from "../../engine/search/lanes/crew-of.js";
import { disagreementOn } from "../../engine/search/lanes/disagreement.js";
import { explore } from "../../engine/search/lanes/explore.js";
import { Lanes } from "../../engine/search/lanes/lanes.js";
import { onlyAsTransactions } from "../../engine/search/lanes/only-as-transactions.js";

import { endOfPath } from "./path-end.js";

/** Paths after which the executors are compared, and after which it may stop. */
const GENERATION = 32;

/** How many paths are compared in the first generation; of later ones it is one. */
const COMPARED_FIRST = 3;

/** No violation ends a path. */
const TO_THE_END: Aim = { toTheEnd: true };

/** A finished path with what became of its calls and conditions. */
export interface FinishedPath extends PathEnd {
  readonly tally: RunTally;
}

/** What paths are played with. */
interface PathsParameters {
  /** Plays on the user's connection. */
  readonly player: Player;
  /** Called before every block; throws to stop. */
  readonly checkpoint: () => void;
  readonly environment: SearchEnvironment;
  readonly lanes: number | "auto";
  readonly executor: Explored["executor"];
  /** The genome of a path, counted from 0. */
  readonly genome: (index: number) => Genome;
}

/** How paths are played. */
interface PlayedHow {
  /** The most. */
  readonly wanted: number;
  /** Paths that are finished already. */
  readonly known: readonly FinishedPath[];
  /** Called with every path that is finished, in the order in which they end. */
  readonly finished: (path: FinishedPath) => void;
  /** Called when all paths so far have to be played again, because what plays them was found to differ from the chain. */
  readonly restarted: () => void;
  /** Asked after every generation. */
  readonly isEnough: () => boolean;
}

/** Plays the paths of a risk run on lanes, to their horizon. All paths that count are played by one kind of executor. */
export class Paths {
  readonly #parameters: PathsParameters;
  #explored: Explored;
  #notInRunner: string | undefined;
  #lanes: Lanes | undefined;
  #comparison = new Comparison();
  /** Conditions whose violation was compared. */
  #compared = new Set<string>();
  /** How many paths count: all those before the first that is missing. Of those that survive, nothing else is kept. */
  #played = 0;
  #ruined: RuinedPath[] = [];
  #liquidated: number[] = [];
  #waiting = new Map<number, FinishedPath>();
  #tally: RunTally = emptyTally();
  #witnesses = new Witnesses();
  readonly #spent = { blocks: 0, calls: 0 };

  constructor(parameters: PathsParameters) {
    this.#parameters = parameters;
    const isFaithful = onlyAsTransactions(parameters.player.world);
    this.#explored = { executor: isFaithful ? "faithful" : parameters.executor, because: undefined };
  }

  /** How many paths count: the first ones, without a gap. */
  get played(): number {
    return this.#played;
  }

  /** Those of them that are ruined, in order. */
  get ruined(): readonly RuinedPath[] {
    return this.#ruined;
  }

  /** The collateral that liquidations took in each of them, US dollars; empty if no protocol can tell. */
  get liquidated(): readonly number[] {
    return this.#liquidated;
  }

  /** What became of their calls and conditions. */
  get tally(): RunTally {
    return this.#tally;
  }

  /** Paths in which calls of the target succeeded. */
  get witnesses(): readonly Genome[] {
    return this.#witnesses.genomes;
  }

  get explored(): Explored {
    const notInRunner = this.#notInRunner ?? this.#lanes?.because;
    const isSaid = notInRunner !== undefined && this.#explored.executor !== "faithful";
    return { ...this.#explored, ...(isSaid ? { notInRunner } : {}) };
  }

  /** What was played here, paths that were played again included. */
  get spent(): { readonly blocks: number; readonly calls: number } {
    return this.#spent;
  }

  /**
   * Plays the paths that are missing.
   *
   * @throws SiegeError, and what the checkpoint throws; the paths before the one that threw count
   */
  async play(how: PlayedHow): Promise<void> {
    let known = new Map(how.known.filter(({ index }) => index < how.wanted).map((path) => [path.index, path]));
    while (!(await this.#playMissing(how, known))) {
      how.restarted();
      known = new Map();
      this.#comparison = new Comparison();
      this.#compared = new Set();
      this.#played = 0;
      this.#ruined = [];
      this.#liquidated = [];
      this.#waiting = new Map();
      this.#tally = emptyTally();
      this.#witnesses = new Witnesses();
    }
  }

  /** Lanes in the Solidity test runner for the minimiser's candidates; `undefined` if paths are played in another way. */
  async lanesInRunner(): Promise<Lanes | undefined> {
    const { worlds } = this.#lanes ?? { worlds: [] };
    return worlds.length > 0 && worlds.every(({ executor }) => executor.kind === "solidity") ? this.#lanes : undefined;
  }

  /** Records that a finding was not minimised on lanes although there were some. */
  minimiseAsTransactions(because: string): void {
    this.#explored = { ...this.#explored, minimisedAsTransactions: because };
  }

  /** Closes the lanes; nothing can be played afterwards. */
  async close(): Promise<void> {
    this.#notInRunner ??= this.#lanes?.because;
    await this.#lanes?.close();
    this.#lanes = undefined;
  }

  /** @returns whether what played them does what the chain does; if not, none of them counts */
  async #playMissing(
    { wanted, finished, isEnough }: PlayedHow,
    known: ReadonlyMap<number, FinishedPath>,
  ): Promise<boolean> {
    const { genome, player, environment, checkpoint } = this.#parameters;
    const { blockTime } = player.world.scenario;
    this.#waiting = new Map(known);
    this.#fold();
    const first = this.#played;
    if (first >= wanted || (first > 0 && isEnough())) return true;
    const lanes = await this.#served();
    const lanesDo = { agree: true };
    const exploring = explore<never, GenomeJob>(
      {
        runs: wanted - first,
        generation: GENERATION,
        crew: withKnown(
          crewOf(lanes, { size: this.#parameters.lanes, clock: environment.clock, checkpoint }),
          (place) => this.#waiting.has(first + place),
        ),
        job: (index) => ({
          kind: "genome",
          index,
          genome: genome(first + index),
          tally: true,
          harm: true,
          ...TO_THE_END,
        }),
        reported: (job, report) => {
          const index = first + report.index;
          const end = known.has(index) ? undefined : endOfPath({ ...report, index }, blockTime);
          if (end === undefined || report.tally === undefined) return;
          const { blocks, calls } = report.count;
          this.#spent.blocks += blocks;
          this.#spent.calls += calls;
          const path: FinishedPath = { ...end, tally: report.tally };
          this.#waiting.set(index, path);
          const hasCode = job.genome.moves.some(({ inside }) => inside !== undefined);
          this.#comparison.reported(index, report.tally, hasCode);
          finished(path);
        },
        ended: async () => {
          lanesDo.agree = await this.#agree(lanes, this.#played === first);
          if (lanesDo.agree) this.#fold();
          return [];
        },
        isEnough: () => !lanesDo.agree || isEnough(),
        // nothing ends a path
        confirm: async () => undefined,
      },
      { searched: 0, discarded: 0 },
    );
    try {
      await exploring.next();
    } finally {
      if (lanesDo.agree) this.#fold();
    }
    return lanesDo.agree;
  }

  /** Counts the paths up to the first that is missing. In order, so that sums do not depend on the lanes. */
  #fold(): void {
    for (;;) {
      const index = this.#played;
      const path = this.#waiting.get(index);
      if (path === undefined) return;
      this.#waiting.delete(index);
      const { tally, ruin, liquidated } = path;
      this.#played += 1;
      if (ruin !== undefined) this.#ruined.push(ruin);
      if (liquidated !== undefined) this.#liquidated.push(liquidated);
      addTally(this.#tally, tally);
      if (tally.exercised.length > 0) this.#witnesses.saw(this.#parameters.genome(index), tally);
    }
  }

  /** Whether paths of the generation that is over end on the lanes as they do with one transaction per call. */
  async #agree(lanes: Lanes, isFirst: boolean): Promise<boolean> {
    const { executor } = lanes.rules;
    if (lanes.worlds.length === 0 || executor === "faithful") return true;
    const { genome, player, checkpoint } = this.#parameters;
    const generation = [...this.#waiting.values()].sort((one, other) => one.index - other.index);
    if (isFirst) this.#comparison.suspect(generation[0]?.index ?? 0);
    for (const { index, ruin } of generation) {
      // a violation is what the probability is about: the first of each condition
      const news = ruin?.violations.filter(({ condition }) => !this.#compared.has(condition)) ?? [];
      if (news.length > 0) this.#comparison.suspect(index);
      for (const { condition } of news) this.#compared.add(condition);
    }
    for (let count = 0; count < (isFirst ? COMPARED_FIRST : 1); count++) {
      const index = this.#comparison.next();
      if (index === undefined) break;
      this.#comparison.compared(index);
      const run = { genome: genome(index), run: index + 1, aim: TO_THE_END, checkpoint };
      const disagreement = await disagreementOn(lanes, player, run);
      if (disagreement === undefined && lanes.rules.executor === executor) continue;
      if (disagreement === undefined) return false;
      this.#explored = { executor: "faithful", because: disagreement };
      await lanes.switchTo("faithful");
      return false;
    }
    this.#comparison.forget();
    return true;
  }

  /** No lane is open until one is asked for. */
  async #served(): Promise<Lanes> {
    const { player, environment } = this.#parameters;
    const { hardfork, openNetwork, openChannel } = environment;
    const { executor: asked } = this.#explored;
    const executor = asked === "batched" && openChannel !== undefined ? "solidity" : asked;
    this.#lanes ??= await Lanes.of(player.world, { hardfork, openNetwork, openChannel, executor });
    return this.#lanes;
  }
}

/** The report of a path that was finished before. */
const NOTHING: Omit<RunReport, "index"> = {
  outcome: { kind: "survived", blocks: 0, trace: { steps: [], blocks: 0 } },
  count: { runs: 0, blocks: 0, calls: 0, trials: 0 },
};

/** A crew that does not play what is known. */
function withKnown(crew: Crew, isKnown: (index: number) => boolean): Crew {
  return {
    shift: (left) => crew.shift(left),
    play: (work) =>
      crew.play((play) => work(async (job) => (isKnown(job.index) ? { ...NOTHING, index: job.index } : play(job)))),
  };
}
