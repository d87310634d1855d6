import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import type { CampaignOptions } from "../engine/campaign/options.js";
import type { Shard } from "../engine/shards/job.js";
import type { FileResult } from "../report/file-result.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Target } from "../target/target.js";

import path from "node:path";

import { ShardFile } from "../engine/shards/shard-file.js";
import { SiegeError } from "../errors.js";
import { SiegeImplementation } from "../plugin/siege-implementation.js";

/** Where the results of shards are, relative to the project's root. */
export const SHARDS_FOLDER = "siege/shards";

/** Plays one shard of the campaign of a scenario file, and writes its result. */
export async function runShard(
  connection: NetworkConnection,
  { target, scenario }: { readonly target: Target; readonly scenario: Scenario },
  { file, shard, options }: { readonly file: string; readonly shard: Shard; readonly options: CampaignOptions },
  { config }: Pick<HardhatRuntimeEnvironment, "config">,
): Promise<FileResult> {
  const { siege } = connection;
  if (!(siege instanceof SiegeImplementation)) throw notOurs();
  const { root } = config.paths;
  const folder = { projectRoot: root, reproductions: config.siege.reproductions };
  const saved = new ShardFile(path.join(root, SHARDS_FOLDER));
  const job = { file: path.relative(root, path.resolve(file)).replaceAll(path.sep, "/"), shard, options };
  const results = await siege.playShard(target, scenario, job, (soFar) => saved.save(soFar));
  const { merge } = await import("../engine/shards/merge.js");
  const { result, further } = await merge(results, (finding) => saved.keptIn(finding, folder));
  return {
    file,
    result,
    ...(further.length === 0 ? {} : { further }),
    shard: { ...shard, saved: path.relative(root, saved.file) },
  };
}

/** The error of a connection whose `siege` is not the plugin's. */
export function notOurs(): SiegeError {
  return new SiegeError("INTERNAL", {
    message: "The connection's siege cannot play shards.",
    hint: "Something has replaced it; leave connection.siege as it is.",
  });
}
