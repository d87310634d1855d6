import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { Axis } from "../../risk/map/axis.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { CandidatePaths } from "./measure-candidate.js";
import type { JudgedPlace, Placed } from "./next-to-judge.js";
import type { TunePlan } from "./tune-options.js";
import type {
  JudgedRuin,
  NearestFailure,
  ParameterChange,
  TuneAttack,
  TuneCandidate,
  TunePoint,
  TuneResult,
} from "./tune-result.js";

import { Stop } from "../../engine/campaign/stop.js";
import { createRandom, mixSeeds } from "../../market/random.js";
import { bootstrapped, mean } from "../../risk/intervals/bootstrap.js";
import { clopperPearson } from "../../risk/intervals/clopper-pearson.js";
import { valueAt } from "../../risk/map/axis.js";
import { frontsOf } from "../optimisers/dominance.js";

import { distance, nextToJudge } from "./next-to-judge.js";
import { searchCandidates } from "./search-candidates.js";

/** Streams of randomness: what judges a point must not be what chose it. */
const STREAMS = { search: 1, fresh: 2, bootstrap: 3 };

/** Confidence of the interval, equally shared by both sides, below whose upper end a candidate's ruin probably is: at 75 %. */
const LIKELY = 0.5;

/** What a plan is tuned with. */
export interface TuneWork {
  readonly scenario: string;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  /**
   * @throws Stop
   * @returns a reason if the values cannot be played
   */
  readonly measure: (
    values: ParameterValues,
    paths: { readonly paths: number; readonly seed: number },
  ) => Promise<CandidatePaths | string>;
  /** Plays fresh paths until the limit is decided. @throws Stop */
  readonly judge: (
    values: ParameterValues,
    how: { readonly seed: number; readonly paths: number; readonly limit: number; readonly confidence: number },
  ) => Promise<JudgedRuin>;
  /** @throws Stop */
  readonly attack: (values: ParameterValues) => Promise<TuneAttack>;
  /** Minimises a path. @returns the file of its reproduction, if there is one @throws Stop */
  readonly reproduce: (values: ParameterValues, path: number, seed: number) => Promise<string | undefined>;
  readonly progress?: ((done: number, wanted: number) => void) | undefined;
}

/** A candidate with what is needed to compare it. */
interface Tried extends Placed {
  readonly candidate: TuneCandidate;
  readonly measured: CandidatePaths | undefined;
}

/** Beyond any share of ruined paths. */
const REFUSED = 2;

/**
 * Tunes parameters: searches on common random numbers, then judges the best points on paths that had no part in choosing them. With the
 * error shared out among all points that may be judged, the probability that any accepted point's ruin is at or above the limit is at
 * most 1 - `confidence`, however the search found it.
 */
export async function tune(plan: TunePlan, work: TuneWork): Promise<TuneResult> {
  const startedAt = work.clock();
  const { axes, objectives, limit, confidence, candidates, seed } = plan;
  const signs = [...objectives.values()].map(({ goal }) => (goal === "maximise" ? -1 : 1));
  const tried = new Map<string, Tried>();
  const judged: TunePoint[] = [];
  let cut: Interruption["reason"] | undefined;
  let done = 0;
  const step = (): void => {
    done += 1;
    work.progress?.(Math.min(done, candidates + plan.points), candidates + plan.points);
  };
  const evaluate = async (point: readonly number[]): Promise<Tried & { readonly isNew: boolean }> => {
    const values = Object.fromEntries(axes.map((axis, index) => [axis.name, valueAt(axis, point[index] ?? 0)]));
    const key = Object.values(values).join(" ");
    const known = tried.get(key);
    if (known !== undefined) return { ...known, isNew: false };
    const measured = await work.measure(values, { paths: plan.paths, seed });
    const one = triedOf(values, measured, plan, signs);
    tried.set(key, one);
    step();
    return { ...one, isNew: true };
  };
  try {
    const random = createRandom(mixSeeds(seed, STREAMS.search));
    await searchCandidates({ dimensions: axes.length, objectives: objectives.size, candidates, random, evaluate });
    done = candidates;
    const all = [...tried.values()];
    const places: JudgedPlace[] = [];
    while (places.length < plan.points) {
      const place = nextToJudge(all, places);
      const one = place === undefined ? undefined : all[place];
      if (place === undefined || one === undefined) break;
      // paths of its own for each: which one is judged next depends on those before
      const fresh = mixSeeds(seed, STREAMS.fresh, places.length) >>> 1;
      const point = await judgedPoint(one, all, fresh, { plan, work });
      judged.push(point);
      step();
      places.push({ place, isAccepted: point.verdict === "accepted" });
      // of one objective, those that come after it are worse
      if (objectives.size === 1 && point.verdict === "accepted") break;
    }
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    cut = error.reason;
  }
  const all = [...tried.values()];
  const about = all.find(({ measured }) => measured !== undefined)?.measured;
  const front = frontOf(judged, plan, signs);
  const isFeasible = all.some(({ violation }) => violation === 0);
  const failed = cut !== undefined ? "incomplete" : isFeasible ? "none" : "infeasible";
  return {
    scenario: work.scenario,
    target: about?.target ?? "The target",
    forkBlock: about?.forkBlock ?? 0,
    of: axes,
    objectives: [...objectives].map(([name, { goal, unit }]) => ({
      name,
      goal,
      ...(unit === undefined ? {} : { unit }),
    })),
    method: objectives.size === 1 ? "CMA-ES" : "NSGA-II",
    ruin: { limit, confidence },
    paths: plan.paths,
    seed,
    ...(Object.keys(plan.parameters).length === 0 ? {} : { parameters: plan.parameters }),
    candidates: all.map(({ candidate }) => candidate),
    judged,
    front,
    constant: [...objectives.keys()].filter((name) => isConstant(name, all)),
    outcome: front.length > 0 ? "tuned" : failed,
    ...(cut === undefined ? {} : { cut }),
    seconds: (work.clock() - startedAt) / 1000,
  };
}

function triedOf(
  values: ParameterValues,
  measured: CandidatePaths | string,
  { axes, objectives, limit }: TunePlan,
  signs: readonly number[],
): Tried {
  const shares = sharesOf(axes, values);
  const refused = typeof measured === "string" ? measured : measured.broken;
  if (typeof measured === "string" || refused !== undefined) {
    const candidate = { values, objectives: {}, ruined: 1, refused: refused ?? "" };
    return { shares, candidate, measured: undefined, objectives: [], violation: REFUSED, isLikely: false };
  }
  const means = Object.fromEntries(
    [...objectives.keys()].map((name) => [name, meanOf(measured.objectives[name] ?? [])]),
  );
  const ruined = measured.ruined.length / measured.paths;
  return {
    shares,
    candidate: { values, objectives: means, ruined },
    measured,
    objectives: [...objectives.keys()].map((name, index) => (signs[index] ?? 1) * (means[name] ?? 0)),
    violation: Math.max(0, ruined - limit),
    isLikely: clopperPearson({ successes: measured.ruined.length, trials: measured.paths }, LIKELY).upper < limit,
  };
}

async function judgedPoint(
  { candidate: { values }, shares, measured }: Tried,
  all: readonly Tried[],
  fresh: number,
  { plan, work }: { readonly plan: TunePlan; readonly work: TuneWork },
): Promise<TunePoint> {
  const { limit, confidence, seed, objectives, points } = plan;
  // Bonferroni: whichever of the points are accepted, all of their bounds hold together
  const each = 1 - (1 - confidence) / points;
  const ruin = await work.judge(values, { seed: fresh, paths: plan.fresh, limit, confidence: each });
  const point = { values, ruin, objectives: {}, change: changeOf(plan.axes, values, measured) };
  if (ruin.doubts !== undefined) return { ...point, verdict: "undecided" };
  if (ruin.interval.upper >= limit) {
    return { ...point, verdict: ruin.interval.lower >= limit ? "rejected" : "undecided" };
  }
  const attack = plan.attacks === 0 ? undefined : await work.attack(values);
  const attacked = attack === undefined ? {} : { attack };
  if (attack?.kind === "broke" && attack.atWill) return { ...point, ...attacked, verdict: "broken" };
  const measuredAgain = await work.measure(values, { paths: plan.paths, seed: fresh });
  const random = createRandom(mixSeeds(seed, STREAMS.bootstrap));
  const estimates = [...objectives.keys()].map((name) => {
    const sample = typeof measuredAgain === "string" ? [] : (measuredAgain.objectives[name] ?? []);
    const sorted = sample.toSorted((one, other) => one - other);
    return [name, bootstrapped(sorted, mean, { confidence, random })] as const;
  });
  const nearest = await nearestFailure(shares, all, seed, work);
  return {
    ...point,
    ...attacked,
    verdict: "accepted",
    objectives: Object.fromEntries(estimates),
    ...(nearest === undefined ? {} : { nearestFailure: nearest }),
  };
}

async function nearestFailure(
  shares: readonly number[],
  all: readonly Tried[],
  seed: number,
  work: TuneWork,
): Promise<NearestFailure | undefined> {
  const [nearest] = all
    .filter(({ measured }) => measured?.ruined.length)
    .toSorted((one, other) => distance(one.shares, shares) - distance(other.shares, shares));
  const [path] = nearest?.measured?.ruined ?? [];
  if (nearest === undefined || path === undefined) return undefined;
  const { values } = nearest.candidate;
  const reproduction = await work.reproduce(values, path, seed);
  return {
    values,
    distance: distance(nearest.shares, shares),
    path,
    summary: nearest.measured?.summary ?? "",
    ...(reproduction === undefined ? {} : { reproduction }),
  };
}

function changeOf(
  axes: readonly Axis[],
  values: ParameterValues,
  measured: CandidatePaths | undefined,
): readonly ParameterChange[] {
  return axes.map(({ name, unit }) => {
    const was = measured?.set.find((one) => one.name === name)?.was;
    return {
      name,
      ...(unit === undefined ? {} : { unit }),
      ...(was === undefined ? {} : { from: was }),
      to: values[name] ?? NaN,
    };
  });
}

/** Places of the accepted points that no other dominates, best first objective first. */
function frontOf(judged: readonly TunePoint[], { objectives }: TunePlan, signs: readonly number[]): readonly number[] {
  const places = [...judged.keys()].filter((place) => judged[place]?.verdict === "accepted");
  const scored = places.map((place) => ({
    violation: 0,
    objectives: [...objectives.keys()].map(
      (name, index) => (signs[index] ?? 1) * (judged[place]?.objectives[name]?.value ?? Infinity),
    ),
  }));
  const [front = []] = frontsOf(scored);
  return front
    .toSorted((one, other) => (scored[one]?.objectives[0] ?? 0) - (scored[other]?.objectives[0] ?? 0))
    .map((index) => places[index] ?? 0);
}

function isConstant(name: string, all: readonly Tried[]): boolean {
  const values = all.flatMap(({ candidate }) => candidate.objectives[name] ?? []);
  return values.length > 1 && values.every((value) => value === values[0]);
}

/** Where values are in the ranges of their parameters, 0 to 1. */
function sharesOf(axes: readonly Axis[], values: ParameterValues): readonly number[] {
  return axes.map(({ name, range: [least, most] }) => ((values[name] ?? NaN) - least) / (most - least));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
