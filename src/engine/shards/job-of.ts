import type { CampaignOptions } from "../campaign/options.js";
import type { Shard, ShardJob } from "./job.js";

import { SiegeError } from "../../errors.js";
import { DEFAULT_RUNS, DEFAULT_SEED } from "../campaign/defaults.js";
import { issueText, quoted } from "../reproduction/file-errors.js";

import { SHARD_VERSION, shardJobSchema } from "./job.js";
import { requireDealt } from "./strands.js";

/**
 * The job of one shard of a campaign.
 *
 * @param options - of the whole campaign
 * @throws SiegeError `INVALID_OPTION`
 */
export function jobOf(file: string, shard: Shard, options: CampaignOptions): ShardJob {
  const { runs = DEFAULT_RUNS, seed = DEFAULT_SEED, findings = 1, executor = "batched", parameters = {} } = options;
  const set = Object.keys(parameters).length === 0 ? {} : { parameters };
  const job = { version: SHARD_VERSION, file, seed, runs, findings, executor, ...set, shard };
  const parsed = shardJobSchema.safeParse(job);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SiegeError("INVALID_OPTION", {
      message: `The shard ${shard.index}/${shard.count} of ${quoted(file)} cannot be played: ${issue === undefined ? "its job is wrong" : issueText(issue)}.`,
      hint: "Write --shard 1/4 to --shard 4/4 for four shards, and the other options as for siege run.",
    });
  }
  requireDealt(parsed.data);
  return parsed.data;
}
