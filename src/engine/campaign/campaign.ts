import type { Scenario } from "../../scenario/scenario.js";
import type { TargetSource } from "../../target/source.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Found } from "../search/found.js";
import type { ExplainingCost } from "../search/spent.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { World } from "../world/world.js";
import type { CampaignResult, Interruption, SurvivedResult } from "./campaign-result.js";
import type { SavedFile } from "./case-file.js";
import type { Finding } from "./finding.js";
import type { CampaignOptions } from "./options.js";

import { SiegeError } from "../../errors.js";
import { activityOf } from "../activity/activity-of.js";
import { doubtsOf } from "../activity/doubts.js";
import { changesState } from "../activity/exercise.js";
import { factsOf } from "../activity/facts.js";
import { Answers } from "../outsider/answers.js";
import { judgeStart } from "../run/judge.js";
import { Player } from "../run/player.js";
import { CampaignSearch } from "../search/campaign-search.js";
import { SearchWatch } from "../search/search-watch.js";
import { giveBack } from "../world/give-back.js";
import { parameterText } from "../world/parameters/parameter-value.js";
import { openWorld } from "../world/world.js";

import { Case } from "./case.js";
import { DEFAULT_RUNS, DEFAULT_SEED } from "./defaults.js";
import { playRegressions } from "./regressions.js";
import { RollCall } from "./roll-call.js";
import { Stop, stopWhen } from "./stop.js";
import { Trials } from "./trials.js";

const GIVEN: TargetSource = { kind: "given" };

/**
 * Runs a campaign: plays regressions first, then searches, minimises, confirms and explains.
 *
 * @throws SiegeError of policy `user` if the target or the scenario itself is wrong. Faults of the chain
 * during the campaign end in an `incomplete` result that keeps what was found.
 */
export async function runCampaign(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  options: CampaignOptions = {},
): Promise<CampaignResult> {
  const { clock } = environment;
  const startedAt = clock();
  const given = options.explain === false ? { ...environment, explains: false } : environment;
  const { progress } = options;
  progress?.({ phase: "opening" });
  const runs = options.runs ?? DEFAULT_RUNS;
  const seed = options.seed ?? DEFAULT_SEED;
  const limits = { clock, timeLimit: options.timeLimit, signal: options.signal };
  const world = await openWorld({ ...environment, checkpoint: stopWhen(limits) }, target, scenario);
  const checkpoint = stopWhen(limits);
  const player = new Player(world, checkpoint);
  const answers = new Answers(player);
  const exploration = new CampaignSearch(player, checkpoint, environment, answers, {
    runs,
    seed,
    lanes: options.lanes ?? "auto",
    executor: options.executor ?? "batched",
    learns: options.learn !== false,
    proposers: options.proposers,
    watch: progress === undefined ? undefined : new SearchWatch(runs, progress),
  });
  const seconds = (): number => (clock() - startedAt) / 1000;
  let searchSeconds: number | undefined;
  const roll = new RollCall();
  const wanted = options.findings === "all" ? Infinity : (options.findings ?? 1);
  const findings: Finding[] = [];
  const known = new Set<string>();
  let explaining: ExplainingCost | undefined;
  let open: Case | undefined;
  /** Closes the case of a finding, and those of the violations that were met on the way. */
  const close = async (found: Found, saved?: SavedFile): Promise<void> => {
    if (known.has(found.violation.cause) || findings.length >= wanted) return;
    const trials = new Trials(player, checkpoint, exploration);
    const tools = { player, environment: given, trials, answers, progress };
    const current = await Case.open(tools, found, saved);
    open = current;
    const finding = await current.close([...known]);
    explaining = {
      runs: (explaining?.runs ?? 0) + current.explained.runs,
      seconds: (explaining?.seconds ?? 0) + current.explained.seconds,
    };
    open = undefined;
    if (finding === undefined) return;
    known.add(found.violation.cause);
    findings.push(finding);
    if (findings.length >= wanted) return;
    for (const other of await current.others([...known])) await closeIfCounted(other);
  };
  /** The same for what the search has not looked at. */
  const closeIfCounted = async (found: Found): Promise<void> => {
    if (!(await answers.isAnswered(found, [...known]))) await close(found);
  };
  const base = () => ({
    scenario: scenario.name,
    target: target.name,
    source: target.source ?? GIVEN,
    ...(world.parameters.length === 0 ? {} : { parameters: world.parameters }),
    seed,
    forkBlock: world.forkBlock,
    isFork: world.isFork,
    blocks: scenario.blocks,
    discarded: exploration.discarded,
    explored: exploration.explored,
    replayed: roll.result,
    funding: world.funding,
    activity: activityOf(factsOf(world), exploration.tally),
    ...(exploration.proposals === undefined ? {} : { proposals: exploration.proposals }),
    ...(answers.notCounted.length === 0 ? {} : { notCounted: answers.notCounted }),
    cost: {
      ...exploration.cost,
      seconds: seconds(),
      searchSeconds: searchSeconds ?? seconds(),
      ...(explaining === undefined || explaining.runs === 0 ? {} : { explaining }),
    },
  });
  let isFaulty = false;
  try {
    await world.chain.requireSameUpstream();
    requireHolding(world);
    const regressions = environment.playsSaved === false ? [] : playRegressions(player, environment, roll);
    for await (const { found, saved } of regressions) {
      await (saved === undefined ? closeIfCounted(found) : close(found, saved));
      if (findings.length >= wanted) break;
    }
    while (findings.length < wanted) {
      const found = await exploration.next([...known]);
      searchSeconds ??= seconds();
      await world.chain.requireSameUpstream();
      if (found === undefined) break;
      await close(found);
    }
    const [finding] = findings;
    return finding === undefined
      ? await unviolated(player, exploration, base)
      : { kind: "violation", ...base(), finding, findings };
  } catch (error) {
    isFaulty = SiegeError.isSiegeError(error) && error.policy === "infrastructure";
    const cut = interruptionBy(error, open ?? findings[0]);
    if (cut === undefined) throw error;
    const unfinished = open?.soFar();
    const [finding] = findings;
    // what was confirmed is a verdict, however the search for more ended
    return finding === undefined
      ? { kind: "incomplete", ...cut, finding: unfinished, ...base() }
      : {
          kind: "violation",
          ...base(),
          finding,
          findings: unfinished === undefined ? findings : [...findings, unfinished],
          cut,
        };
  } finally {
    await giveBack(world, exploration, isFaulty);
  }
}

/** An error that ends a campaign without a verdict of its own; `undefined` for others. @param found - what it has found */
export function interruptionBy(error: unknown, found: object | undefined): Interruption | undefined {
  if (error instanceof Stop) return { reason: error.reason, error: undefined };
  if (!SiegeError.isSiegeError(error)) return undefined;
  return error.policy === "infrastructure" || found !== undefined ? { reason: "error", error } : undefined;
}

/** A campaign without a violation: the target survived, if it was exercised and judged. */
async function unviolated(
  player: Player,
  { tally, witnesses }: CampaignSearch,
  base: () => Omit<SurvivedResult, "kind">,
): Promise<CampaignResult> {
  const changes = await changesState(player, witnesses, tally.exercised);
  const result = base();
  const doubts = doubtsOf(factsOf(player.world), result.activity, {
    ...tally,
    exercised: changes ? tally.exercised : [],
  });
  return doubts.length === 0 ? { kind: "survived", ...result } : { kind: "inconclusive", doubts, ...result };
}

/** A scenario whose conditions are violated from the start says nothing about the target. */
export function requireHolding(world: World): void {
  const violation = judgeStart(world);
  if (violation === undefined) return;
  const values = world.parameters.map(parameterText).join(", ");
  throw new SiegeError("BROKEN_AT_START", {
    message: `The condition "${violation.condition}" is violated before the siege starts${values === "" ? "" : ` with ${values}`}: ${violation.evidence.summary}.`,
    hint: "Set up the target so that the condition holds, or give the condition a suitable tolerance.",
  });
}
