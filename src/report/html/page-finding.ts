import type { Finding } from "../../engine/campaign/finding.js";
import type { FindingRecord } from "../../engine/reproduction/finding-record.js";

/** A finding as the page tells it: of a campaign, or of a file. */
export type PageFinding = FindingRecord & Partial<Pick<Finding, "original" | "reproduction" | "unsaved">>;

/** What it was found in. */
export interface PageSubject {
  readonly target: string;
  readonly scenario: string;
  readonly seed: number;
  /** The blocks that runs may have; `undefined` if a file does not say. */
  readonly blocks: number | undefined;
}

/** How many steps are somebody's own decision. */
export function ownSteps({ steps }: PageFinding): number {
  return steps.filter(({ reaction }) => reaction !== true).length;
}

/** How many there were at first, if there were more. */
export function stepsBefore(finding: PageFinding): number | undefined {
  const before = finding.original?.steps.length ?? 0;
  return before > ownSteps(finding) ? before : undefined;
}
