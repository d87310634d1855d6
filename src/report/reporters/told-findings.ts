import type { Finding } from "../../engine/campaign/finding.js";
import type { FindingRecord } from "../../engine/reproduction/finding-record.js";
import type { ParameterValue } from "../../engine/world/parameters/parameter-value.js";
import type { Entry, FileRuin } from "../file-result.js";

import { verdictOf } from "./verdict.js";

/** A finding, and what reports say around it. */
export interface ToldFinding {
  readonly target: string;
  readonly scenario: string;
  readonly parameters: readonly ParameterValue[];
  readonly seed: number;
  /** The block on which every run began. */
  readonly forkBlock: number;
  /** Whether that is a block of another chain; `undefined` if a reproduction does not say. */
  readonly isFork: boolean | undefined;
  readonly finding: FindingRecord;
  /** The file that replays it, relative to the project's root, as far as there is one. */
  readonly reproduction: string | undefined;
  /** Whether it is minimal, and happened in all replays. */
  readonly isConfirmed: boolean;
  /** Whether a test expects it. */
  readonly isExpected: boolean;
}

/** The findings of an entry, confirmed or not; none of a replay that the target survives. */
export function findingsOf(entry: Entry): readonly ToldFinding[] {
  if ("error" in entry) return [];
  if ("replay" in entry) return replayed(entry);
  if ("ruin" in entry) return ruined(entry);
  const { result, further = [], wanted } = entry;
  const { target, scenario, parameters = [], seed, forkBlock, isFork } = result;
  const around = { target, scenario, parameters, seed, forkBlock, isFork, isExpected: wanted === "violation" };
  const found = result.kind === "violation" ? result.findings : "finding" in result ? [result.finding] : [];
  return [...found, ...further].flatMap((finding: Finding | undefined) => {
    if (finding === undefined) return [];
    const isConfirmed = result.kind === "violation" && finding.certificate !== undefined;
    return [{ ...around, finding, reproduction: finding.reproduction, isConfirmed }];
  });
}

/** Paths that were minimised; none of a probability that is as low as it is expected to be, for it allows them. */
function ruined(entry: FileRuin): readonly ToldFinding[] {
  const { ruin, wanted } = entry;
  if (verdictOf(entry).kind === "passed" && wanted === undefined) return [];
  const { target, scenario, parameters = [], seed, forkBlock, isFork } = ruin;
  return ruin.findings.map((finding) => ({
    target,
    scenario,
    parameters,
    seed,
    forkBlock,
    isFork,
    finding,
    reproduction: finding.reproduction,
    isConfirmed: finding.certificate !== undefined,
    isExpected: wanted === "violation",
  }));
}

function replayed({ file, replay, reproduction }: Extract<Entry, { replay: unknown }>): readonly ToldFinding[] {
  if (replay.kind !== "violation") return [];
  const { target, scenario, parameters = [], seed, forkBlock, finding, status } = reproduction;
  return [
    {
      target: target.name,
      scenario,
      parameters,
      seed,
      forkBlock,
      isFork: undefined,
      finding,
      reproduction: file,
      isConfirmed: status === "minimal",
      isExpected: false,
    },
  ];
}
