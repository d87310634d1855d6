import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { TargetSource } from "../../target/source.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { MinimisedPaths } from "./minimise-paths.js";
import type { RuinedPath } from "./path-end.js";
import type { RuinOptions } from "./ruin-options.js";
import type { PathProbability, RuinResult } from "./ruin-result.js";

import { activityOf } from "../../engine/activity/activity-of.js";
import { doubtsOf } from "../../engine/activity/doubts.js";
import { changesState } from "../../engine/activity/exercise.js";
import { factsOf } from "../../engine/activity/facts.js";
import { interruptionBy, requireHolding } from "../../engine/campaign/campaign.js";
import { DEFAULT_SEED } from "../../engine/campaign/defaults.js";
import { stopWhen } from "../../engine/campaign/stop.js";
import { Player } from "../../engine/run/player.js";
import { giveBack } from "../../engine/world/give-back.js";
import { openWorld } from "../../engine/world/world.js";
import { SiegeError } from "../../errors.js";
import { requireTilts } from "../rare/rare-options.js";
import { rareDoubts, TiltedPaths } from "../rare/tilted-paths.js";

import { liquidatedOf, lossesOf } from "./losses.js";
import { minimisePaths } from "./minimise-paths.js";
import { PathProbabilities } from "./path-probability.js";
import { pathSource } from "./path-source.js";
import { PathsFile } from "./paths-file.js";
import { Paths } from "./paths.js";
import { priceFansOf } from "./price-fan.js";
import { randomnessOf } from "./randomness.js";
import { DEFAULT_CONFIDENCE, DEFAULT_PATHS } from "./ruin-options.js";
import { timeToRuinOf } from "./time-to-ruin.js";

const GIVEN: TargetSource = { kind: "given" };

/**
 * Estimates how likely ruin is over a scenario's horizon: plays independent paths to their end, and counts those in which a
 * condition did not hold after some block.
 *
 * @throws SiegeError of policy `user` if the target, the scenario or the file of paths is wrong. Faults of the chain end in an
 * `incomplete` result that keeps the paths that were played.
 */
export async function estimateRuin(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  options: RuinOptions = {},
): Promise<RuinResult> {
  const { clock } = environment;
  const startedAt = clock();
  const { seed = DEFAULT_SEED, paths: wanted = DEFAULT_PATHS, confidence = DEFAULT_CONFIDENCE } = options;
  if (options.rare !== undefined) requireTilts(scenario, options.rare, options.stopWhen);
  const limits = { clock, timeLimit: options.timeLimit, signal: options.signal };
  const world = await openWorld({ ...environment, checkpoint: stopWhen(limits) }, target, scenario);
  const checkpoint = stopWhen(limits);
  const player = new Player(world, checkpoint);
  const tilted = options.rare === undefined ? undefined : new TiltedPaths(world, seed, options.rare);
  const probabilities = new PathProbabilities({ confidence, wanted, tilted });
  const genome = tilted?.genome ?? pathSource(world, seed);
  const { lanes = "auto", executor = "batched" } = options;
  const paths = new Paths({ player, checkpoint, environment, lanes, executor, genome });
  const minimised: MinimisedPaths = { findings: [], unconfirmed: [] };
  const result = (stopped?: Interruption): Omit<RuinResult, "kind" | "doubts" | keyof Interruption> => {
    const { ruined, played } = paths;
    // statistics of paths that all count the same
    const [losers, liquidating] = tilted === undefined ? [ruined, paths.liquidated] : [[], []];
    const liquidated = liquidatedOf(liquidating, { confidence, seed });
    const weighted = probabilities.weighted(ruined, played);
    const probabilityOf = (own: readonly RuinedPath[]): PathProbability =>
      probabilities.of(own, played, { isFixed: options.stopWhen === undefined && stopped === undefined });
    return {
      scenario: scenario.name,
      target: target.name,
      source: target.source ?? GIVEN,
      ...(world.parameters.length === 0 ? {} : { parameters: world.parameters }),
      seed,
      forkBlock: world.forkBlock,
      isFork: world.isFork,
      blocks: scenario.blocks,
      blockTime: scenario.blockTime,
      confidence,
      wanted,
      paths: played,
      probability: probabilityOf(ruined),
      ...(tilted === undefined || weighted === undefined ? {} : { rare: tilted.report(weighted) }),
      ruined,
      recovered: ruined.filter(({ atEnd }) => atEnd.length === 0).length,
      conditions: world.conditions.map(({ bound: { id } }) => {
        const own = ruined.filter(({ violations }) => violations.some(({ condition }) => condition === id));
        return { condition: id, paths: own.length, probability: probabilityOf(own) };
      }),
      timeToRuin: timeToRuinOf(losers, confidence),
      losses: lossesOf(losers, played, { confidence, seed }),
      ...(liquidated === undefined ? {} : { liquidated }),
      unmeasured: unmeasuredIn(losers),
      // redrawn from the scenario's own processes
      prices: tilted === undefined ? priceFansOf(world, seed, { paths: played, ruined }) : [],
      randomness: randomnessOf(world),
      explored: paths.explored,
      activity: activityOf(factsOf(world), paths.tally),
      funding: world.funding,
      findings: minimised.findings,
      unconfirmed: minimised.unconfirmed,
      cost: { ...paths.spent, seconds: (clock() - startedAt) / 1000 },
    };
  };
  let isFaulty = false;
  try {
    await world.chain.requireSameUpstream();
    requireHolding(world);
    const file = await PathsFile.open(environment.projectRoot, options.resume, world, {
      seed,
      genome,
      ...(options.rare === undefined ? {} : { rare: options.rare }),
    });
    let [finished, ruined] = [0, 0];
    const count = (path: { readonly ruin: RuinedPath | undefined }): void => {
      finished += 1;
      if (path.ruin !== undefined) ruined += 1;
      options.progress?.(finished, ruined);
    };
    file.known.forEach(count);
    await paths.play({
      wanted,
      known: file.known,
      finished: (path) => {
        file.add(path);
        count(path);
      },
      restarted: () => {
        file.restart();
        [finished, ruined] = [0, 0];
      },
      isEnough: () =>
        options.stopWhen !== undefined && probabilities.isEnough(options.stopWhen, paths.ruined.length, paths.played),
    });
    await world.chain.requireSameUpstream();
    const changes = await changesState(player, paths.witnesses, paths.tally.exercised);
    const tally = { ...paths.tally, exercised: changes ? paths.tally.exercised : [] };
    const weighted = probabilities.weighted(paths.ruined, paths.played);
    const doubts = [
      ...doubtsOf(factsOf(world), activityOf(factsOf(world), paths.tally), tally),
      ...(weighted === undefined ? [] : rareDoubts(weighted)),
    ];
    const chosen = paths.ruined.slice(0, options.minimise ?? 0);
    await minimisePaths({ player, checkpoint, environment, paths, seed, genome }, chosen, minimised);
    return { kind: "estimated", doubts, ...result() };
  } catch (error) {
    isFaulty = SiegeError.isSiegeError(error) && error.policy === "infrastructure";
    const cut = interruptionBy(error, undefined);
    if (cut === undefined) throw error;
    return { kind: "incomplete", ...cut, doubts: [], ...result(cut) };
  } finally {
    await giveBack(world, paths, isFaulty);
  }
}

/** Conditions that were violated and said no number in any path. */
function unmeasuredIn(ruined: readonly RuinedPath[]): readonly string[] {
  const measured = new Set(ruined.flatMap(({ harm }) => harm.map(({ condition }) => condition)));
  const violated = new Set(ruined.flatMap(({ violations }) => violations.map(({ condition }) => condition)));
  return [...violated].filter((condition) => !measured.has(condition));
}
