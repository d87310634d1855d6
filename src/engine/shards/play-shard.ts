import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { SavedFile } from "../campaign/case-file.js";
import type { CampaignOptions } from "../campaign/options.js";
import type { Found } from "../search/found.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { World } from "../world/world.js";
import type { ShardJob } from "./job.js";
import type { ShardFinding, ShardResults, StrandResult } from "./result.js";
import type { Strand } from "./strands.js";

import { changesState } from "../activity/exercise.js";
import { factsOf } from "../activity/facts.js";
import { interruptionBy, requireHolding } from "../campaign/campaign.js";
import { playRegressions } from "../campaign/regressions.js";
import { RollCall } from "../campaign/roll-call.js";
import { stopWhen } from "../campaign/stop.js";
import { Answers } from "../outsider/answers.js";
import { faultOf } from "../run/fault.js";
import { Player } from "../run/player.js";
import { CampaignSearch } from "../search/campaign-search.js";
import { SharedLanes } from "../search/lanes/shared-lanes.js";
import { SearchWatch } from "../search/search-watch.js";
import { giveBack } from "../world/give-back.js";
import { openWorld } from "../world/world.js";

import { campaignOf } from "./campaign-of.js";
import { ShardRecord } from "./record.js";
import { ShardCase } from "./shard-case.js";
import { spentBy } from "./spent-by.js";
import { reread } from "./store.js";
import { dealtTo } from "./strands.js";

/** Where a shard is played. */
export type ShardEnvironment = CampaignEnvironment & {
  /** The release of hardhat-siege. */
  readonly release: string;
};

/**
 * Plays one shard of a campaign: the saved reproductions, as every shard does, and the strands that are dealt to it, until it has
 * as many findings as the campaign is to have.
 *
 * @param save - called with the result so far whenever there is more to be kept
 * @throws SiegeError of policy `user` if the target, the scenario or the job itself is wrong. Faults of the chain end in a
 * result that is cut
 */
export async function playShard(
  environment: ShardEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  job: ShardJob,
  options: Pick<CampaignOptions, "timeLimit" | "signal" | "lanes" | "progress">,
  save: (results: ShardResults) => Promise<void>,
): Promise<ShardResults> {
  const { clock } = environment;
  const startedAt = clock();
  const limits = { clock, timeLimit: options.timeLimit, signal: options.signal };
  const world = await openWorld({ ...environment, checkpoint: stopWhen(limits) }, target, scenario);
  const shared = new SharedLanes();
  const checkpoint = stopWhen(limits);
  let isFaulty = false;
  try {
    const facts = factsOf(world);
    const record = new ShardRecord(
      await campaignOf(world, facts, job, environment),
      {
        source: target.source ?? { kind: "given" },
        isFork: world.isFork,
        funding: world.funding,
        ...(world.parameters.length === 0 ? {} : { parameters: world.parameters }),
        facts,
      },
      job.shard.index,
      () => (clock() - startedAt) / 1000,
    );
    const shard = new PlayedShard(environment, world, { job, options, checkpoint, shared, record }, () =>
      save(record.results),
    );
    // a folder that cannot be written to is told before anything is played
    await save(record.results);
    try {
      await world.chain.requireSameUpstream();
      requireHolding(world);
      await shard.play();
      record.ended();
    } catch (error) {
      isFaulty = faultOf(error) !== undefined;
      const cut = interruptionBy(error, shard.hasFound ? shard : undefined);
      if (cut === undefined) throw error;
      record.cut(cut);
    }
    const results = record.results;
    await save(results);
    // what is told now is what will be merged
    return reread(results);
  } finally {
    await giveBack(world, shared, isFaulty);
  }
}

/** What a shard plays with. */
interface ShardParts {
  readonly job: ShardJob;
  readonly options: Pick<CampaignOptions, "lanes" | "progress">;
  readonly checkpoint: () => void;
  readonly shared: SharedLanes;
  readonly record: ShardRecord;
}

/** A shard while it is played. */
class PlayedShard {
  readonly #environment: ShardEnvironment;
  readonly #world: World;
  readonly #parts: ShardParts;
  readonly #save: () => Promise<void>;
  /** Causes that the shard has closed a case of. */
  readonly #closed = new Set<string>();
  #hasOpened = false;
  /** Of all its strands. */
  #watch: SearchWatch | undefined;

  constructor(environment: ShardEnvironment, world: World, parts: ShardParts, save: () => Promise<void>) {
    this.#environment = environment;
    this.#world = world;
    this.#parts = parts;
    this.#save = save;
  }

  get hasFound(): boolean {
    return this.#hasOpened;
  }

  async play(): Promise<void> {
    const { job, shared, record } = this.#parts;
    await this.#playOpening();
    record.searching();
    const known = [...this.#closed];
    const strands = dealtTo(job.shard, job.runs);
    const runs = strands.reduce((sum, strand) => sum + strand.runs, 0);
    const { progress } = this.#parts.options;
    if (progress !== undefined) this.#watch = new SearchWatch(runs, progress);
    for (const [at, strand] of strands.entries()) {
      if (this.#isDone) return;
      shared.expect(strands.slice(at + 1).reduce((sum, { runs }) => sum + runs, 0));
      await this.#playStrand(strand, known);
    }
  }

  get #wanted(): number {
    const { findings } = this.#parts.job;
    return findings === "all" ? Infinity : findings;
  }

  get #isDone(): boolean {
    return this.#closed.size >= this.#wanted;
  }

  /** Every shard plays it, so that every shard knows what is known, and its result is the same in all. */
  async #playOpening(): Promise<void> {
    const { record } = this.#parts;
    const player = this.#player();
    const roll = new RollCall();
    for await (const { found, saved } of playRegressions(player, this.#environment, roll)) {
      if (!this.#closed.has(found.violation.cause)) {
        const opened = await this.#opened(found, saved, (finding) => {
          record.openingFinding(finding);
        });
        await this.#close(opened);
      }
      if (this.#isDone) break;
    }
    record.opened(roll.result, spentBy(player.count));
  }

  /** @param known - causes that the saved reproductions show */
  async #playStrand({ index, first, runs }: Strand, known: readonly string[]): Promise<void> {
    const { job, options, checkpoint, shared, record } = this.#parts;
    const player = this.#player();
    // each strand has its own: what one remembers does not depend on the others
    const answers = new Answers(player);
    const search = new CampaignSearch(player, checkpoint, this.#environment, answers, {
      runs,
      first,
      seed: job.seed,
      lanes: options.lanes ?? "auto",
      executor: job.executor,
      shared,
      watch: this.#watch,
    });
    const causes = new Set(known);
    const all: Found[] = [];
    const result = (complete: boolean, changed: boolean): Omit<StrandResult, "met"> => ({
      index,
      complete,
      runs: search.cost.runs,
      searched: {
        blocks: search.cost.blocks - player.count.blocks,
        calls: search.cost.searchCalls,
        trials: search.cost.trials,
      },
      spent: spentBy(player.count),
      discarded: search.discarded,
      ...(answers.notCounted.length === 0 ? {} : { notCounted: answers.notCounted }),
      explored: search.explored,
      tally: search.tally,
      changed,
    });
    try {
      while (causes.size < this.#wanted) {
        const found = await search.next([...causes]);
        await this.#world.chain.requireSameUpstream();
        if (found === undefined) break;
        causes.add(found.violation.cause);
        all.push(found);
      }
      const changed = all.length === 0 && (await changesState(player, search.witnesses, search.tally.exercised));
      record.strand(result(true, changed), all);
    } catch (error) {
      record.strand(result(false, false), all);
      throw error;
    } finally {
      await search.close();
    }
    const cases: ShardCase[] = [];
    for (const found of all) {
      const { cause } = found.violation;
      // an earlier strand of this shard has it: that is the one that counts
      if (this.#closed.has(cause)) continue;
      const kept = (finding: ShardFinding): void => {
        record.strandFinding(index, cause, finding);
      };
      cases.push(await this.#opened(found, undefined, kept, answers));
    }
    await this.#save();
    for (const opened of cases) await this.#close(opened);
  }

  async #opened(
    found: Found,
    saved: SavedFile | undefined,
    kept: (finding: ShardFinding) => void,
    answers?: Answers,
  ): Promise<ShardCase> {
    this.#hasOpened = true;
    const { checkpoint, options } = this.#parts;
    const keeping = { answers, kept, save: this.#save, checkpoint, progress: options.progress };
    return ShardCase.open(this.#player(), this.#environment, { found, saved }, keeping);
  }

  async #close(opened: ShardCase): Promise<void> {
    await opened.close();
    this.#closed.add(opened.cause);
  }

  /** With counts of its own. */
  #player(): Player {
    return new Player(this.#world, this.#parts.checkpoint);
  }
}
