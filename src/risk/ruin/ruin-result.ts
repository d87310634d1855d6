import type { Activity } from "../../engine/activity/activity.js";
import type { Doubt } from "../../engine/activity/doubts.js";
import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { Finding } from "../../engine/campaign/finding.js";
import type { Explored } from "../../engine/search/spent.js";
import type { FundingNote } from "../../engine/world/funding/funding-note.js";
import type { ParameterValue } from "../../engine/world/parameters/parameter-value.js";
import type { TargetSource } from "../../target/source.js";
import type { ProbabilityInterval } from "../intervals/interval.js";
import type { RareReport } from "../rare/tilted-paths.js";
import type { LiquidatedReport, LossReport } from "./losses.js";
import type { RuinedPath } from "./path-end.js";
import type { PriceFan } from "./price-fan.js";
import type { Randomness } from "./randomness.js";
import type { TimeToRuin } from "./time-to-ruin.js";

/** A probability that was estimated from paths. */
export interface PathProbability {
  /** The share of the paths, each with its weight if they are tilted; `undefined` if none was played. */
  readonly value: number | undefined;
  readonly interval: ProbabilityInterval;
}

/** In how many paths a condition was violated. */
export interface RuinByCondition {
  readonly condition: string;
  readonly paths: number;
  readonly probability: PathProbability;
}

/** The cost of a risk run. */
export interface RuinCost {
  /** Blocks and calls of the paths that were played now, not of those that a file had; comparing and minimising excluded. */
  readonly blocks: number;
  readonly calls: number;
  /** Seconds, binding the scenario, comparing and minimising included. */
  readonly seconds: number;
}

interface RuinResultBase {
  readonly scenario: string;
  readonly target: string;
  readonly source: TargetSource;
  /** The parameters that it set, before the first block; absent if it set none. */
  readonly parameters?: readonly ParameterValue[];
  readonly seed: number;
  /** The block of the connection when it began. */
  readonly forkBlock: number;
  readonly isFork: boolean;
  /** The horizon: blocks per path. */
  readonly blocks: number;
  /** Seconds between them. */
  readonly blockTime: number;
  /** The confidence of every interval, 0 to 1. */
  readonly confidence: number;
  /** How many paths were asked for. */
  readonly wanted: number;
  /** How many were played to their horizon, and count: the first ones, without a gap. */
  readonly paths: number;
  /** The probability that a condition does not hold after some block of the horizon. */
  readonly probability: PathProbability;
  /**
   * Present if the paths were tilted: the probability is importance-sampled. What would need weights of its own is left out then:
   * `timeToRuin`, `losses` and `unmeasured` are empty, and there is no `liquidated`.
   */
  readonly rare?: RareReport;
  /** The paths in which that happened, in order. */
  readonly ruined: readonly RuinedPath[];
  /** In how many of them all conditions held again at the horizon. */
  readonly recovered: number;
  /** By condition, in the scenario's order; several may be violated in one path. */
  readonly conditions: readonly RuinByCondition[];
  /** When it happened, given that it did: quantiles. Empty if no path was ruined. */
  readonly timeToRuin: readonly TimeToRuin[];
  /** What conditions measure of the harm: one entry for each number. Empty if no path was ruined, or if none says a number. */
  readonly losses: readonly LossReport[];
  /** The value of the collateral that liquidations took; absent if no protocol of the scenario can tell. */
  readonly liquidated?: LiquidatedReport;
  /** Conditions that were violated and say no number. */
  readonly unmeasured: readonly string[];
  /** How prices moved in the paths, and in ruined ones: one for each asset whose price moves. */
  readonly prices: readonly PriceFan[];
  /** What the paths differ in. */
  readonly randomness: Randomness;
  /** How blocks were executed. */
  readonly explored: Explored;
  /** Why paths that survived say nothing about the target; empty if they do. */
  readonly doubts: readonly Doubt[];
  /** What agents, feeds and conditions did in the paths. */
  readonly activity: Activity;
  readonly funding: readonly FundingNote[];
  /** The first ruined paths as minimal, confirmed reproductions, as many as `minimise` asks for; their `run` is the path. */
  readonly findings: readonly Finding[];
  /** Ruined paths that did not violate their condition with one transaction per call when they were to be minimised. */
  readonly unconfirmed: readonly number[];
  readonly cost: RuinCost;
}

/** All paths that were asked for were played, or enough of them for `stopWhen`. */
export type EstimatedRuin = RuinResultBase & { readonly kind: "estimated" };

/**
 * It stopped before: the paths that were finished are reported, with a confidence sequence, as their number was not chosen.
 * The path that a fault stopped counts neither as ruined nor as survived.
 */
export type IncompleteRuin = RuinResultBase & Interruption & { readonly kind: "incomplete" };

/** What `siege.ruin` returns. Plain data, but for the error of an interruption. */
export type RuinResult = EstimatedRuin | IncompleteRuin;
