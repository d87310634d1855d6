import type { Trace } from "../events/trace.js";
import type { Loss } from "../explain/losses.js";
import type { FindingRecord } from "../reproduction/finding-record.js";
import type { Hermetic, Reproduction } from "../reproduction/reproduction.js";
import type { Player } from "../run/player.js";
import type { Found } from "../search/found.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { SavedFile } from "./case-file.js";
import type { Finding } from "./finding.js";

import path from "node:path";

import { SiegeError } from "../../errors.js";
import { kindsOf } from "../events/kinds.js";
import { withoutReactions } from "../events/trace.js";
import { describeSteps } from "../explain/describe.js";
import { explainFinding, isViolationOf } from "../explain/explain-finding.js";
import { LossWatch } from "../explain/losses.js";
import { minimiseGenome } from "../minimise/genome-level.js";
import { minimiseTrace } from "../minimise/trace-level.js";
import { Trial } from "../minimise/trial.js";
import { confirm } from "../reproduction/confirm.js";
import { nameOf, REPRODUCTION_FORMAT, REPRODUCTION_VERSION } from "../reproduction/reproduction.js";
import { PrefixStage } from "../run/stage.js";

import { CaseFile } from "./case-file.js";

/**
 * A finding on its way from a counterexample to a confirmed, minimal reproduction. It is saved from the start, and again each
 * time it gets smaller.
 */
export class Case {
  readonly #player: Player;
  readonly #environment: CampaignEnvironment;
  readonly #found: Found;
  readonly #saved: SavedFile | undefined;
  readonly #file: CaseFile;
  /** Replaced as a whole, by {@link #save}. */
  #record: FindingRecord;

  private constructor(player: Player, environment: CampaignEnvironment, found: Found, saved: SavedFile | undefined) {
    this.#player = player;
    this.#environment = environment;
    this.#found = found;
    this.#saved = saved;
    const place = saved ?? placeOf(player, environment, found);
    this.#file = new CaseFile(environment.projectRoot, place, kindsOf(player.world));
    this.#record = {
      violation: found.violation,
      found: saved?.reproduction.finding.found ?? found.violation,
      genome: found.genome,
      trace: found.original,
      certificate: undefined,
      thresholds: [],
      steps: [],
      coupling: undefined,
      losses: saved?.reproduction.finding.losses ?? [],
      interferences: [],
    };
  }

  /** Opens a case and saves its finding, unless it comes from a file. */
  static async open(player: Player, environment: CampaignEnvironment, found: Found, saved?: SavedFile): Promise<Case> {
    const opened = new Case(player, environment, found, saved);
    await opened.#save({});
    return opened;
  }

  /** Minimises, confirms, explains and writes it. */
  async close(): Promise<Finding> {
    const { world } = this.#player;
    if (this.#record.losses.length === 0) await this.#save({ losses: await this.#watchLosses() });
    const { violation } = this.#record;
    const stage = new PrefixStage(world);
    const kinds = kindsOf(world);
    const isPossible = (trace: Trace): boolean => kinds.possible(trace.steps, world.scenario);
    const trial = new Trial(violation, this.#player.on(stage), isPossible, kinds);
    const frozen = await this.#freeze(trial);
    await this.#save({ trace: frozen });
    const minimal = await minimiseTrace(frozen, trial, (trace) => this.#save({ trace }));
    await stage.close();
    const { recording, hermetic } = await confirm(this.#player, minimal.trace, this.#environment);
    if (!isViolationOf(recording, violation)) {
      throw new SiegeError("INTERNAL", {
        message: `The minimal trace that violates "${violation.condition}" did not violate it again when it was confirmed.`,
        hint: `The unconfirmed finding is in ${this.#place}; please report this with it.`,
      });
    }
    await this.#save(explainFinding(world, minimal, recording), hermetic);
    return this.soFar();
  }

  /** The finding as it is now. */
  soFar(): Finding {
    const { steps, trace, thresholds } = this.#record;
    return {
      ...this.#record,
      steps: steps.length > 0 ? steps : describeSteps(this.#player.world, trace, new Map(), thresholds),
      original: this.#found.original,
      reproduction: this.#file.path,
      unsaved: this.#file.unsaved,
      run: this.#saved === undefined ? this.#found.run : 0,
    };
  }

  /** Contagion in the run as found: a minimal trace condenses a slow fall into one block. */
  async #watchLosses(): Promise<readonly Loss[]> {
    const watch = new LossWatch(this.#player.world);
    if (!watch.hasAny) return [];
    await this.#player.trace(this.#found.original, {
      mined: async ({ state: { block, observation, prices } }) => {
        watch.after(block, observation, prices);
      },
    });
    return watch.losses;
  }

  /** The run of the smallest genome as an explicit trace; a regression already has one. */
  async #freeze(trial: Trial): Promise<Trace> {
    if (this.#saved !== undefined) return withoutReactions(this.#found.original);
    // honest agents are part of the world
    const agents = [...this.#player.world.scenario.agents].flatMap(([name, { honest }]) =>
      honest === true ? [] : [name],
    );
    const genome = await minimiseGenome(this.#found.genome, agents, trial);
    const trace = await trial.genome(genome);
    if (trace === undefined || (await trial.trace(trace)) === undefined) {
      throw new SiegeError("INTERNAL", {
        message: `The run that violated "${this.#record.violation.condition}" does not violate it when its trace is played.`,
        hint: `The finding is in ${this.#place}; please report this with it.`,
      });
    }
    return trace;
  }

  /** Updates the record and saves it. */
  async #save(update: Partial<FindingRecord>, hermetic: Hermetic | null = null): Promise<void> {
    this.#record = { ...this.#record, ...update };
    const reproduction = this.#reproduction(hermetic);
    await (hermetic === null ? this.#file.keep(reproduction) : this.#file.finish(reproduction));
  }

  #reproduction(hermetic: Hermetic | null): Reproduction {
    const { scenario, target, forkBlock } = this.#player.world;
    const { seed, run } = this.#found;
    return {
      format: REPRODUCTION_FORMAT,
      version: REPRODUCTION_VERSION,
      status: hermetic === null ? "found" : "minimal",
      scenario: scenario.name,
      target: { name: target.name, address: target.address },
      forkBlock,
      seed,
      run,
      finding: this.#record,
      hermetic,
    };
  }

  get #place(): string {
    return this.#file.path ?? "the report";
  }
}

/** The path of a finding's file, without its extension. */
function placeOf({ world }: Player, environment: CampaignEnvironment, { violation, genome }: Found): string {
  const { projectRoot, reproductions } = environment;
  const name = nameOf({ scenario: world.scenario.name, target: world.target, violation, genome });
  return path.join(path.resolve(projectRoot, reproductions), name);
}
