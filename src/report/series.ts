import type { StepData, StepDescription } from "../engine/events/step-description.js";
import type { RoundDescription } from "../engine/explain/placed-rounds.js";

import { formatPercent } from "../quantity/format.js";

/** The fewest consecutive blocks that make a series. */
const LEAST = 4;

/** A line of a report: a step, or a series of them. */
export interface Line extends Pick<StepDescription, "actor" | "action" | "consequence" | "inner"> {
  /** `3`, `3-37`; `·` for what follows from other steps, or from a feed's schedule. */
  readonly number: string;
  /** `5`, `5'` after a reorganisation, `5-39`. */
  readonly block: string;
}

/** Steps as lines, in the order of execution, with the rounds of the feeds between them: what repeats in block after block, such as a slow fall or a keeper's routine, is a single line. */
export function inSeries(steps: readonly StepDescription[], rounds: readonly RoundDescription[] = []): readonly Line[] {
  let count = 0;
  const numbered = steps.map((step) => ({ step, number: step.reaction === true ? 0 : ++count }));
  const open = new Map<string, Series>();
  const series: Series[] = [];
  for (const one of numbered) {
    const key = keyOf(one.step);
    const before = open.get(key);
    if (before?.at(-1)?.step.block === one.step.block - 1) {
      before.push(one);
      continue;
    }
    const members: Series = [one];
    series.push(members);
    // twice in a block is not a series
    if (before?.at(-1)?.step.block === one.step.block) open.delete(key);
    else open.set(key, members);
  }
  const short = series.filter(({ length }) => length < LEAST).flat();
  const lines = [
    // ahead of the step that they come before; a stable sort keeps their order
    ...rounds.map((round) => ({ at: round.before - 0.5, line: lineOfRound(round) })),
    ...short.map((one) => ({ at: numbered.indexOf(one), line: lineOf(one) })),
    ...series
      .filter(({ length }) => length >= LEAST)
      .map((members) => ({ at: numbered.indexOf(members[0]), line: lineOfAll(members) })),
  ];
  return lines.toSorted((a, b) => a.at - b.at).map(({ line }) => line);
}

interface Numbered {
  readonly step: StepDescription;
  readonly number: number;
}

/** Steps in consecutive blocks. */
type Series = [Numbered, ...Numbered[]];

/** Equal for steps that differ only in their block. Amounts of reactions may differ, too; other calls are never grouped. */
function keyOf({ step, actor, action, inner, reaction, again, data }: StepDescription): string {
  if (inner !== undefined || again === true) return `${step}`;
  if (reaction === true) return `· ${actor} ${callee(data)}`;
  return data.kind === "market" ? `${actor} ${action}` : `${step}`;
}

function callee(data: StepData): string {
  return "function" in data ? `${data.target.name}.${data.function}` : data.kind;
}

function lineOf({ step, number }: Numbered): Line {
  const { actor, action, consequence, inner, block, again, reaction } = step;
  return {
    // what follows from earlier steps has no number of its own
    number: reaction === true ? "·" : String(number),
    block: again === true ? `${block}'` : String(block),
    actor,
    action,
    consequence,
    ...(inner === undefined ? {} : { inner }),
  };
}

function lineOfRound({ actor, action, consequence, block, again }: RoundDescription): Line {
  return { number: "·", block: again === true ? `${block}'` : String(block), actor, action, consequence };
}

function lineOfAll(members: Readonly<Series>): Line {
  const [first] = members;
  const last = members.at(-1) ?? first;
  const { step } = first;
  const line = {
    number: step.reaction === true ? "·" : `${first.number}-${last.number}`,
    block: `${step.block}-${last.step.block}`,
    actor: step.actor,
    consequence: undefined,
  };
  if (step.reaction === true) return { ...line, action: `${routine(members)}, in each block` };
  return { ...line, action: `${step.action} per block, ${formatPercent(totalOf(members))} in total` };
}

/** The call, without its arguments if they differ. */
function routine(members: Readonly<Series>): string {
  const actions = new Set(members.map(({ step }) => step.action));
  const [only = ""] = actions;
  return actions.size === 1 ? only : `${callee(members[0].step.data)}(…)`;
}

/** The total price move, as a fraction. */
function totalOf(members: readonly Numbered[]): number {
  const factor = members.reduce(
    (product, { step: { data } }) => (data.kind === "market" ? product * (1 + data.change.value / 100) : product),
    1,
  );
  return Math.abs(factor - 1);
}
