import type { RuinedPath } from "../ruin/path-end.js";

import { lossOf } from "./loss-conditions.js";

/** What became of the protocols in one run, in their order. */
export interface RunLosses {
  /** The largest shortfall beyond that at the start, US dollars; 0 for a protocol that did not fail. */
  readonly losses: readonly number[];
  /** The first block after which each had failed; `undefined` for one that did not. */
  readonly failedAt: readonly (number | undefined)[];
}

/** Of each path that was played in all variants: what became of the protocols in each variant, in their order. */
export type LossesTable = readonly (readonly RunLosses[])[];

/**
 * Puts runs into a table: those of a path lie next to each other, a run for each variant.
 *
 * @param ruined - runs in which a protocol failed, by their number from 1
 * @param played - how many runs were played; what is over of an incomplete path is left out
 */
export function lossesTable(
  ruined: readonly RuinedPath[],
  {
    played,
    variants,
    protocols,
  }: { readonly played: number; readonly variants: number; readonly protocols: readonly string[] },
): LossesTable {
  const byRun = new Map(ruined.map((run) => [run.path - 1, run]));
  return Array.from({ length: Math.floor(played / variants) }, (_path, path) =>
    Array.from({ length: variants }, (_variant, variant) => lossesIn(byRun.get(path * variants + variant), protocols)),
  );
}

function lossesIn(run: RuinedPath | undefined, protocols: readonly string[]): RunLosses {
  const of = (protocol: string): number => run?.harm.find(({ condition }) => condition === lossOf(protocol))?.most ?? 0;
  const at = (protocol: string): number | undefined =>
    run?.violations.find(({ condition }) => condition === lossOf(protocol))?.block;
  return { losses: protocols.map(of), failedAt: protocols.map(at) };
}
