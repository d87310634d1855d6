import type { Trace } from "../events/trace.js";
import type { Loss } from "../explain/losses.js";
import type { MinimalTrace } from "../minimise/trace-level.js";
import type { Met, Trial } from "../minimise/trial.js";
import type { Answers } from "../outsider/answers.js";
import type { Recipe } from "../outsider/recipe.js";
import type { FindingRecord } from "../reproduction/finding-record.js";
import type { OnChain } from "../reproduction/on-chain.js";
import type { Recording } from "../reproduction/record.js";
import type { Hermetic, Reproduction } from "../reproduction/reproduction.js";
import type { Aim } from "../run/aim.js";
import type { Verdict, Violation } from "../run/outcome.js";
import type { MinedBlock } from "../run/state.js";
import type { Found } from "../search/found.js";
import type { ExplainingCost } from "../search/spent.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { CaseStore, SavedFile } from "./case-file.js";
import type { Finding } from "./finding.js";
import type { CampaignOptions } from "./options.js";
import type { Trials } from "./trials.js";

import path from "node:path";

import { SiegeError } from "../../errors.js";
import { kindsOf } from "../events/kinds.js";
import { hasPolicySteps, withoutReactions } from "../events/trace.js";
import { explainCode } from "../explain/code/explain-code.js";
import { describeSteps } from "../explain/describe.js";
import { explainFinding, isViolationOf } from "../explain/explain-finding.js";
import { LossWatch } from "../explain/losses.js";
import { tellRun } from "../explain/timeline/tell-run.js";
import { Disagreement } from "../minimise/disagreement.js";
import { minimiseGenome } from "../minimise/genome-level.js";
import { minimiseTrace } from "../minimise/trace-level.js";
import { shownBy } from "../minimise/trial.js";
import { worstAmounts } from "../minimise/worst.js";
import { confirm } from "../reproduction/confirm.js";
import { said } from "../reproduction/on-chain.js";
import { record } from "../reproduction/record.js";
import { nameOf, REPRODUCTION_FORMAT, REPRODUCTION_VERSION } from "../reproduction/reproduction.js";
import { isSmaller } from "../reproduction/smaller.js";
import { faultOf } from "../run/fault.js";
import { requireStillHolding } from "../run/judge.js";
import { Player } from "../run/player.js";
import { alternativesIn } from "../search/alternatives.js";

import { CaseFile } from "./case-file.js";
import { Stop } from "./stop.js";

/** How often minimising may begin again because others would have prevented what it led to. */
const MOST_ANSWERS = 3;

/** What a case works with. */
interface CaseTools {
  readonly player: Player;
  readonly environment: CampaignEnvironment;
  /** Where candidates are tried. */
  readonly trials: Trials;
  /** Tells what does not count. Default: whatever was found counts. */
  readonly answers?: Answers | undefined;
  /** Set if what was found counts, whatever turns out about it later. */
  readonly keeps?: true;
  /** Where to keep it. Default: in the folder of reproductions. */
  readonly storeAt?: StoreAt | undefined;
  /** Told when it is opened, and when it gets smaller. */
  readonly progress?: CampaignOptions["progress"];
}

/** Answers that a minimal trace must not have. */
interface Unless {
  readonly answered: readonly Recipe[];
  readonly ignoring: readonly string[];
}

/**
 * Where a finding is kept.
 *
 * @param place - the path of a new finding's file, without its extension; of a saved one, the file
 */
export type StoreAt = (place: string | SavedFile) => CaseStore;

/**
 * A finding on its way from a counterexample to a confirmed, minimal reproduction. It is saved from the start, and again each
 * time it gets smaller.
 */
export class Case {
  readonly #player: Player;
  readonly #environment: CampaignEnvironment;
  readonly #trials: Trials;
  readonly #answers: Answers | undefined;
  readonly #keeps: boolean;
  readonly #found: Found;
  readonly #saved: SavedFile | undefined;
  readonly #file: CaseStore;
  readonly #progress: CampaignOptions["progress"];
  /** Replaced as a whole, by {@link #save}. */
  #record: FindingRecord;
  #spent: ExplainingCost = { runs: 0, seconds: 0 };
  /** What exports need, once it is confirmed. */
  #onChain: OnChain | undefined;
  /** Violations of other causes that the minimiser met. */
  #met: readonly Met[] = [];

  private constructor(
    { player, environment, trials, answers, keeps, storeAt = fileOf(player, environment), progress }: CaseTools,
    found: Found,
    saved: SavedFile | undefined,
  ) {
    this.#player = player;
    this.#environment = environment;
    this.#trials = trials;
    this.#answers = answers;
    this.#keeps = keeps === true;
    this.#found = found;
    this.#saved = saved;
    this.#progress = progress;
    this.#file = storeAt(saved ?? placeOf(player, environment, found));
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
  static async open(tools: CaseTools, found: Found, saved?: SavedFile): Promise<Case> {
    const opened = new Case(tools, found, saved);
    const { violation, run, original } = found;
    // what keeps count outside its reading finds something sooner or later, and from then on everywhere
    requireStillHolding(tools.player.world);
    tools.progress?.({ phase: "found", violation, run, steps: original.steps.length });
    await opened.#save({});
    return opened;
  }

  /**
   * Minimises, confirms, explains and writes it.
   *
   * @param ignoring - causes that are known already
   * @returns `undefined` if it turns out not to count, see {@link Answers}
   */
  async close(ignoring: readonly string[]): Promise<Finding | undefined> {
    const { world } = this.#player;
    if (this.#record.losses.length === 0) await this.#save({ losses: await this.#watchLosses() });
    const { violation } = this.#record;
    const minimal = await this.#minimal(ignoring);
    if (minimal === undefined) {
      await this.#file.discard();
      return undefined;
    }
    const { recording, hermetic } = await confirm(
      this.#player,
      { trace: minimal.trace, aim: this.#aim },
      this.#environment,
    );
    if (!isViolationOf(recording, violation)) {
      throw new SiegeError("INTERNAL", {
        message: `The minimal trace that violates "${violation.condition}" did not violate it again when it was confirmed.`,
        hint: `The unconfirmed finding is in ${this.#place}; please report this with it.`,
      });
    }
    const { statement } = recording;
    this.#onChain = { names: Object.fromEntries(world.names), ...said(statement) };
    await this.#save(explainFinding(world, minimal, recording), hermetic);
    if (this.#environment.explains !== false) {
      await this.#saveTold(recording, hermetic);
      await this.#saveCode(minimal, hermetic);
    }
    await this.#saveWorst(minimal.trace, hermetic);
    return this.soFar();
  }

  /** The minimal trace, which counts as what was found does; `undefined` if that does not. */
  async #minimal(ignoring: readonly string[]): Promise<MinimalTrace | undefined> {
    const found = this.#found;
    const answered: Recipe[] = [];
    for (;;) {
      const minimal = await this.#minimised({ answered, ignoring });
      const { trace } = minimal;
      const answers = this.#answers;
      // a reproduction was kept because it counts
      if (answers === undefined || this.#saved !== undefined || !answers.isAsked(trace)) return minimal;
      const shrunk = { ...found, violation: { ...found.violation, block: trace.blocks }, original: trace };
      const answer = await answers.answerTo(shrunk, ignoring, answered);
      if (answer === undefined || answered.length >= MOST_ANSWERS) return minimal;
      // it is the same after every answer
      const straight = answered.length === 0 ? await answers.straight(found) : undefined;
      if (straight !== undefined) return this.#minimised({ answered: [], ignoring }, straight);
      if (await answers.isAnsweredBy([answer.recipe], found, ignoring)) {
        if (this.#keeps) return minimal;
        answers.record(found, answer);
        return undefined;
      }
      answered.push(answer.recipe);
    }
  }

  /**
   * Minimises to a trace that none of these answers.
   *
   * @param found - what to begin with. Default: what was found
   */
  async #minimised(unless: Unless, found?: Trace): Promise<MinimalTrace> {
    const { violation } = this.#record;
    const work = (trial: Trial, judge: Trial): Promise<MinimalTrace> => this.#minimise(trial, judge, found);
    // what answers a candidate is sought with one transaction per call
    return unless.answered.length === 0
      ? this.#trials.during(violation, work)
      : this.#trials.asTransactions(violation, work, (outcome, leave) => this.#judged(outcome, unless, leave));
  }

  /** Tells the run event by event, and who caused what in it. */
  async #saveTold(recording: Recording, hermetic: Hermetic): Promise<void> {
    await this.#save(await tellRun(this.#player, recording, this.#record, this.#environment), hermetic);
  }

  /**
   * Looks for the code that makes the difference. The finding is complete without it: what cannot be traced or has no source is
   * left out, and so is everything if the campaign is stopped meanwhile.
   */
  async #saveCode(minimal: MinimalTrace, hermetic: Hermetic): Promise<void> {
    const { sources, clock } = this.#environment;
    if (sources === undefined) return;
    const startedAt = clock();
    // what it plays is counted apart: it decides nothing
    const player = new Player(this.#player.world, () => {
      this.#player.check();
    });
    try {
      const { steps, violation } = this.#record;
      const code = await explainCode(player, sources, { minimal, aim: this.#aim, violation, steps });
      if (code.length > 0) await this.#save({ code }, hermetic);
    } catch {
      // whatever went wrong, the finding is confirmed; a fault of the chain shows again in what is played next
    } finally {
      this.#spent = { runs: player.count.runs, seconds: (clock() - startedAt) / 1000 };
    }
  }

  /** What looking for the code took. */
  get explained(): ExplainingCost {
    return this.#spent;
  }

  /**
   * Looks for the worst that the same steps can do. The finding is complete without it: if the campaign is stopped meanwhile, it
   * is left out.
   */
  async #saveWorst(minimal: Trace, hermetic: Hermetic): Promise<void> {
    const { violation } = this.#record;
    try {
      const before = this.#saved?.reproduction.finding.worst?.trace;
      const tried = [...(before === undefined ? [] : [before]), this.#found.original];
      const worst = await this.#trials.during(violation, (trial) => worstAmounts(minimal, tried, trial));
      if (worst === undefined) return;
      // once more from the start, transaction by transaction, like the minimal trace
      const recording = await record(this.#player, worst.trace, this.#aim);
      if (!isViolationOf(recording, violation)) return;
      const { trace } = recording.outcome;
      const steps = describeSteps(this.#player.world, trace, recording.effects, []);
      await this.#save({ worst: { violation: recording.outcome.violation, trace, steps } }, hermetic);
    } catch (error) {
      if (!(error instanceof Stop) && faultOf(error) === undefined) throw error;
    }
  }

  /** @throws Disagreement if the judge does not see what the trial sees */
  async #minimise(trial: Trial, judge: Trial, found: Trace | undefined): Promise<MinimalTrace> {
    const frozen = found === undefined ? await this.#freeze(trial, judge) : withoutReactions(found);
    await this.#save({ trace: frozen });
    const accepted = (trace: Trace): Promise<void> => {
      const { length: steps } = trace.steps;
      const { violation, original } = this.#found;
      this.#progress?.({ phase: "minimising", violation, steps, from: original.steps.length });
      return this.#save({ trace });
    };
    const minimal = await minimiseTrace(frozen, trial, { accepted, judge });
    this.#met = trial === judge ? trial.met : await seenBy(judge, trial.met);
    return minimal;
  }

  /** What a candidate's run counts as: what does not count survives. */
  async #judged(outcome: Verdict, { answered, ignoring }: Unless, leave: () => Promise<void>): Promise<Verdict> {
    const answers = this.#answers;
    if (outcome.kind !== "violation" || answers?.isAsked(outcome.trace) !== true) return outcome;
    const { violation, trace } = outcome;
    // the chain is needed for it
    await leave();
    const isAnswered = await answers.isAnsweredBy(answered, { ...this.#found, violation, original: trace }, ignoring);
    return isAnswered ? { kind: "survived", blocks: trace.blocks, trace } : outcome;
  }

  /** The finding as it is now. */
  soFar(): Finding {
    const { steps, trace, thresholds } = this.#record;
    return {
      ...this.#record,
      steps: steps.length > 0 ? steps : describeSteps(this.#player.world, trace, new Map(), thresholds),
      original: this.#found.original,
      also: distinct([...this.#found.also.map((violation) => ({ violation })), ...this.#met]).map(
        (met) => met.violation,
      ),
      reproduction: this.#file.path,
      unsaved: this.#file.unsaved,
      run: this.#saved === undefined ? this.#found.run : 0,
    };
  }

  /** Violations of other causes, in the run that found it and in those of the minimiser: one of each, as traces to play. */
  async others(ignoring: readonly string[]): Promise<readonly Found[]> {
    const { original, genome, seed, run } = this.#found;
    const ofRun = this.#found.also.map((violation): Met => ({ violation, trace: original }));
    const others: Found[] = [];
    for (const { violation, trace } of distinct([...ofRun, ...this.#met])) {
      if (ignoring.includes(violation.cause)) continue;
      const outcome = await this.#player.trace(trace, {}, { seeking: violation.cause });
      if (outcome.kind !== "violation") continue;
      const { also = [] } = outcome;
      others.push({ violation: outcome.violation, original: outcome.trace, plays: "trace", also, genome, seed, run });
    }
    return others;
  }

  get #aim(): Aim {
    return { seeking: this.#found.violation.cause };
  }

  /** Contagion in the run as found: a minimal trace condenses a slow fall into one block. */
  async #watchLosses(): Promise<readonly Loss[]> {
    const watch = new LossWatch(this.#player.world);
    if (!watch.hasAny) return [];
    const mined = async ({ state: { block, observation, prices } }: MinedBlock): Promise<void> => {
      watch.after(block, observation, prices);
    };
    await this.#player.trace(this.#found.original, { mined }, this.#aim);
    return watch.losses;
  }

  /** The run of the smallest genome as an explicit trace, unless that is what was found; as the judge plays it. */
  async #freeze(trial: Trial, judge: Trial): Promise<Trace> {
    if (this.#found.plays === "trace") return derived(withoutReactions(this.#found.original), judge);
    // honest agents are part of the world
    const agents = [...this.#player.world.scenario.agents].flatMap(([name, { honest }]) =>
      honest === true ? [] : [name],
    );
    const alternatives = alternativesIn(this.#player.world, this.#found.seed);
    const genome = await minimiseGenome(this.#found.genome, agents, trial, alternatives);
    const played = await judge.genome(genome);
    const trace = played === undefined ? undefined : await derived(played, judge);
    if (trace !== undefined && (await judge.trace(trace)) !== undefined) return trace;
    if (trial !== judge) throw new Disagreement("a simpler run does not break it then");
    throw new SiegeError("INTERNAL", {
      message: `The run that violated "${this.#record.violation.condition}" does not violate it when its trace is played.`,
      hint: `The finding is in ${this.#place}; please report this with it.`,
    });
  }

  /** Updates the record and saves it. */
  async #save(update: Partial<FindingRecord>, hermetic: Hermetic | null = null): Promise<void> {
    this.#record = { ...this.#record, ...update };
    const reproduction = this.#reproduction(hermetic);
    await (hermetic === null ? this.#file.keep(reproduction) : this.#file.finish(reproduction));
  }

  #reproduction(hermetic: Hermetic | null): Reproduction {
    const { scenario, target, forkBlock, parameters } = this.#player.world;
    const { seed, run } = this.#found;
    return {
      format: REPRODUCTION_FORMAT,
      version: REPRODUCTION_VERSION,
      status: hermetic === null ? "found" : "minimal",
      scenario: scenario.name,
      target: { name: target.name, address: target.address },
      forkBlock,
      ...(parameters.length === 0 ? {} : { parameters }),
      seed,
      run,
      finding: this.#record,
      hermetic,
      ...(hermetic === null || this.#onChain === undefined ? {} : { onChain: this.#onChain }),
    };
  }

  get #place(): string {
    return this.#file.path ?? "the report";
  }
}

/**
 * The trace with its policies running again, if that leads to the same violation: they then react to a smaller shock as they
 * would. Otherwise what they did is kept as it was.
 */
async function derived(trace: Trace, trial: Trial): Promise<Trace> {
  if (!hasPolicySteps(trace)) return trace;
  return (await trial.trace({ ...trace, derives: true })) ?? trace;
}

/** What was met, as far as the judge sees it, too. */
async function seenBy(judge: Trial, met: readonly Met[]): Promise<readonly Met[]> {
  const seen: Met[] = [];
  for (const { violation, trace } of met) {
    const outcome = await judge.outcome(trace);
    const own = shownBy(outcome).find(({ cause }) => cause === violation.cause);
    if (own !== undefined) seen.push({ violation: own, trace: outcome.trace });
  }
  return seen;
}

/** The first of each cause. */
function distinct<T extends { readonly violation: Violation }>(met: readonly T[]): readonly T[] {
  return met.filter(({ violation }, at) => met.findIndex((one) => one.violation.cause === violation.cause) === at);
}

function fileOf({ world }: Player, { projectRoot }: CampaignEnvironment): StoreAt {
  const kinds = kindsOf(world);
  return (place) => new CaseFile(projectRoot, place, (one, other) => isSmaller(one, other, kinds));
}

/** The path of a finding's file, without its extension. */
function placeOf({ world }: Player, environment: CampaignEnvironment, { violation, genome }: Found): string {
  const { projectRoot, reproductions } = environment;
  // what the rest of the project is like identifies no finding
  const { errors: _errors, missing: _missing, creates: _creates, ...target } = world.target;
  const { scenario, parameters } = world;
  const name = nameOf({ scenario: scenario.name, target, violation, genome, parameters });
  return path.join(path.resolve(projectRoot, reproductions), name);
}
