import type { Trace } from "../events/trace.js";
import type { Violation } from "../run/outcome.js";
import type { PlacedAmount } from "./amounts.js";
import type { Trial } from "./trial.js";

import { amountsOf, withAmounts } from "./amounts.js";
import { harmIn } from "./harm-in-evidence.js";

/** The most replays. */
const REPLAYS = 72;

/** Factors of amounts, numerator and denominator; the climb goes on with the next one when none of its steps leads up. */
const FACTORS = [
  [16n, 1n],
  [4n, 1n],
  [2n, 1n],
  [5n, 4n],
] as const;

/** Less is rounding. */
const BETTER = 1.01;

/** A trace and how much harm it does. */
interface Harmful {
  readonly trace: Trace;
  readonly violation: Violation;
  readonly harm: number;
}

/**
 * The same steps with amounts that do as much harm as possible: a climb in the logarithms of the amounts, of all together, of
 * all but one, of one and of two, the steepest way first, with ever smaller factors.
 *
 * @param minimal - a trace that fails
 * @param others - traces whose amounts are tried first, such as the one as found
 * @returns `undefined` if its evidence measures no harm, or if nothing does noticeably more
 */
export async function worstAmounts(
  minimal: Trace,
  others: readonly Trace[],
  trial: Trial,
): Promise<Harmful | undefined> {
  return trial.ahead((ahead) => climb(minimal, others, ahead));
}

async function climb(minimal: Trace, others: readonly Trace[], trial: Trial): Promise<Harmful | undefined> {
  let left = REPLAYS;
  const play = async (trace: Trace): Promise<Harmful | undefined> => {
    left -= 1;
    const played = await trial.trace(trace);
    if (played === undefined) return undefined;
    const outcome = await trial.outcome(trace);
    const harm = outcome.kind === "violation" ? harmIn(outcome.violation.evidence) : undefined;
    // a call that was left out or a violation before the last step is another sequence
    if (outcome.kind !== "violation" || harm === undefined || played.steps.length !== minimal.steps.length)
      return undefined;
    return { trace: played, violation: outcome.violation, harm };
  };
  const start = await play(minimal);
  if (start === undefined) return undefined;
  let best = start;
  for (const other of others) {
    const played = await play(withAmountsOf(minimal, other, trial));
    if (played !== undefined && played.harm > best.harm) best = played;
  }
  for (const [numerator, denominator] of FACTORS) {
    const step = async (from: Harmful, chosen: ReadonlySet<number>): Promise<Harmful | undefined> => {
      if (left <= 0) return undefined;
      const amounts = amountsOf(from.trace, trial.kinds).filter((_leaf, at) => chosen.has(at));
      const scaled = new Map(amounts.map((leaf) => [leaf, (leaf.amount * numerator) / denominator]));
      const played = await play(withAmounts(from.trace, scaled, trial.kinds));
      return played === undefined || played.harm < from.harm * BETTER ? undefined : played;
    };
    for (;;) {
      const from = best;
      let steepest: ReadonlySet<number> | undefined;
      for (const chosen of directions(amountsOf(from.trace, trial.kinds).length)) {
        const played = await step(from, chosen);
        if (played === undefined || played.harm <= best.harm) continue;
        best = played;
        steepest = chosen;
      }
      if (steepest === undefined) break;
      for (let next = await step(best, steepest); next !== undefined; next = await step(best, steepest)) best = next;
    }
  }
  return better(best, start);
}

function better(best: Harmful, { harm }: Harmful): Harmful | undefined {
  return best.harm > harm * BETTER ? best : undefined;
}

/** Which amounts change together: all, all but one, each, each two. */
function directions(count: number): readonly ReadonlySet<number>[] {
  const all = Array.from({ length: count }, (_leaf, at) => at);
  const sets = [
    all,
    ...all.map((out) => all.filter((at) => at !== out)),
    ...all.map((at) => [at]),
    ...all.flatMap((at) => all.slice(at + 1).map((other) => [at, other])),
  ].filter((set) => set.length > 0);
  return [...new Map(sets.map((set) => [set.join(), new Set(set)])).values()];
}

/** The trace with the largest amounts that the calls of another make of the same functions. */
function withAmountsOf(trace: Trace, other: Trace, { kinds }: Trial): Trace {
  const theirs = amountsOf(other, kinds);
  const nameOf = ({ steps }: Trace, { step, inner, way }: PlacedAmount): string => {
    const made = steps[step];
    return made?.kind === "call" ? `${made.agent} ${made.to} ${made.function.name} ${String(inner)} ${way.join()}` : "";
  };
  const larger = amountsOf(trace, kinds).flatMap((leaf) => {
    const name = nameOf(trace, leaf);
    const amounts = theirs.filter((their) => nameOf(other, their) === name).map(({ amount }) => amount);
    return amounts.length === 0
      ? []
      : [[leaf, amounts.reduce((most, amount) => (amount > most ? amount : most))] as const];
  });
  return withAmounts(trace, new Map(larger), kinds);
}
