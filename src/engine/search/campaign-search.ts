import type { Proposer } from "../../agents/proposer.js";
import type { RunTally } from "../activity/run-tally.js";
import type { Genome } from "../events/genome.js";
import type { Answers } from "../outsider/answers.js";
import type { ProposalsResult } from "../proposing/proposed-source.js";
import type { Aim } from "../run/aim.js";
import type { Player } from "../run/player.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { Found } from "./found.js";
import type { Crew } from "./lanes/crew.js";
import type { LaneRules } from "./lanes/lanes.js";
import type { SharedLanes } from "./lanes/shared-lanes.js";
import type { GenomeSource } from "./ranked-source.js";
import type { SearchWatch } from "./search-watch.js";
import type { CampaignCost, Explored } from "./spent.js";

import { availableParallelism } from "node:os";

import { Witnesses } from "../activity/exercise.js";
import { addTally, emptyTally, succeededIn } from "../activity/run-tally.js";
import { ProposedSource, ROUND } from "../proposing/proposed-source.js";

import { Comparison } from "./comparison.js";
import { crewOf } from "./lanes/crew-of.js";
import { disagreementOn } from "./lanes/disagreement.js";
import { explore } from "./lanes/explore.js";
import { Lanes } from "./lanes/lanes.js";
import { onlyAsTransactions } from "./lanes/only-as-transactions.js";
import { GENERATION, RankedSource } from "./ranked-source.js";

/** Runs in which most functions end in new ways, so that more of them are compared. */
const EARLY = 2 * GENERATION;

/** How many runs of an early generation are compared, besides the first run; of later ones it is one. */
const COMPARED_EARLY = 2;

/**
 * How many lanes are opened for the minimiser, if there may be so many: one for the candidate that is asked for, and one for a
 * guess at the next. Guesses at what comes after guesses are mostly wrong.
 */
const MOST_FOR_CANDIDATES = 2;

/** What a search needs from outside. */
export type SearchEnvironment = Pick<CampaignEnvironment, "hardfork" | "openNetwork" | "openChannel" | "clock">;

/** A search's budget and how it is spent. */
interface SearchOptions {
  readonly runs: number;
  readonly seed: number;
  readonly lanes: number | "auto";
  readonly executor: Explored["executor"];
  /** Whether runs learn from those before them. Default true. */
  readonly learns?: boolean;
  /** How many runs of the seed's sequence come before those of this search. Default 0. */
  readonly first?: number;
  /** What it plays on, if that outlasts it. */
  readonly shared?: SharedLanes;
  /** Who proposes sequences for some of the runs. Default: nobody. */
  readonly proposers?: readonly Proposer[] | undefined;
  /** Told after every run. */
  readonly watch?: SearchWatch | undefined;
}

/**
 * The search of a campaign: explores on lanes and confirms on the user's own connection, one transaction per call. Its
 * counts cover the runs up to the one that is found, whatever else the lanes played.
 */
export class CampaignSearch {
  readonly #player: Player;
  readonly #environment: SearchEnvironment;
  readonly #options: SearchOptions;
  readonly #progress = { searched: 0, discarded: 0 };
  /** Number of blocks, calls and trials of each run. */
  readonly #blocks: Uint32Array;
  readonly #calls: Uint32Array;
  readonly #trials: Uint32Array;
  /** The counts of earlier generations, and of the runs of this one by their index. */
  readonly #counted = emptyTally();
  readonly #counting = new Map<number, { readonly genome: Genome; readonly tally: RunTally }>();
  readonly #witnesses = new Witnesses();
  #explored: Explored;
  #notInRunner: string | undefined;
  #minimisedAsTransactions: string | undefined;
  readonly #comparison = new Comparison();
  #proposed: ProposedSource | undefined;
  #lanes: Lanes | undefined;
  #exploration: AsyncGenerator<{ readonly finding: Found }, void> | undefined;
  /** Causes that are known already. */
  #ignoring: readonly string[] = [];
  readonly #answers: Answers;
  /** Violations that do not count, because others would have prevented them. */
  #answered = 0;

  readonly #checkpoint: () => void;

  /**
   * @param player - plays on the user's connection
   * @param checkpoint - called before every block; throws to stop
   * @param answers - tells what does not count
   */
  constructor(
    player: Player,
    checkpoint: () => void,
    environment: SearchEnvironment,
    answers: Answers,
    options: SearchOptions,
  ) {
    this.#player = player;
    this.#answers = answers;
    this.#checkpoint = checkpoint;
    this.#environment = environment;
    const executor = onlyAsTransactions(player.world) ? "faithful" : options.executor;
    this.#options = { ...options, executor };
    this.#blocks = new Uint32Array(options.runs);
    this.#calls = new Uint32Array(options.runs);
    this.#trials = new Uint32Array(options.runs);
    this.#explored = { executor, because: undefined };
  }

  get explored(): Explored {
    const notInRunner = this.#notInRunner ?? this.#lanes?.because;
    const minimised = this.#minimisedAsTransactions;
    return {
      ...this.#explored,
      // what plays one transaction per call says why itself
      ...(notInRunner === undefined || this.#explored.executor === "faithful" ? {} : { notInRunner }),
      ...(minimised === undefined ? {} : { minimisedAsTransactions: minimised }),
    };
  }

  get discarded(): number {
    return this.#progress.discarded - this.#answered;
  }

  /** What has been spent so far, including the campaign's runs outside the search. */
  get cost(): Omit<CampaignCost, "seconds" | "searchSeconds"> {
    const { searched } = this.#progress;
    const { count } = this.#player;
    const total = (numbers: Uint32Array): number =>
      numbers.subarray(0, searched).reduce((sum, number) => sum + number, 0);
    return {
      runs: searched,
      totalRuns: searched + count.runs,
      blocks: total(this.#blocks) + count.blocks,
      calls: total(this.#calls) + count.calls,
      searchCalls: total(this.#calls),
      trials: total(this.#trials),
      actions: succeededIn(this.tally),
    };
  }

  /** What became of proposals so far; `undefined` without proposers. */
  get proposals(): ProposalsResult | undefined {
    return this.#proposed?.result(this.#progress.searched);
  }

  /** The counts of the runs so far. */
  get tally(): RunTally {
    const total = emptyTally();
    addTally(total, this.#counted);
    const { searched } = this.#progress;
    for (const [index, { tally }] of this.#inOrder()) if (index < searched) addTally(total, tally);
    return total;
  }

  /** Runs whose calls of the target succeeded, one for each function. */
  get witnesses(): readonly Genome[] {
    return this.#witnesses.genomes;
  }

  /**
   * The next run that violates a condition under the faithful executor; `undefined` if none of those that are left does. The
   * run that found the last one is looked at again: it may show more.
   *
   * @param ignoring - causes of violations that are known already, all those of the last call among them
   */
  async next(ignoring: readonly string[]): Promise<Found | undefined> {
    this.#ignoring = ignoring;
    this.#exploration ??= await this.#explore();
    const { value } = await this.#exploration.next();
    return value?.finding;
  }

  /**
   * Lanes in the Solidity test runner for the minimiser's candidates, at least one; `undefined` if blocks are executed in another
   * way. They are the search's own: it must not be under way.
   */
  async lanesInRunner(): Promise<Lanes | undefined> {
    if (this.#executor() !== "solidity" || this.#explored.executor === "faithful") return undefined;
    const lanes = await this.#served();
    while (lanes.rules.executor === "solidity" && lanes.worlds.length < Math.min(this.#most(), MOST_FOR_CANDIDATES))
      await lanes.add();
    const { worlds } = lanes;
    return worlds.length > 0 && worlds.every(({ executor }) => executor.kind === "solidity") ? lanes : undefined;
  }

  /** Records that a finding was not minimised on lanes although there were some. */
  minimiseAsTransactions(because: string): void {
    this.#minimisedAsTransactions ??= because;
  }

  /** Closes the lanes; nothing can be searched afterwards. */
  async close(): Promise<void> {
    this.#notInRunner ??= this.#lanes?.because;
    // what is shared is closed by its owner
    if (this.#options.shared === undefined) await this.#lanes?.close();
    this.#lanes = undefined;
  }

  async #explore(): Promise<AsyncGenerator<{ readonly finding: Found }, void>> {
    const { runs, seed, first = 0, learns = true } = this.#options;
    const ranked = new RankedSource(this.#player.world, seed, { first, learns });
    const proposed = this.#proposedBy(ranked);
    const source = proposed ?? ranked;
    await proposed?.begin(0, runs);
    const lanes = await this.#served();
    // whatever it shows; a violation before it is compared is confirmed like any other
    this.#comparison.suspect(0);
    /** Runs whose violation does not count, although they have one. */
    const answered = new Set<number>();
    return explore(
      {
        runs,
        generation: proposed === undefined ? GENERATION : ROUND,
        ended: async () => {
          const played = Math.max(-1, ...this.#counting.keys()) + 1;
          if (proposed !== undefined && played % GENERATION !== 0 && played < runs) {
            await proposed.begin(played, runs);
            return [];
          }
          const redone = await this.#compare(source);
          if (redone.length > 0) return redone;
          this.#comparison.forget();
          source.grow();
          this.#fold();
          await proposed?.begin(played, runs);
          return [];
        },
        crew: this.#crewOf(lanes),
        job: (index) => ({ ...source.job(index), ...this.#aim }),
        reported: (job, report) => {
          this.#options.watch?.reported(report.tally, lanes.worlds.length);
          this.#blocks[report.index] = report.count.blocks;
          this.#calls[report.index] = report.count.calls;
          this.#trials[report.index] = report.count.trials;
          if (report.tally !== undefined) {
            this.#counting.set(report.index, { genome: job.genome, tally: report.tally });
            const hasCode = job.genome.moves.some(({ inside }) => inside !== undefined);
            this.#comparison.reported(report.index, report.tally, hasCode);
          }
          source.reported(report);
        },
        discarding: async (index) => {
          if (answered.has(index)) return [];
          this.#comparison.suspect(index);
          // what differs in every run would be discarded again and again
          return this.#comparison.hasCompared ? [] : this.#compare(source, 1);
        },
        confirm: async (index) => {
          const genome = source.genome(index);
          const outcome = await this.#player.genome(genome, {}, this.#aim);
          if (outcome.kind !== "violation") return undefined;
          const { violation, trace: original, also = [] } = outcome;
          const found: Found = { violation, original, plays: "genome", also, genome, seed, run: first + index + 1 };
          if (!(await this.#answers.isAnswered(found, this.#ignoring))) return found;
          this.#answered += 1;
          answered.add(index);
          return undefined;
        },
      },
      this.#progress,
    );
  }

  #proposedBy(source: RankedSource): ProposedSource | undefined {
    const { seed, first = 0, proposers = [] } = this.#options;
    if (proposers.length === 0) return undefined;
    const own = new RankedSource(this.#player.world, seed, { first });
    const checkpoint = this.#checkpoint;
    this.#proposed = new ProposedSource(this.#player.world, { source, own, proposers, first, checkpoint });
    return this.#proposed;
  }

  get #aim(): Aim {
    return this.#ignoring.length === 0 ? {} : { ignoring: this.#ignoring };
  }

  /**
   * Compares the executors in some runs of a generation. If they differ, all further runs are played with one transaction per
   * call.
   *
   * @param most - how many runs at most. Default: as many as are due
   * @returns the runs of this generation if they have to be played again in that way
   */
  async #compare(source: GenomeSource, most?: number): Promise<readonly number[]> {
    const lanes = this.#lanes;
    if (lanes === undefined || lanes.worlds.length === 0 || lanes.rules.executor === "faithful") return [];
    const generation = [...this.#counting.keys()].sort((a, b) => a - b);
    const [first = 0] = generation;
    const { first: before = 0 } = this.#options;
    const due = first === 0 ? 1 + COMPARED_EARLY : first < EARLY ? COMPARED_EARLY : 1;
    const { executor } = lanes.rules;
    for (let count = 0; count < (most ?? due); count++) {
      const index = this.#comparison.next();
      if (index === undefined) break;
      this.#comparison.compared(index);
      const disagreement = await disagreementOn(lanes, this.#player, {
        genome: source.genome(index),
        run: before + index + 1,
        checkpoint: this.#checkpoint,
      });
      if (disagreement === undefined && lanes.rules.executor === executor) continue;
      if (disagreement === undefined) return generation;
      this.#explored = { executor: "faithful", because: disagreement, from: before + first + 1 };
      await lanes.switchTo("faithful");
      source.distrustTrials();
      return generation;
    }
    return [];
  }

  /** At the end of a generation, all of whose runs have been reported. In order, so that the sums do not depend on the lanes. */
  #fold(): void {
    for (const [, { genome, tally }] of this.#inOrder()) {
      addTally(this.#counted, tally);
      this.#witnesses.saw(genome, tally);
    }
    this.#counting.clear();
  }

  #inOrder(): readonly (readonly [number, { readonly genome: Genome; readonly tally: RunTally }])[] {
    return [...this.#counting].sort(([a], [b]) => a - b);
  }

  /** How lanes execute blocks at first. */
  #executor(): LaneRules["executor"] {
    const { executor } = this.#options;
    return executor === "batched" && this.#environment.openChannel !== undefined ? "solidity" : executor;
  }

  /** No lane is open until one is asked for. */
  async #served(): Promise<Lanes> {
    const { hardfork, openNetwork, openChannel } = this.#environment;
    const { world } = this.#player;
    const executor = this.#executor();
    const open = (): Promise<Lanes> => Lanes.of(world, { hardfork, openNetwork, openChannel, executor });
    this.#lanes ??= await (this.#options.shared?.take(open) ?? open());
    return this.#lanes;
  }

  /** The most lanes. */
  #most(): number {
    const { lanes } = this.#options;
    return lanes === "auto" ? availableParallelism() : lanes;
  }

  #crewOf(lanes: Lanes): Crew {
    const { lanes: size, shared } = this.#options;
    const make = (): Crew => crewOf(lanes, { size, clock: this.#environment.clock, checkpoint: this.#checkpoint });
    return shared?.crew(make) ?? make();
  }
}
