import type { Proposer, ProposerPlayed } from "../../agents/proposer.js";
import type { Genome, MoveGene } from "../events/genome.js";
import type { GenomeJob, RunReport } from "../search/lanes/run-job.js";
import type { GenomeSource, RankedSource } from "../search/ranked-source.js";
import type { World } from "../world/world.js";
import type { StandingBrief } from "./brief.js";
import type { Refusal } from "./read-proposals.js";

import { ask } from "./ask.js";
import { actionsTold, runTold, standingBrief } from "./brief.js";
import { readProposals } from "./read-proposals.js";

/** Runs after which proposers are asked again; a divisor of a generation of the search. */
export const ROUND = 8;

/** Every second run is the search's own, as it would be without proposers: the others may be proposed. */
const EVERY = 2;

/** Proposals that were not played. */
export interface RefusedProposals {
  readonly proposer: string;
  /** Why, as a clause. */
  readonly reason: string;
  readonly count: number;
  /** What was wrong with the first. */
  readonly example: string;
}

/** What became of the proposals of a campaign. */
export interface ProposalsResult {
  /** Runs that played a proposal, up to the last that counts. */
  readonly played: number;
  readonly refused: readonly RefusedProposals[];
}

/** A proposer in a campaign. */
interface Seat {
  readonly proposer: Proposer;
  rounds: number;
  /** Set once it is not asked any more. */
  isOut: boolean;
  played: ProposerPlayed[];
}

/** What the genomes of a search with proposers come from. */
interface ProposedSourceParameters {
  /** Of the runs that are not proposed. */
  readonly source: RankedSource;
  /** Of those that are: it learns after every round, not only after every generation. */
  readonly own: RankedSource;
  readonly proposers: readonly Proposer[];
  /** How many runs of the seed's sequence come before. */
  readonly first: number;
  /** Throws if the campaign is to stop. */
  readonly checkpoint: () => void;
}

/** The genomes of a search, some of which have the moves that somebody proposed. */
export class ProposedSource implements GenomeSource {
  readonly #world: World;
  readonly #source: RankedSource;
  readonly #own: RankedSource;
  readonly #seats: readonly Seat[];
  readonly #standing: StandingBrief;
  readonly #first: number;
  readonly #checkpoint: () => void;
  /** The proposed runs of this generation. */
  readonly #genomes = new Map<number, { readonly seat: Seat; readonly genome: Genome }>();
  readonly #played = new Set<number>();
  readonly #refused = new Map<string, { -readonly [Key in keyof RefusedProposals]: RefusedProposals[Key] }>();
  #isDistrusted = false;

  constructor(world: World, { source, own, proposers, first, checkpoint }: ProposedSourceParameters) {
    this.#world = world;
    this.#source = source;
    this.#own = own;
    this.#seats = proposers.map((proposer) => ({ proposer, rounds: 0, isOut: false, played: [] }));
    this.#standing = standingBrief(world);
    this.#first = first;
    this.#checkpoint = checkpoint;
  }

  genome(index: number): Genome {
    const proposed = this.#genomes.get(index)?.genome;
    if (proposed === undefined) return this.#source.genome(index);
    return this.#isDistrusted ? { ...proposed, asDrawn: true } : proposed;
  }

  job(index: number): GenomeJob {
    const job = this.#source.job(index);
    return this.#genomes.has(index) ? { ...job, genome: this.genome(index), steps: true } : job;
  }

  /** @param searched - the runs that count */
  result(searched: number): ProposalsResult {
    return {
      played: [...this.#played].filter((index) => index < searched).length,
      refused: [...this.#refused.values()].map((one) => ({ ...one })),
    };
  }

  /**
   * Asks for the runs of a round. All earlier ones have been reported.
   *
   * @param from - the first of its runs
   * @param runs - how many there are in all
   */
  async begin(from: number, runs: number): Promise<void> {
    if (from > 0) this.#own.grow();
    const until = Math.min(from + ROUND, runs);
    const places = Array.from({ length: Math.max(0, until - from) }, (_, at) => from + at).filter(
      (place) => place % EVERY === 1,
    );
    const seats = this.#seats.filter(({ isOut }) => !isOut);
    for (const [turn, seat] of seats.entries()) {
      const own = places.filter((_place, at) => at % seats.length === turn);
      if (own.length > 0) await this.#ask(seat, own);
    }
  }

  grow(): void {
    this.#source.grow();
    this.#genomes.clear();
  }

  distrustTrials(): void {
    this.#source.distrustTrials();
    this.#own.distrustTrials();
    this.#isDistrusted = true;
  }

  reported(report: RunReport): void {
    this.#source.reported(report);
    this.#own.reported(report);
    const { index, outcome, tally, steps = [] } = report;
    const seat = this.#genomes.get(index)?.seat;
    if (seat === undefined || outcome.kind === "invalid") return;
    this.#played.add(index);
    const margins = Object.entries(tally?.conditions ?? {}).flatMap(([id, { closest }]) =>
      closest === undefined ? [] : [[id, closest] as const],
    );
    const run = this.#first + index + 1;
    const one: ProposerPlayed = {
      run,
      steps,
      outcome: outcome.kind === "violation" ? "violated" : "survived",
      margins: Object.fromEntries(margins),
    };
    // a run that is played again, one transaction per call, counts once
    seat.played = [...seat.played.filter((other) => other.run !== run), one].sort((a, b) => a.run - b.run);
  }

  async #ask(seat: Seat, places: readonly number[]): Promise<void> {
    const drawn = places.map((place) => this.#own.genome(place));
    const { shown } = this.#own;
    const { proposer, rounds, played } = seat;
    seat.rounds += 1;
    seat.played = [];
    // a copy: whatever it does to it is its own affair
    const brief = structuredClone({
      ...this.#standing,
      round: rounds,
      runs: drawn.map((genome, at) => runTold(genome, this.#first + (places[at] ?? 0) + 1)),
      actions: actionsTold(this.#world, shown),
      played,
      refused: [...this.#refused.values()].flatMap(({ proposer: name, ...one }) =>
        name === proposer.name ? [one] : [],
      ),
    });
    const asked = await ask(proposer, brief, this.#checkpoint);
    if (asked.kind === "failed") {
      this.#refuse(proposer, asked);
      seat.isOut = asked.isFinal === true;
      return;
    }
    const { sequences, refused } = readProposals(asked.value, drawn, this.#world, shown.accepted);
    for (const one of refused) this.#refuse(proposer, one);
    for (const [at, sequence] of sequences.entries()) {
      const place = places[at];
      const genome = drawn[at];
      if (sequence === undefined || place === undefined || genome === undefined) continue;
      if (isRefusal(sequence)) this.#refuse(proposer, sequence);
      else {
        this.#genomes.set(place, { seat, genome: { ...genome, moves: sequence } });
      }
    }
  }

  #refuse({ name }: Proposer, { reason, example }: Refusal): void {
    const key = `${name} ${reason}`;
    const known = this.#refused.get(key);
    if (known === undefined) this.#refused.set(key, { proposer: name, reason, count: 1, example });
    else known.count += 1;
  }
}

function isRefusal(sequence: readonly MoveGene[] | Refusal): sequence is Refusal {
  return !Array.isArray(sequence);
}
