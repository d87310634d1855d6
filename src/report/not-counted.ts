import type { NotCounted } from "../engine/outsider/answers.js";

import { format } from "../quantity/format.js";
import { legible, NAME_WIDTH } from "../quantity/legible.js";

import { count } from "./lines.js";

/** The most causes that are listed. */
const MOST = 5;

/** The widest text of a call. */
const CALL = 200;

/** What would have broken a condition, had nobody taken a profit. */
export function notCountedLines(all: readonly NotCounted[] = []): readonly string[] {
  const more = all.length - MOST;
  return [
    ...all.slice(0, MOST).map(notCountedLine),
    ...(more > 0 ? [`  not counted: ${count(more, "other cause")}`] : []),
    ...(all.length > 0 ? ["    pauses: { watched: false } counts what needs others to leave a profit"] : []),
  ];
}

function notCountedLine({ violation, runs, call, profit, pause, decision }: NotCounted): string {
  const which = legible(violation.cause, NAME_WIDTH);
  const afterwards =
    decision === undefined ? "" : ` (paid once ${decision.name} calls ${legible(decision.call, CALL)})`;
  return (
    `  not counted: 1 way to break "${which}" (${count(runs, "run")}) needs that nobody takes a profit of ` +
    `${format(profit)} with ${legible(call, CALL)}${afterwards} for ${format(pause)}`
  );
}
