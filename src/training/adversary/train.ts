import type { Proposer } from "../../agents/proposer.js";
import type { CampaignResult, Interruption } from "../../engine/campaign/campaign-result.js";
import type { Elite } from "./learn.js";
import type { PolicyTables } from "./policy.js";
import type { TrainPlan } from "./train-options.js";
import type { TrainingCampaign, TrainResult } from "./train-result.js";
import type { Watched } from "./trained-attacker.js";

import { mixSeeds } from "../../market/random.js";

import { attackOf } from "./attack-of-finding.js";
import { learnt } from "./learn.js";
import { LONGEST, UNTRAINED } from "./policy.js";
import { attackerOf } from "./trained-attacker.js";

/** Keeps the seeds of campaigns apart from what else follows from a training's seed. */
const CAMPAIGNS = 0x7472616e;

/** The calls of an attack in the first stage; each later one has two more. */
const FIRST_LENGTH = 3;

/** Of the attacks that broke nothing, the part that came closest, and what one of them counts, compared with a violation. */
const CLOSEST = 0.1;
const NEARLY = 0.2;

/** What came no closer than this, the part of the way to broken, is not worth learning from. */
const CLOSE = 0.5;

/**
 * What a policy is trained with.
 *
 * @typeParam LessonT - a target
 */
export interface TrainWork<LessonT> {
  readonly lessons: readonly LessonT[];
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  /** A campaign against one of them. */
  readonly campaign: (
    lesson: LessonT,
    how: { readonly runs: number; readonly seed: number; readonly proposers: readonly Proposer[] },
  ) => Promise<CampaignResult>;
  readonly progress?: ((done: number, wanted: number) => void) | undefined;
}

/**
 * Trains a policy by the cross-entropy method, from few runs and short attacks to many and long ones: in each stage it attacks all
 * targets, and then becomes more like what did harm. Deterministic: the same targets, runs and seed give the same policy.
 */
export async function train<LessonT>(
  { runs, seed, stages }: TrainPlan,
  work: TrainWork<LessonT>,
): Promise<TrainResult> {
  const startedAt = work.clock();
  let tables: PolicyTables = UNTRAINED;
  const campaigns: TrainingCampaign[] = [];
  const learntFrom = { violations: 0, nearMisses: 0 };
  let cut: Interruption["reason"] | undefined;
  for (let stage = 0; stage < stages && cut === undefined; stage++) {
    const budget = Math.max(8, Math.ceil(runs / 2 ** (stages - 1 - stage)));
    const longest = Math.min(LONGEST, FIRST_LENGTH + 2 * stage);
    const elites: Elite[] = [];
    for (const [at, lesson] of work.lessons.entries()) {
      const watched: Watched = { shapes: new Map(), played: [] };
      const own = mixSeeds(seed, CAMPAIGNS, stage, at) >>> 1;
      const proposers = [attackerOf(tables, { longest, watched })];
      const result = await work.campaign(lesson, { runs: budget, seed: own, proposers });
      const finding = result.kind === "violation" ? result.finding : undefined;
      campaigns.push({
        stage: stage + 1,
        target: result.target,
        scenario: result.scenario,
        seed: own,
        budget,
        runs: result.cost.runs,
        found: finding !== undefined,
        attacked: result.proposals?.played ?? 0,
      });
      work.progress?.(campaigns.length, stages * work.lessons.length);
      if (finding !== undefined) {
        elites.push({ shape: attackOf(finding, result.activity), weight: 1 });
        learntFrom.violations += 1;
      } else {
        const close = nearMisses(watched);
        elites.push(...close);
        learntFrom.nearMisses += close.length;
      }
      if (result.kind === "incomplete") {
        cut = result.reason;
        break;
      }
    }
    tables = learnt(tables, elites);
  }
  const found = campaigns.filter((campaign) => campaign.found).length;
  return {
    policy: {
      format: "hardhat-siege policy",
      version: 1,
      trained: { seed, campaigns: campaigns.length, found },
      tables,
    },
    campaigns,
    learntFrom,
    seconds: (work.clock() - startedAt) / 1000,
    ...(cut === undefined ? {} : { cut }),
  };
}

/** The attacks that came closest to breaking something. */
function nearMisses({ shapes, played }: Watched): readonly Elite[] {
  const tried = played.flatMap(({ run, margins }) => {
    const closest = Math.min(...Object.values(margins));
    const attacks = shapes.get(run);
    return attacks === undefined || closest > CLOSE ? [] : [{ closest, run, attacks }];
  });
  const ordered = tried.sort((a, b) => a.closest - b.closest || a.run - b.run);
  return ordered
    .slice(0, Math.ceil(CLOSEST * played.length))
    .flatMap(({ attacks, closest }) => attacks.map((shape) => ({ shape, weight: NEARLY * (1 - closest) })));
}
