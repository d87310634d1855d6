import type { HookContext } from "hardhat/types/hooks";
import type { NetworkConnection } from "hardhat/types/network";
import type { Address } from "viem";
import type { ZodTypeAny } from "zod";

import type { CampaignResult, SurvivedResult } from "../engine/campaign/campaign-result.js";
import type { CampaignOptions } from "../engine/campaign/options.js";
import type { DiffOptions } from "../engine/diff/diff-options.js";
import type { DiffResult } from "../engine/diff/diff-result.js";
import type { Outcome } from "../engine/run/outcome.js";
import type { Shard } from "../engine/shards/job.js";
import type { ShardResults } from "../engine/shards/result.js";
import type { CampaignEnvironment } from "../engine/world/campaign-environment.js";
import type { ContagionOptions } from "../risk/contagion/contagion-options.js";
import type { ContagionResult } from "../risk/contagion/contagion-result.js";
import type { GreeksOptions } from "../risk/greeks/greeks-options.js";
import type { GreeksResult } from "../risk/greeks/greeks-result.js";
import type { SavedVariant } from "../risk/greeks/saved-variant.js";
import type { MapOptions } from "../risk/map/map-options.js";
import type { SiegeMap } from "../risk/map/map-result.js";
import type { SavedPoint } from "../risk/map/saved-point.js";
import type { OnLanes } from "../risk/on-lanes.js";
import type { PointsFile, PointsOrigin } from "../risk/points-file.js";
import type { ProposalOptions } from "../risk/proposal/proposal-options.js";
import type { ProposalResult } from "../risk/proposal/proposal-result.js";
import type { RareRuinOptions } from "../risk/rare/rare-ruin-options.js";
import type { RareRuinResult } from "../risk/rare/rare-ruin.js";
import type { RuinOptions } from "../risk/ruin/ruin-options.js";
import type { RuinResult } from "../risk/ruin/ruin-result.js";
import type { SavedMeasure } from "../risk/sensitivity/saved-measure.js";
import type { SensitivityOptions } from "../risk/sensitivity/sensitivity-options.js";
import type { SensitivityResult } from "../risk/sensitivity/sensitivity-result.js";
import type { ParameterValues } from "../scenario/parameters/setter.js";
import type { Presets } from "../scenario/presets/presets.js";
import type { Scenario, ScenarioDefinition } from "../scenario/scenario.js";
import type { DiffAgainst, ForkedSnapshot, Siege } from "../siege.js";
import type { SourceBook } from "../target/code/source-code.js";
import type { ResolvedTarget, Target } from "../target/target.js";
import type { Lesson, TrainOptions } from "../training/adversary/train-options.js";
import type { TrainResult } from "../training/adversary/train-result.js";
import type { BankruptOptions } from "../training/bankruptcy/bankrupt-options.js";
import type { BankruptResult } from "../training/bankruptcy/bankrupt-result.js";
import type { TuneOptions } from "../training/tuning/tune-options.js";
import type { TuneResult } from "../training/tuning/tune-result.js";

import { AssertionError } from "node:assert";
import path from "node:path";

import { bindAllMethods } from "@nomicfoundation/hardhat-utils/lang";
import { AsyncMutex } from "@nomicfoundation/hardhat-utils/synchronization";
import { isHex } from "viem";

import { addressOf } from "../agents/address-of.js";
import { DEFAULT_RUNS, DEFAULT_SEED } from "../engine/campaign/defaults.js";
import { blockOf } from "../engine/fork-snapshot/fork-snapshot.js";
import { SiegeError } from "../errors.js";
import { buildScenario, scenarioFrom } from "../scenario/build/build-scenario.js";
import { presetsOf } from "../scenario/presets/presets.js";

import { calledFrom } from "./call-site.js";
import { resolveDiffOptions, resolveOptions, resolveRuinOptions } from "./config.js";
import { calledBy, CampaignCall, currentCall } from "./connections/campaign-call.js";
import { memoryOf } from "./connections/connection-memory.js";
import { occupying } from "./connections/occupied.js";
import { claim } from "./connections/open-sieges.js";
import { withFiltersPaused } from "./connections/user-filters.js";
import { guardedProgress } from "./guarded-progress.js";
import { openHermeticNetwork } from "./hermetic-network.js";
import { asPluginError, asPluginErrors } from "./plugin-error.js";
import { projectStyleOf } from "./project-style.js";
import { releaseOf } from "./release.js";
import { rpcEndpointOf } from "./rpc-endpoint.js";
import { requireSimulated } from "./simulated-network.js";
import { snapshotOf } from "./snapshots/snapshot-networks.js";
import { openLaneChannel } from "./solidity-lanes/open-lane-channel.js";
import { stockPipes } from "./solidity-lanes/pipe-stock.js";
import { projectSources } from "./target/project-sources.js";

/** The folder of what breaks in maps, within that of the reproductions: it is not played before other campaigns. */
const MAPS_FOLDER = "map";

/** The same for the edges of contagion. */
const CONTAGION_FOLDER = "contagion";

/** The same for tunings. */
const TUNE_FOLDER = "tune";

/** The same for the cheapest ways to break a target. */
const BANKRUPT_FOLDER = "bankrupt";

/** The same for trainings. */
const TRAIN_FOLDER = "train";

/** What `siege` needs of a network connection. */
export type SiegeConnection = Pick<NetworkConnection, "networkName" | "networkConfig" | "provider">;

/** What `siege` needs of Hardhat's runtime environment. */
export type SiegeContext = Pick<HookContext, "artifacts" | "config">;

export class SiegeImplementation implements Siege {
  readonly #connection: SiegeConnection;
  readonly #context: SiegeContext;
  // concurrent campaigns would mine into each other's blocks
  readonly #turn: AsyncMutex = new AsyncMutex();

  // read when the first finding is explained
  readonly #sources: SourceBook;

  readonly presets: Presets;

  constructor(connection: SiegeConnection, context: SiegeContext) {
    this.#connection = connection;
    this.#context = context;
    this.#sources = projectSources(context.artifacts);
    this.presets = withPluginErrors(presetsOf((source) => this.#claimed(scenarioFrom(source))));
    // so that `const { scenario, run } = connection.siege` works
    bindAllMethods(this);
  }

  scenario(definition: ScenarioDefinition): Scenario {
    return asPluginError(() => this.#claimed(buildScenario(definition)));
  }

  #claimed(scenario: Scenario): Scenario {
    claim(scenario, this);
    return scenario;
  }

  addressOf(name: string): Address {
    return asPluginError(() => addressOf(name));
  }

  async run(target: Target, scenario: Scenario, options: CampaignOptions = {}): Promise<CampaignResult> {
    return this.#called("run", () => this.#run(target, scenario, options));
  }

  async ruin(target: Target, scenario: Scenario, options: RuinOptions = {}): Promise<RuinResult> {
    return this.#called("ruin", async () => {
      const { config } = this.#context;
      const given = guardedProgress(resolveRuinOptions(options, config.siege));
      const resolved = currentCall()?.stopping(given) ?? given;
      const { estimateRuin } = await import("../risk/ruin/estimate-ruin.js");
      expectLanes(resolved);
      return this.#onConnection(target, withParameters(scenario, resolved), async (environment, besieged) => {
        const explaining = config.siege.explain ? environment : { ...environment, explains: false };
        const result = await estimateRuin(explaining, besieged.target, besieged.scenario, resolved);
        return this.#withTests(result);
      });
    });
  }

  async rareRuin(target: Target, scenario: Scenario, options: RareRuinOptions = {}): Promise<RareRuinResult> {
    return this.#called("rareRuin", async () => {
      const { config } = this.#context;
      const { estimateRareRuin } = await import("../risk/rare/rare-ruin.js");
      const resolved = { ...guardedProgress(options), ...this.#onLanes(options) };
      return this.#onConnection(target, withParameters(scenario, options), async (environment, besieged) => {
        const explaining = config.siege.explain ? environment : { ...environment, explains: false };
        const result = await estimateRareRuin(explaining, besieged.target, besieged.scenario, resolved);
        return this.#withTests(result);
      });
    });
  }

  async map(target: Target, scenario: Scenario, options: MapOptions): Promise<SiegeMap> {
    return this.#called("map", async () => {
      requireBuilt(scenario);
      const { planOf } = await import("../risk/map/map-options.js");
      const { makeMap } = await import("../risk/map/make-map.js");
      const plan = planOf(options, scenario);
      const { along: _along, points: _points, precision: _precision, refinements: _refinements, ...others } = options;
      const { rest: _rest, resume, ...campaign } = others;
      const { savedPointSchema } = await import("../risk/map/saved-point.js");
      const { isLasting } = await import("../risk/map/lasting.js");
      const { config } = this.#context;
      const resolved = resolveOptions(campaign, config.siege);
      const { runs = DEFAULT_RUNS, seed = DEFAULT_SEED, parameters, timeLimit } = resolved;
      const clock = (): number => performance.now();
      const until = timeLimit === undefined ? undefined : clock() + timeLimit * 1000;
      // every point is a search of its own, whatever was found before
      const apart = { reproductions: path.join(config.siege.reproductions, MAPS_FOLDER), playsSaved: false };
      const given = withParameters(scenario, resolved);
      const origin = { of: "map", seed, runs, with: { parameters, rest: plan.rest } } as const;
      return makeMap(plan, {
        file: await this.#pointsFile<SavedPoint>(resume, { target, scenario: given }, origin, savedPointSchema),
        scenario: scenario.name,
        seed,
        runs,
        parameters,
        clock,
        play: (values) => {
          const left = until === undefined ? {} : { timeLimit: Math.max(0, until - clock()) / 1000 };
          // a map asks where it breaks, at many points, and not why
          const point = { ...resolved, ...left, parameters: values, explain: false };
          return this.#campaign(target, scenario, point, apart);
        },
        lasts: async (values, { trace, violation }) =>
          plan.rest === 0
            ? undefined
            : this.#onConnection(target, withParameters(scenario, { parameters: values }), (environment, besieged) =>
                isLasting(environment, besieged.target, besieged.scenario, { trace, violation, rest: plan.rest }),
              ),
      });
    });
  }

  async sensitivity(target: Target, scenario: Scenario, options: SensitivityOptions = {}): Promise<SensitivityResult> {
    return this.#called("sensitivity", async () => {
      requireBuilt(scenario);
      const { sensitivityPlan } = await import("../risk/sensitivity/sensitivity-options.js");
      const { makeSensitivity } = await import("../risk/sensitivity/make-sensitivity.js");
      const { measure } = await import("../risk/sensitivity/measure.js");
      const plan = sensitivityPlan(options, scenario);
      const { timeLimit, signal, progress, resume } = guardedProgress(options);
      const on = this.#onLanes(options);
      const { savedMeasureSchema } = await import("../risk/sensitivity/saved-measure.js");
      const clock = (): number => performance.now();
      const until = timeLimit === undefined ? undefined : clock() + timeLimit * 1000;
      const { seed, runs, output } = plan;
      const origin = { of: "sensitivity", seed, runs, with: { output } } as const;
      const file = await this.#pointsFile<SavedMeasure>(resume, { target, scenario }, origin, savedMeasureSchema);
      return makeSensitivity(plan, {
        progress,
        scenario: scenario.name,
        clock,
        measure: async (parameters) => {
          const known = file?.at(parameters);
          if (known !== undefined) return known;
          const left = until === undefined ? undefined : Math.max(0, until - clock()) / 1000;
          const measured = await this.#onConnection(
            target,
            withParameters(scenario, { parameters }),
            (environment, besieged) =>
              measure(environment, besieged.target, besieged.scenario, { ...plan, ...on, timeLimit: left, signal }),
          );
          file?.add({ values: parameters, ...measured });
          return measured;
        },
      });
    });
  }

  async greeks(target: Target, scenario: Scenario, options: GreeksOptions): Promise<GreeksResult> {
    return this.#called("greeks", async () => {
      requireBuilt(scenario);
      const { greeksPlan } = await import("../risk/greeks/greeks-options.js");
      const { makeGreeks } = await import("../risk/greeks/make-greeks.js");
      const { playVariants } = await import("../risk/greeks/play-variants.js");
      const plan = greeksPlan(options, scenario);
      const { outputName } = await import("../risk/greeks/probe.js");
      const { savedVariantSchema } = await import("../risk/greeks/saved-variant.js");
      const { timeLimit, signal, progress, resume } = guardedProgress(options);
      const on = this.#onLanes(options);
      const clock = (): number => performance.now();
      const until = timeLimit === undefined ? undefined : clock() + timeLimit * 1000;
      const given = withParameters(scenario, plan);
      const { seed, paths: runs, step, output } = plan;
      const decimals = "decimals" in output ? output.decimals : undefined;
      const origin = { of: "greeks", seed, runs, with: { step, output: outputName(output), decimals } } as const;
      return makeGreeks(plan, {
        progress,
        scenario: given,
        file: await this.#pointsFile<SavedVariant>(resume, { target, scenario: given }, origin, savedVariantSchema),
        clock,
        play: (parameters, variants) => {
          const left = until === undefined ? undefined : Math.max(0, until - clock()) / 1000;
          return this.#onConnection(target, withParameters(scenario, { parameters }), (environment, besieged) =>
            playVariants(environment, besieged.target, besieged.scenario, {
              plan,
              variants,
              limits: { timeLimit: left, signal },
              on,
            }),
          );
        },
      });
    });
  }

  async contagion(target: Target, scenario: Scenario, options: ContagionOptions = {}): Promise<ContagionResult> {
    return this.#called("contagion", async () => {
      requireBuilt(scenario);
      const { contagionPlan } = await import("../risk/contagion/contagion-options.js");
      const { makeContagion } = await import("../risk/contagion/make-contagion.js");
      const { playContagion } = await import("../risk/contagion/play-contagion.js");
      const plan = contagionPlan(options, scenario);
      const { timeLimit, progress, ...how } = guardedProgress(options);
      const clock = (): number => performance.now();
      const until = timeLimit === undefined ? undefined : clock() + timeLimit * 1000;
      const { siege: config } = this.#context.config;
      const apart = { reproductions: path.join(config.reproductions, CONTAGION_FOLDER), explains: false };
      expectLanes(how);
      return makeContagion(plan, {
        scenario: withParameters(scenario, plan),
        clock,
        play: (world, design, edgesIn, { done, all }) => {
          const { fragmentation, parameters } = plan;
          const set =
            fragmentation === undefined || world === "base" ? {} : { [fragmentation.parameter]: fragmentation[world] };
          const resume = how.resume === undefined || world === "base" ? how.resume : `${how.resume}.${world}`;
          const left = until === undefined ? {} : { timeLimit: Math.max(1e-3, until - clock()) / 1000 };
          return this.#onConnection(
            target,
            withParameters(scenario, { parameters: { ...parameters, ...set } }),
            (environment, besieged) =>
              playContagion({ ...environment, ...apart }, besieged.target, besieged.scenario, {
                ...how,
                ...left,
                ...design,
                ...(resume === undefined ? {} : { resume }),
                plan,
                edgesIn,
                progress: (played) => progress?.(done + played, all),
              }),
          );
        },
      });
    });
  }

  async tune(target: Target, scenario: Scenario, options: TuneOptions): Promise<TuneResult> {
    return this.#called("tune", async () => {
      requireBuilt(scenario);
      const { buildObjectives } = await import("../scenario/build/objectives.js");
      const { estimateRuin } = await import("../risk/ruin/estimate-ruin.js");
      const { measureCandidate } = await import("../training/tuning/measure-candidate.js");
      const { tunePlan } = await import("../training/tuning/tune-options.js");
      const { tune } = await import("../training/tuning/tune.js");
      const { tuneWork } = await import("./tune-work.js");
      const plan = tunePlan(options, scenario, buildObjectives);
      const { timeLimit, signal, progress } = guardedProgress(options);
      const { siege } = this.#context.config;
      const clock = (): number => performance.now();
      const until = timeLimit === undefined ? undefined : clock() + timeLimit * 1000;
      const left = (): { readonly timeLimit?: number } =>
        until === undefined ? {} : { timeLimit: Math.max(1e-3, until - clock()) / 1000 };
      const stopping = signal === undefined ? {} : { signal };
      const apart = { reproductions: path.join(siege.reproductions, TUNE_FOLDER), playsSaved: false, explains: false };
      const work = tuneWork(plan, {
        left,
        measure: (values, { paths, seed }) =>
          this.#onConnection(target, withParameters(scenario, { parameters: values }), (environment, besieged) =>
            measureCandidate(environment, besieged.target, besieged.scenario, {
              objectives: plan.objectives,
              values,
              paths,
              seed,
              timeLimit: left().timeLimit,
              signal,
            }),
          ),
        ruin: (given) => {
          const resolved = { ...resolveRuinOptions({ ...given, ...stopping }, siege), ...left() };
          expectLanes(resolved);
          return this.#onConnection(target, withParameters(scenario, resolved), (environment, besieged) =>
            estimateRuin({ ...environment, ...apart }, besieged.target, besieged.scenario, resolved),
          );
        },
        campaign: (parameters, runs) => {
          const attack = { runs, seed: plan.seed, parameters, explain: false, ...left(), ...stopping };
          return this.#campaign(target, scenario, resolveOptions(attack, siege), apart);
        },
      });
      return tune(plan, { scenario: scenario.name, clock, progress, ...work });
    });
  }

  async bankrupt(target: Target, scenario: Scenario, options: BankruptOptions = {}): Promise<BankruptResult> {
    return this.#called("bankrupt", async () => {
      requireBuilt(scenario);
      const { bankruptPlan } = await import("../training/bankruptcy/bankrupt-options.js");
      const { bankrupt } = await import("../training/bankruptcy/bankrupt.js");
      const plan = bankruptPlan(options);
      const { timeLimit, signal, progress } = guardedProgress(options);
      const clock = (): number => performance.now();
      const until = timeLimit === undefined ? undefined : clock() + timeLimit * 1000;
      const { siege: config } = this.#context.config;
      const apart = { reproductions: path.join(config.reproductions, BANKRUPT_FOLDER), playsSaved: false };
      return bankrupt(plan, {
        scenario: withParameters(scenario, plan),
        clock,
        progress,
        campaign: (scaled, how) => {
          const left = until === undefined ? {} : { timeLimit: Math.max(1e-3, until - clock()) / 1000 };
          const campaign = { ...how, explain: false, ...left, ...(signal === undefined ? {} : { signal }) };
          return this.#campaign(target, scaled, resolveOptions(campaign, config), apart);
        },
      });
    });
  }

  async train(lessons: readonly Lesson<Siege>[], options: TrainOptions = {}): Promise<TrainResult> {
    return this.#called("train", async () => {
      const { trainPlan } = await import("../training/adversary/train-options.js");
      const { train } = await import("../training/adversary/train.js");
      const plan = trainPlan(lessons, options);
      const { timeLimit, signal, progress } = guardedProgress(options);
      const clock = (): number => performance.now();
      const until = timeLimit === undefined ? undefined : clock() + timeLimit * 1000;
      const taught = lessons.map(({ target, scenario, siege = this }) => {
        requireBuilt(scenario);
        if (siege instanceof SiegeImplementation) return { target, scenario, siege };
        throw new SiegeError("INVALID_OPTION", {
          message: 'train: the option "siege" of a lesson is not the siege of a connection.',
          hint: "Pass connection.siege, of the same project.",
        });
      });
      const { siege: config } = this.#context.config;
      const apart = { reproductions: path.join(config.reproductions, TRAIN_FOLDER), playsSaved: false };
      return train(plan, {
        lessons: taught,
        clock,
        progress,
        campaign: (lesson, how) => {
          const { target, scenario, siege } = lesson;
          const left = until === undefined ? {} : { timeLimit: Math.max(1e-3, until - clock()) / 1000 };
          const campaign = { ...how, explain: false, ...left, ...(signal === undefined ? {} : { signal }) };
          return siege.#campaign(target, scenario, resolveOptions(campaign, config), apart);
        },
      });
    });
  }

  async proposal(
    target: Target,
    scenario: Scenario,
    proposals: readonly unknown[],
    options: ProposalOptions = {},
  ): Promise<ProposalResult> {
    return this.#called("proposal", async () => {
      requireBuilt(scenario);
      const { judgedProposals } = await import("./proposal/judged-proposals.js");
      const { config, artifacts } = this.#context;
      return judgedProposals(scenario, proposals, options, {
        config: config.siege,
        projectRoot: config.paths.root,
        artifacts,
        on: (played, work) => this.#onConnection(target, played, work),
      });
    });
  }

  async diff(target: Target, scenario: Scenario, against: DiffAgainst, options: DiffOptions = {}): Promise<DiffResult> {
    return this.#called("diff", async () => {
      requireBuilt(scenario);
      if (against.scenario !== undefined) requireBuilt(against.scenario);
      const { config } = this.#context;
      const { requireAlike } = await import("../engine/diff/alike.js");
      const { playDiff } = await import("../engine/diff/play-diff.js");
      const { playSide } = await import("../engine/diff/play-side.js");
      const resolved = resolveDiffOptions(options, config.siege);
      const set = resolved.parameters === undefined ? {} : { parameters: resolved.parameters };
      const other = { scenario, target, siege: this, ...set, ...against };
      requireAlike(scenario, other.scenario);
      if (!(other.siege instanceof SiegeImplementation)) {
        throw new SiegeError("INVALID_OPTION", {
          message: 'The option "siege" of what is compared with is not the siege of a connection.',
          hint: "Pass connection.siege, of the same project.",
        });
      }
      const { siege } = other;
      const of = { projectRoot: config.paths.root, reproductions: config.siege.reproductions };
      return playDiff(
        { clock: () => performance.now(), ...of },
        { scenario: scenario.name, options: resolved },
        (plan) =>
          this.#onConnection(target, withParameters(scenario, set), (environment, besieged) =>
            playSide(environment, besieged.target, besieged.scenario, plan),
          ),
        (plan) =>
          siege.#onConnection(other.target, withParameters(other.scenario, other), (environment, besieged) =>
            playSide(environment, besieged.target, besieged.scenario, plan),
          ),
      );
    });
  }

  async assertSurvives(target: Target, scenario: Scenario, options: CampaignOptions = {}): Promise<SurvivedResult> {
    const callSite = new Error("called here");
    // eslint-disable-next-line @typescript-eslint/unbound-method -- never called: it marks the frame above the user's own
    Error.captureStackTrace(callSite, SiegeImplementation.prototype.assertSurvives);
    const { recorded } = await import("./reports/assertion-journal.js");
    const call = new CampaignCall("siege.assertSurvives", callSite);
    const result = await recorded({ callSite, wanted: "survived" }, () =>
      calledBy(call, () => this.run(target, scenario, options)),
    );
    const { failureOf } = await import("./verdict.js");
    const failure = failureOf(result, "survived");
    if (result.kind !== "survived") throw calledFrom(new AssertionError({ message: failure }), callSite);
    return result;
  }

  snapshot(): ForkedSnapshot | undefined {
    return asPluginError(() => {
      const opened = snapshotOf(this.#connection.networkConfig);
      if (opened === undefined) return undefined;
      const { checksum, snapshot } = opened;
      const { state, pending, orders } = snapshot;
      const baseFee = state.block.baseFeePerGas;
      return {
        chainId: state.chainId,
        blockNumber: blockOf(snapshot),
        checksum,
        pending: { ...(isHex(baseFee) ? { baseFeePerGas: baseFee } : {}), transactions: pending },
        orders,
      };
    });
  }

  async replay(reproduction: string | object): Promise<Outcome> {
    return asPluginErrors(async () => {
      const { replayReproduction } = await import("../engine/reproduction/replay.js");
      const { playApart } = await import("./play-apart.js");
      return replayReproduction(reproduction, this.#context.config.paths.root, playApart);
    });
  }

  async exportFoundry(reproduction: string | object, { fix }: { readonly fix?: Address } = {}): Promise<string> {
    return asPluginErrors(async () => {
      const { loadReproduction } = await import("../engine/reproduction/load.js");
      const { exportFoundry } = await import("../report/foundry/export-foundry.js");
      const { reproduction: loaded } = await loadReproduction(reproduction, this.#context.config.paths.root);
      const { hermetic } = loaded;
      if (fix === undefined || hermetic === null) return exportFoundry(loaded);
      const { stateForFix } = await import("./state-for-fix.js");
      return this.#turn.exclusiveRun(async () =>
        exportFoundry({
          ...loaded,
          hermetic: await stateForFix(loaded.target.address, hermetic, fix, this.#connection.provider),
        }),
      );
    });
  }

  /**
   * Plays one shard of a campaign. No part of the interface: tasks use it.
   *
   * @param file - the scenario file, relative to the project's root, with slashes
   * @param save - called with the result so far
   */
  async playShard(
    target: Target,
    scenario: Scenario,
    { file, shard, options }: { readonly file: string; readonly shard: Shard; readonly options: CampaignOptions },
    save: (results: ShardResults) => Promise<void>,
  ): Promise<ShardResults> {
    return asPluginErrors(async () => {
      const resolved = resolveOptions(options, this.#context.config.siege);
      const { jobOf } = await import("../engine/shards/job-of.js");
      const { playShard } = await import("../engine/shards/play-shard.js");
      const job = jobOf(file, shard, resolved);
      const release = await releaseOf();
      expectLanes(resolved);
      const { withSearched } = await import("../scenario/parameters/searched.js");
      return this.#onConnection(target, withSearched(withParameters(scenario, resolved)), (environment, besieged) =>
        playShard(
          { ...environment, explains: resolved.explain !== false, release },
          besieged.target,
          besieged.scenario,
          job,
          resolved,
          save,
        ),
      );
    });
  }

  /** Work for a user's call, whose place is named to whoever is in its way. */
  #called<ResultT>(name: keyof Siege, work: () => Promise<ResultT>): Promise<ResultT> {
    const callSite = new Error("called here");
    // the frame above the user's own; methods are bound, which leaves no frame
    Error.captureStackTrace(callSite, Reflect.get(SiegeImplementation.prototype, name) as () => void);
    return calledBy(new CampaignCall(`siege.${name}`, callSite), () => asPluginErrors(work));
  }

  async #run(target: Target, scenario: Scenario, options: CampaignOptions): Promise<CampaignResult> {
    const { config } = this.#context;
    const result = await this.#campaign(target, scenario, resolveOptions(options, config.siege));
    if (result.kind !== "violation") return result;
    const { writeReports } = await import("../report/reports.js");
    return writeReports(result, config.paths.root, await projectStyleOf(config));
  }

  /** @param apart - where what it finds is kept, if not where everything else is */
  async #campaign(
    target: Target,
    scenario: Scenario,
    wanted: CampaignOptions,
    apart: Partial<Pick<CampaignEnvironment, "reproductions" | "playsSaved" | "explains">> = {},
  ): Promise<CampaignResult> {
    const given = guardedProgress(wanted);
    const options = currentCall()?.stopping(given) ?? given;
    const { runCampaign } = await import("../engine/campaign/campaign.js");
    expectLanes(options);
    const { withSearched } = await import("../scenario/parameters/searched.js");
    return this.#onConnection(target, withSearched(withParameters(scenario, options)), (environment, besieged) =>
      runCampaign({ ...environment, ...apart }, besieged.target, besieged.scenario, options),
    );
  }

  /** A risk run with tests of what was minimised. */
  async #withTests<ResultT extends RuinResult | RareRuinResult>(result: ResultT): Promise<ResultT> {
    if (result.findings.length === 0) return result;
    const { config } = this.#context;
    const { writeTests } = await import("../report/reports.js");
    const findings = await writeTests(result.findings, result, config.paths.root, await projectStyleOf(config));
    return { ...result, findings };
  }

  /** How independent runs are spread over lanes. */
  #onLanes({ lanes, executor }: Partial<OnLanes>): OnLanes {
    const { siege } = this.#context.config;
    const on = { lanes: lanes ?? siege.lanes, executor: executor ?? siege.executor };
    expectLanes(on);
    return on;
  }

  /** The file of points that an option names, if it names one. */
  async #pointsFile<PointT extends { readonly values: ParameterValues }>(
    file: string | undefined,
    { target, scenario }: { readonly target: Target; readonly scenario: Scenario },
    origin: Pick<PointsOrigin, "of" | "seed" | "runs" | "with">,
    schema: ZodTypeAny,
  ): Promise<PointsFile<PointT> | undefined> {
    if (file === undefined) return undefined;
    const { PointsFile: File } = await import("../risk/points-file.js");
    return this.#onConnection(target, scenario, async ({ provider, projectRoot }, { target: resolved }) => {
      const code = await provider.request({ method: "eth_getCode", params: [resolved.address, "latest"] });
      return new File<PointT>(
        projectRoot,
        file,
        { ...origin, scenario, target: resolved.name, code: String(code) },
        schema,
      );
    });
  }

  /** Works on the connection when it is its turn, with what is known of the target and the environment. */
  async #onConnection<ResultT>(
    target: Target,
    scenario: Scenario,
    work: (
      environment: CampaignEnvironment,
      besieged: { readonly target: ResolvedTarget; readonly scenario: Scenario },
    ) => Promise<ResultT>,
  ): Promise<ResultT> {
    const network = requireSimulated(this.#connection);
    const { hardfork, mining } = network;
    requireBuilt(scenario);
    const { config, artifacts } = this.#context;
    const { resolveOnChain } = await import("./target/resolve-on-chain.js");
    const { withTargets } = await import("./target/further-targets.js");
    return this.#turn.exclusiveRun(async () => {
      // what a target or a scenario's targets promise may still be under way: nothing of it is a campaign's
      const resolved = await resolveOnChain(target, artifacts, this.#connection.provider);
      const besieged = await withTargets(scenario, resolved, artifacts, this.#connection.provider);
      return occupying(this.#connection, async (provider) => {
        const memory = memoryOf(this.#connection);
        const environment = {
          provider,
          upstream: await rpcEndpointOf(network),
          hardfork,
          openNetwork: openHermeticNetwork,
          openChannel: openLaneChannel,
          sources: this.#sources,
          projectRoot: config.paths.root,
          reproductions: config.siege.reproductions,
          // a copy: the campaign's own impersonations pass through the same hook
          impersonated: new Set(memory.impersonated),
          intervalMining: memory.intervalMining ?? mining.interval,
          clock: () => performance.now(),
        };
        return withFiltersPaused(this.#connection, provider, () => work(environment, besieged));
      });
    });
  }
}

/** The presets, with errors shown as Hardhat plugin errors, like all others of a connection. */
function withPluginErrors(presets: Presets): Presets {
  const entries = Object.entries(presets).map(([name, preset]: [string, (options?: object) => Scenario]) => [
    name,
    (options?: object) => asPluginError(() => preset(options)),
  ]);
  // the same names, each with a function of the same type
  return Object.freeze(Object.fromEntries(entries) as Presets);
}

/** Has pipes made while the scenario is bound. If they cannot be, whoever opens a lane is told. */
function expectLanes({ executor }: Pick<CampaignOptions, "executor">): void {
  if (executor !== "faithful" && process.platform !== "win32") stockPipes().catch(() => undefined);
}

/** The scenario with what a call sets of it. */
function withParameters(scenario: Scenario, { parameters = {} }: Pick<CampaignOptions, "parameters">): Scenario {
  requireBuilt(scenario);
  return Object.keys(parameters).length === 0 ? scenario : scenario.at(parameters);
}

/** Catches a definition where a scenario belongs: they look alike, and plain JavaScript callers have no type checks. */
function requireBuilt(scenario: Scenario): void {
  const assets: unknown = (scenario as Scenario | undefined)?.assets;
  if (assets instanceof Map) return;
  throw new SiegeError("INVALID_SCENARIO", {
    message: "The scenario is not one that siege.scenario(...) returned.",
    hint: "Pass the definition to siege.scenario(...) first.",
  });
}
