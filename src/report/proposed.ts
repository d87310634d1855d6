import type { ProposalsResult } from "../engine/proposing/proposed-source.js";

import { legible, NAME_WIDTH } from "../quantity/legible.js";

import { count } from "./lines.js";

/** The most reasons that are listed. */
const MOST = 5;

/** What became of what proposers proposed. */
export function proposedLines(proposals: ProposalsResult | undefined): readonly string[] {
  if (proposals === undefined) return [];
  const { played, refused } = proposals;
  const more = refused.length - MOST;
  return [
    `  proposed: ${count(played, "run")}`,
    ...refused
      .slice(0, MOST)
      .map(
        ({ proposer, reason, count: times, example }) =>
          `  not played: ${count(times, "proposal")} of ${legible(proposer, NAME_WIDTH)}: ${reason}${example === "" ? "" : ` (${example})`}`,
      ),
    ...(more > 0 ? [`  not played for ${count(more, "other reason")}`] : []),
  ];
}
