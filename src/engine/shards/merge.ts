import type { CampaignResult } from "../campaign/campaign-result.js";
import type { Finding } from "../campaign/finding.js";
import type { ShardFinding, ShardResults } from "./result.js";
import type { KeptIn } from "./verdict.js";

import { choose } from "./choose.js";
import { findingOf, verdictOf } from "./verdict.js";

/** What a campaign that was played in shards shows. */
export interface Merged {
  /** The scenario file, relative to the project's root. */
  readonly file: string;
  readonly result: CampaignResult;
  /** Findings of later runs, which the campaign of a single machine does not come to; each of another cause. */
  readonly further: readonly Finding[];
}

/**
 * The verdict on a campaign from the results of its shards, as far as they are there.
 *
 * @param keep - where the file of a finding is; may write it
 */
export async function merge(
  results: ShardResults,
  keep: (finding: ShardFinding) => Promise<KeptIn> | KeptIn,
): Promise<Merged> {
  const chosen = choose(results);
  const kept = new Map<ShardFinding, KeptIn>();
  for (const finding of [...chosen.findings, ...chosen.further]) kept.set(finding, await keep(finding));
  const keptIn = (finding: ShardFinding): KeptIn => kept.get(finding) ?? { file: undefined, unsaved: [] };
  return {
    file: results.campaign.file,
    result: verdictOf(results, chosen, keptIn),
    further: chosen.further.map((finding) => findingOf(finding, keptIn(finding))),
  };
}
