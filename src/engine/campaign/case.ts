import type { Disturbance } from "../../order-flow/disturbance.js";
import type { StepDescription } from "../events/step-description.js";
import type { Trace } from "../events/trace.js";
import type { Loss } from "../explain/losses.js";
import type { Certificate, Threshold } from "../minimise/certificate.js";
import type { Hermetic, Reproduction } from "../reproduction/reproduction.js";
import type { Violation } from "../run/outcome.js";
import type { Player } from "../run/player.js";
import type { Found } from "../search/found.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { Finding } from "./finding.js";

import path from "node:path";

import { SiegeError } from "../../errors.js";
import { renderTestFile } from "../../report/typescript-test.js";
import { isReaction, withoutReactions } from "../events/trace.js";
import { couplingOf } from "../explain/coupling.js";
import { describeSteps } from "../explain/describe.js";
import { LossWatch } from "../explain/losses.js";
import { minimiseGenome } from "../minimise/genome-level.js";
import { isPaced } from "../minimise/pace.js";
import { minimiseTrace } from "../minimise/trace-level.js";
import { Trial } from "../minimise/trial.js";
import { confirm } from "../reproduction/confirm.js";
import { nameOf, REPRODUCTION_FORMAT, REPRODUCTION_VERSION } from "../reproduction/reproduction.js";
import { writeReproduction, writeTestFile } from "../reproduction/store.js";
import { PrefixStage } from "../run/stage.js";

/**
 * A finding on its way from a counterexample to a confirmed, minimal reproduction. It is on disk from the first moment,
 * and again after every step that made it smaller.
 */
export class Case {
  readonly #player: Player;
  readonly #environment: CampaignEnvironment;
  readonly #found: Found;
  readonly #file: string;
  #violation: Violation;
  #trace: Trace;
  #certificate: Certificate | undefined;
  #thresholds: readonly Threshold[] = [];
  #steps: readonly StepDescription[] = [];
  #losses: readonly Loss[] = [];
  #disturbances: readonly Disturbance[] = [];

  private constructor(player: Player, environment: CampaignEnvironment, found: Found) {
    const { world } = player;
    this.#player = player;
    this.#environment = environment;
    this.#found = found;
    this.#violation = found.violation;
    this.#trace = found.original;
    this.#file =
      found.file ??
      path.join(
        path.resolve(environment.projectRoot, environment.reproductions),
        `${nameOf({ scenario: world.scenario.name, target: world.target, violation: found.violation, genome: found.genome })}.json`,
      );
  }

  /** Puts a finding on disk. */
  static async open(player: Player, environment: CampaignEnvironment, found: Found): Promise<Case> {
    const opened = new Case(player, environment, found);
    // a regression is on disk already, and more than this
    if (found.file === undefined) await opened.#write(null);
    return opened;
  }

  /** Minimises, confirms, explains and writes it. */
  async close(): Promise<Finding> {
    const { world } = this.#player;
    this.#losses = await this.#watchLosses();
    const stage = new PrefixStage(world);
    const trial = new Trial(this.#violation, this.#player.on(stage), (trace) => isPaced(world.scenario, trace));
    const accepted = async (trace: Trace): Promise<void> => {
      this.#trace = trace;
      if (this.#found.file === undefined) await this.#write(null);
    };
    const frozen = await this.#freeze(trial);
    const { trace, certificate, thresholds } = await minimiseTrace(frozen, trial, accepted);
    this.#trace = trace;
    await stage.close();
    const { recording, hermetic } = await confirm(this.#player, trace, this.#environment);
    if (recording.outcome.kind !== "violation" || recording.outcome.violation.condition !== this.#violation.condition) {
      throw new SiegeError("INTERNAL", {
        message: `The minimal trace of "${this.#violation.condition}" did not violate it again when it was confirmed.`,
        hint: `The unconfirmed finding is in ${this.#relative()}; report it with this file.`,
      });
    }
    this.#violation = recording.outcome.violation;
    this.#disturbances = recording.disturbances;
    // what honest agents did belongs to what a person reads, and is no step that was tried
    this.#trace = recording.outcome.trace;
    const place = this.#trace.steps.flatMap((step, index) => (isReaction(step) ? [] : [index]));
    const moved = <T extends { readonly step: number }>(entry: T): T => ({
      ...entry,
      step: place[entry.step] ?? entry.step,
    });
    this.#certificate = { ...certificate, deletions: certificate.deletions.map(moved) };
    this.#thresholds = thresholds.map(moved);
    this.#steps = describeSteps(world, this.#trace, recording.effects, this.#thresholds);
    await this.#write(hermetic);
    const subject = {
      file: path.basename(this.#file),
      target: world.target.name,
      scenario: world.scenario.name,
      violation: this.#violation,
      steps: this.#steps,
    };
    await writeTestFile(this.#file, renderTestFile(subject, this.#environment.style));
    return this.soFar();
  }

  /** What is known of it now. */
  soFar(): Finding {
    return {
      violation: this.#violation,
      found: this.#found.violation,
      genome: this.#found.genome,
      original: this.#found.original,
      trace: this.#trace,
      certificate: this.#certificate,
      thresholds: this.#thresholds,
      steps:
        this.#steps.length > 0
          ? this.#steps
          : describeSteps(this.#player.world, this.#trace, new Map(), this.#thresholds),
      coupling: this.#certificate === undefined ? undefined : couplingOf(this.#trace),
      losses: this.#losses,
      disturbances: this.#disturbances,
      reproduction: this.#relative(),
      run: this.#found.file === undefined ? this.#found.run : 0,
    };
  }

  /** Whose loss followed whose, as it was found: a minimal trace makes one block of a slow fall. */
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

  /** The smallest genome's run as an explicit trace; a regression has one already. */
  async #freeze(trial: Trial): Promise<Trace> {
    if (this.#found.file !== undefined) return withoutReactions(this.#found.original);
    // honest agents are part of the world
    const agents = [...this.#player.world.scenario.agents].flatMap(([name, { honest }]) =>
      honest === true ? [] : [name],
    );
    const genome = await minimiseGenome(this.#found.genome, agents, trial);
    const trace = await trial.genome(genome);
    if (trace === undefined || (await trial.trace(trace)) === undefined) {
      throw new SiegeError("INTERNAL", {
        message: `The run that violated "${this.#violation.condition}" does not violate it when its trace is played.`,
        hint: `The finding is in ${this.#relative()}; report it with this file.`,
      });
    }
    return trace;
  }

  async #write(hermetic: Hermetic | null): Promise<void> {
    await writeReproduction(this.#file, this.#reproduction(hermetic));
  }

  #reproduction(hermetic: Hermetic | null): Reproduction {
    const { world } = this.#player;
    const { scenario, target, forkBlock } = world;
    const { seed, run, genome } = this.#found;
    return {
      format: REPRODUCTION_FORMAT,
      version: REPRODUCTION_VERSION,
      status: hermetic === null ? "found" : "minimal",
      scenario: scenario.name,
      target: { name: target.name, address: target.address },
      violation: this.#violation,
      seed,
      run,
      forkBlock,
      genome,
      trace: this.#trace,
      certificate: this.#certificate ?? null,
      thresholds: this.#thresholds,
      coupling: this.#certificate === undefined ? null : (couplingOf(this.#trace) ?? null),
      steps: this.#steps,
      hermetic,
    };
  }

  #relative(): string {
    return path.relative(this.#environment.projectRoot, this.#file);
  }
}
