import type { Replayed, SkippedReproduction } from "../engine/campaign/replayed.js";

import { legible } from "../quantity/legible.js";

import { count, row } from "./lines.js";

/** The most files that are named. */
const NAMED = 3;

/** The widest name in the list. */
const WIDTH = 60;

/** What became of the saved reproductions, in one line; none if there are none. */
export function replayedLines({ violating, surviving, skipped }: Replayed): readonly string[] {
  const played = violating.length + surviving.length;
  // those of other contracts are no news
  const left = skipped.filter(({ because }) => because.kind !== "another target");
  if (played + left.length === 0) return [];
  const ends = [
    ...(violating.length === 0 ? [] : [`${violating.length} still ${violating.length === 1 ? "breaks" : "break"} it`]),
    ...(surviving.length === 0 ? [] : [`${surviving.length} survived`]),
  ];
  const first = played === 0 ? "no saved reproduction" : `${count(played, "saved reproduction")} (${ends.join(", ")})`;
  return [row("replayed", `${first}${left.length === 0 ? "" : `; not replayed: ${skippedText(left)}`}`)];
}

function skippedText(skipped: readonly SkippedReproduction[]): string {
  const named = skipped.slice(0, NAMED).map(({ file, because }) => `${legible(file, WIDTH)} (${becauseText(because)})`);
  const more = skipped.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function becauseText(because: SkippedReproduction["because"]): string {
  switch (because.kind) {
    case "another scenario":
      return `of the scenario "${legible(because.scenario, WIDTH)}"`;
    case "another target":
      return `of ${legible(because.target, WIDTH)}`;
    case "other parameters":
      return because.parameters === "" ? "with no parameter set" : `with ${legible(because.parameters, WIDTH)}`;
    case "an agent is gone":
      return `there is no "${legible(because.agent, WIDTH)}" any more`;
    case "not reached":
      return "not reached";
  }
}
