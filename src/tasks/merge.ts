import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";

import type { NamedResults } from "../engine/shards/join.js";
import type { Merged } from "../engine/shards/merge.js";
import type { ShardResults } from "../engine/shards/result.js";
import type { FileResult } from "../report/file-result.js";
import type { FilesResult } from "./outcome-of-files.js";
import type { ReportFlags } from "./reporting.js";

import path from "node:path";

import { exists } from "@nomicfoundation/hardhat-utils/fs";

import { undecidedIfItThrows } from "./exit-code.js";
import { endOf, printResult } from "./outcome-of-files.js";
import { Reporting } from "./reporting.js";
import { SHARDS_FOLDER } from "./shard-run.js";

interface MergeArguments extends ReportFlags {
  readonly results: string[];
}

/** `hardhat siege merge`: exits like `siege run`. Missing shards leave a campaign undecided, unless something broke. */
const merge: NewTaskActionFunction<MergeArguments> = (taskArguments, hre): Promise<FilesResult> =>
  undecidedIfItThrows(async () => {
    const { joinAll } = await import("../engine/shards/join.js");
    const reporting = await Reporting.of(taskArguments, hre.config);
    // all of them are checked before anything is written
    const campaigns = joinAll(await readAll(taskArguments.results, hre));
    const results: FileResult[] = [];
    for (const campaign of campaigns) {
      const { file, result, further } = await mergedFile(campaign, hre);
      const entry = { file, result, ...(further.length === 0 ? {} : { further }) };
      if (reporting.isSpoken) await printResult(entry);
      results.push(entry);
    }
    return endOf(results, await reporting.deliver(results));
  });

export default merge;

/** The results at all places, each file once. */
async function readAll(places: readonly string[], { config }: HardhatRuntimeEnvironment): Promise<NamedResults[]> {
  const { listShardResults, readShardResults } = await import("../engine/shards/store.js");
  const { root } = config.paths;
  const files = new Set<string>();
  for (const place of places.length === 0 ? [path.join(root, SHARDS_FOLDER)] : places) {
    // as for siege replay: relative to the working directory, or to the project's root
    const here = path.resolve(place);
    for (const file of await listShardResults((await exists(here)) ? here : path.resolve(root, place))) files.add(file);
  }
  const named: NamedResults[] = [];
  for (const file of files) named.push({ origin: path.relative(root, file), results: await readShardResults(file) });
  return named;
}

/** The verdict, with the reproductions of all findings written, and the tests that replay them. */
export async function mergedFile(
  campaign: ShardResults,
  { config }: Pick<HardhatRuntimeEnvironment, "config">,
): Promise<Merged> {
  const { keepFinding } = await import("../engine/shards/keep-finding.js");
  const { merge: mergeShards } = await import("../engine/shards/merge.js");
  const { writeReports, writeTests } = await import("../report/reports.js");
  const { projectStyleOf } = await import("../plugin/project-style.js");
  const { root } = config.paths;
  const folder = { projectRoot: root, reproductions: config.siege.reproductions };
  const { file, result, further } = await mergeShards(campaign, (finding) => keepFinding(finding, folder));
  const style = await projectStyleOf(config);
  return {
    file,
    result: await writeReports(result, root, style),
    further: await writeTests(further, result, root, style),
  };
}
