import type { SourceBook } from "../../../target/code/source-code.js";
import type { StepDescription } from "../../events/step-description.js";
import type { MinimalTrace } from "../../minimise/trace-level.js";
import type { Aim } from "../../run/aim.js";
import type { Violation } from "../../run/outcome.js";
import type { Player } from "../../run/player.js";
import type { CodePoint } from "../code-point.js";
import type { ComparedPoint } from "./compared-point.js";
import type { Profiled } from "./play-profile.js";
import type { RankedStatement } from "./rank.js";

import { kindsOf } from "../../events/kinds.js";

import { calledFunctions } from "./called-functions.js";
import { functionsWithoutSource } from "./functions-without-source.js";
import { nearestSurvivors } from "./nearest-survivors.js";
import { openedBy } from "./opened-by.js";
import { playProfile } from "./play-profile.js";
import { rankStatements } from "./rank.js";
import { rounded, spectrumOf } from "./spectrum.js";

/** How many points are kept of a finding. */
const POINTS = 5;

/** The most survivors that a finding is compared with: a long fall has one for every one of its steps. */
const SURVIVORS = 10;

/** What there is to explain. */
interface Explained {
  readonly minimal: MinimalTrace;
  readonly aim: Aim;
  readonly violation: Violation;
  /** The minimal trace's steps, described; reactions among them. */
  readonly steps: readonly StepDescription[];
}

/**
 * The points of the code at which a failing run differs from its nearest survivors, the most suspicious first. All of them are
 * played once more, with what they execute.
 *
 * @returns functions of which nothing but the name is known, if there is no source of anything that it executes
 */
export async function explainCode(
  player: Player,
  sources: SourceBook,
  { minimal, aim, violation, steps }: Explained,
): Promise<readonly CodePoint[]> {
  const survivors = fewer(nearestSurvivors(minimal, kindsOf(player.world)));
  const sought = { aim, condition: violation.condition };
  const failing = await playProfile(player, minimal.trace, sought, sources);
  const played: Profiled[] = [];
  for (const { trace } of survivors) played.push(await playProfile(player, trace, sought, sources));
  const own = steps.filter(({ reaction }) => reaction !== true);
  const described = new Map(own.map((step, index) => [index, step]));
  const called = calledFunctions(minimal.trace);
  const named = new Set([...called.map(({ name }) => name), ...functionsIn(violation.cause)]);
  const ranked = rankStatements(spectrumOf(failing, played), named);
  const points =
    ranked.length > 0 ? ranked.map(pointOf) : functionsWithoutSource(player.world, called, failing, played);
  return points.slice(0, POINTS).map(({ point, differs }): CodePoint => {
    const opens = openedBy(survivors, differs, described);
    return opens === undefined ? point : { ...point, opens };
  });
}

function pointOf({ spectrum, score }: RankedStatement): ComparedPoint {
  const { contract, file, line, column, endLine, function: name, excerpt } = spectrum.statement;
  const { inSurvivors, alike } = spectrum;
  const survivors = { executing: inSurvivors.filter(Boolean).length, of: inSurvivors.length };
  return {
    point: { contract, file, line, column, endLine, function: name, score: rounded(score), survivors, excerpt },
    differs: alike.map((isAlike) => !isAlike),
  };
}

/** What a cause names as functions: `invariants/invariant_supply()`. */
function functionsIn(cause: string): readonly string[] {
  return [...cause.matchAll(/(\w+)\(/g)].flatMap(([, name]) => name ?? []);
}

/** At most so many, evenly among all. */
function fewer<T>(all: readonly T[]): readonly T[] {
  if (all.length <= SURVIVORS) return all;
  return Array.from({ length: SURVIVORS }, (_one, index) => all[Math.floor((index * all.length) / SURVIVORS)]).flatMap(
    (one) => one ?? [],
  );
}
