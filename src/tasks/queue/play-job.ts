import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { QueueJob } from "../../distribute/queue-job.js";
import type { CampaignOptions } from "../../engine/campaign/options.js";
import type { ShardResults } from "../../engine/shards/result.js";

import path from "node:path";

import { SiegeImplementation } from "../../plugin/siege-implementation.js";
import { requireSimulated } from "../../plugin/simulated-network.js";
import { withDetour } from "../../plugin/snapshots/snapshot-networks.js";
import { loadScenarioFile } from "../scenario-files.js";
import { createShardNetwork } from "../shard-network.js";
import { notOurs } from "../shard-run.js";

/** Whoever asks has the time limit of the campaign, and takes back the jobs that nobody has begun. Seconds. */
const UNLIMITED = 1e9;

/**
 * Plays a job of a queue, and writes nothing.
 *
 * @param snapshot - the file that the network forks from. Default: what the config says
 */
export async function playJob(
  hre: HardhatRuntimeEnvironment,
  { network, day, explain, job }: QueueJob,
  options: Pick<CampaignOptions, "lanes" | "signal">,
  snapshot: string | undefined,
): Promise<ShardResults> {
  const { file, shard, runs, seed, findings, executor, parameters } = job;
  const { root } = hre.config.paths;
  const factory = await loadScenarioFile(path.join(root, file));
  const create = () => createShardNetwork(hre, network, day);
  const connection = await (snapshot === undefined ? create() : withDetour(root, network, { snapshot }, create));
  try {
    // before the file's own code sees the connection: it may send transactions
    requireSimulated(connection);
    const { target, scenario } = await factory(connection);
    const { siege } = connection;
    if (!(siege instanceof SiegeImplementation)) throw notOurs();
    const given = { runs, seed, findings, executor, explain, timeLimit: UNLIMITED, ...options };
    const asked = { file, shard, options: parameters === undefined ? given : { ...given, parameters } };
    return await siege.playShard(target, scenario, asked, async () => {
      // the answer is all that is kept
    });
  } finally {
    await connection.close();
  }
}
