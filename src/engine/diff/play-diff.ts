import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { DiffOptions } from "./diff-options.js";
import type { DiffResult } from "./diff-result.js";
import type { PlayedSide, SidePlan, ToldRun } from "./play-side.js";

import path from "node:path";

import { SiegeError } from "../../errors.js";
import { DEFAULT_SEED } from "../campaign/defaults.js";
import { stopWhen } from "../campaign/stop.js";
import { listReproductions } from "../reproduction/store.js";

import { compareSides } from "./compare-sides.js";
import { DEFAULT_DIFF_RUNS } from "./diff-options.js";

/** Where saved reproductions are, and the time. */
type DiffEnvironment = Pick<CampaignEnvironment, "clock" | "projectRoot" | "reproductions">;

/** Plays on one of the sides. */
type PlaySide = (plan: SidePlan) => Promise<PlayedSide>;

/**
 * Plays both sides one after the other, as they may share a connection, and compares them.
 *
 * @param scenario - its name, under which reproductions were saved
 */
export async function playDiff(
  { clock, projectRoot, reproductions: folder }: DiffEnvironment,
  { scenario, options }: { readonly scenario: string; readonly options: DiffOptions },
  one: PlaySide,
  other: PlaySide,
): Promise<DiffResult> {
  const { runs = DEFAULT_DIFF_RUNS, seed = DEFAULT_SEED, timeLimit, signal } = options;
  const startedAt = clock();
  const seconds = (): number => (clock() - startedAt) / 1000;
  const listed = await listReproductions(path.resolve(projectRoot, folder));
  const saved = listed.flatMap(({ file, reproduction }) => {
    if (SiegeError.isSiegeError(reproduction)) throw reproduction;
    return reproduction.scenario === scenario ? [{ file: path.relative(projectRoot, file), reproduction }] : [];
  });
  const reproductions = saved.map(({ reproduction }) => reproduction);
  const until = (limit: number | undefined): (() => void) => stopWhen({ clock, timeLimit: limit, signal });
  // what the first side does not use is there for the second
  const half = timeLimit === undefined ? undefined : timeLimit / 2;
  const first = await one({ seed, runs, reproductions, checkpoint: until(half) });
  const rest = (): number | undefined => (timeLimit === undefined ? undefined : Math.max(0, timeLimit - seconds()));
  const { genomes } = first;
  const second = await other({
    seed,
    runs,
    genomes,
    reproductions,
    retold: brokenIn(first),
    checkpoint: until(rest()),
  });
  const only = brokenIn(second).filter(({ index }) => first.runs[index]?.verdict.kind === "survived");
  const again =
    only.length === 0 ? undefined : await one({ ...NOTHING, seed, retold: only, checkpoint: until(rest()) });
  return compareSides({ ...first, retold: again?.retold ?? new Map() }, second, {
    seed,
    files: saved.map(({ file }) => file),
    seconds: seconds(),
  });
}

const NOTHING = { runs: 0, genomes: [], reproductions: [] };

/** The runs that broke, whose calls are played on the other side. */
function brokenIn({ runs, target: from }: PlayedSide): readonly ToldRun[] {
  return runs.flatMap(({ verdict: { kind, trace } }, index) => (kind === "violation" ? [{ index, trace, from }] : []));
}
