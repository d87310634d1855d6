import type { Scenario } from "../../scenario/scenario.js";
import type { ContagionPlan } from "./contagion-options.js";
import type { ContagionEdge, ContagionResult, ContagionShock } from "./contagion-result.js";
import type { Exposure } from "./exposures.js";
import type { LossesTable } from "./losses-table.js";
import type { PlayedContagion } from "./play-contagion.js";
import type { ContagionDesign } from "./variants.js";

import { createRandom } from "../../market/random.js";
import { streamSeed } from "../ruin/path-source.js";

import { amplification } from "./amplification.js";
import { edgesOf } from "./edges.js";
import { exposures, unshockedLosses } from "./exposures.js";
import { failureOrder } from "./failure-order.js";
import { fragmentationLoss } from "./fragmentation.js";
import { contagionDesign } from "./variants.js";

/** Which of three worlds is played. */
export type ContagionWorld = "base" | "whole" | "parts";

/** What contagion is measured with. */
interface ContagionWork {
  readonly scenario: Scenario;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  /**
   * Plays the variants of a world.
   *
   * @param edgesIn - the edges to reproduce
   * @param done - runs that were played before it
   */
  readonly play: (
    world: ContagionWorld,
    design: Pick<ContagionDesign, "protocols" | "variants">,
    edgesIn: (table: LossesTable) => readonly Exposure[],
    runs: { readonly done: number; readonly all: number },
  ) => Promise<PlayedContagion>;
}

/** Measures contagion: the exposure matrix, the order of failure, amplification and, if asked for, what fragmentation adds. */
export async function makeContagion(
  plan: ContagionPlan,
  { scenario, clock, play }: ContagionWork,
): Promise<ContagionResult> {
  const startedAt = clock();
  const { confidence, seed, parameters, fragmentation, minimise } = plan;
  const design = contagionDesign(scenario, plan);
  const { protocols, shocked, variants } = design;
  const matrixOf = (table: LossesTable): readonly Exposure[] =>
    table.length < 2 ? [] : exposures(table, { shocked, protocols, confidence });
  const all = plan.paths * (variants.length + (fragmentation === undefined ? 0 : 2));
  const base = await play("base", design, (table) => edgesOf(matrixOf(table)).slice(0, minimise), { done: 0, all });
  const { table, refused, target, forkBlock, isFork, explored } = base;
  const matrix = matrixOf(table);
  const isKnown = matrix.length > 0;
  const fragmented = base.cut === undefined ? await inWholeAndParts(plan, design, play, all) : undefined;
  const cut = base.cut ?? fragmented?.cut;
  return {
    scenario: scenario.name,
    target,
    forkBlock,
    isFork,
    protocols,
    shocks: shocked.map((protocol, row): ContagionShock => {
      const reasons = refused.get(protocol);
      return {
        protocol,
        words: scenario.shocks.get(protocol)?.words ?? "",
        does: isIdle(table, row + 1) ? "nothing" : "losses",
        ...(reasons === undefined ? {} : { refused: reasons }),
      };
    }),
    at: plan.at,
    tolerance: plan.tolerance,
    unshocked: isKnown ? unshockedLosses(table, protocols, confidence) : [],
    matrix,
    orders: isKnown
      ? variants.map((names, variant) => failureOrder(table, variant, { shocked: names, protocols, confidence }))
      : [],
    ...(isKnown
      ? {
          amplification: amplification(
            table,
            shocked.map((name) => protocols.indexOf(name)),
            { confidence, random: createRandom(streamSeed(seed, 0, "bootstrap amplification")) },
          ),
        }
      : {}),
    ...(fragmented?.loss === undefined ? {} : { fragmentation: fragmented.loss }),
    edges: edgesOf(matrix).map(({ from, to }) => edgeOf(base.edges, from, to, base.cut)),
    paths: table.length,
    wanted: plan.paths,
    seed,
    confidence,
    blocks: scenario.blocks,
    blockTime: scenario.blockTime,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    explored,
    ...(cut === undefined ? {} : { cut }),
    seconds: (clock() - startedAt) / 1000,
  };
}

function edgeOf(found: readonly ContagionEdge[], from: string, to: string, cut: ContagionResult["cut"]): ContagionEdge {
  const because = cut === undefined ? "more edges were not asked for" : "it was stopped before";
  return found.find((edge) => edge.from === from && edge.to === to) ?? { from, to, because };
}

/** Whether a variant ends as the one without shocks does, in every path. */
function isIdle(table: LossesTable, variant: number): boolean {
  return table.every((path) => (path[variant]?.losses ?? []).every((loss, column) => loss === path[0]?.losses[column]));
}

/** All shocks together, with the liquidity in one venue and in several. */
async function inWholeAndParts(
  { fragmentation, confidence, seed, paths }: ContagionPlan,
  { protocols, variants, shocked }: ContagionDesign,
  play: ContagionWork["play"],
  all: number,
): Promise<{ readonly loss: ContagionResult["fragmentation"]; readonly cut: ContagionResult["cut"] } | undefined> {
  if (fragmentation === undefined) return undefined;
  const done = paths * variants.length;
  const design = { protocols, variants: [shocked] };
  const whole = await play("whole", design, () => [], { done, all });
  const parts = await play("parts", design, () => [], { done: done + paths, all });
  const random = createRandom(streamSeed(seed, 0, "bootstrap fragmentation"));
  return {
    loss: fragmentationLoss(fragmentation, { whole: whole.table, parts: parts.table }, { confidence, random }),
    cut: whole.cut ?? parts.cut,
  };
}
