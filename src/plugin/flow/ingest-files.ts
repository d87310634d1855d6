import type { FlowDataSet } from "../../order-flow/data-set/flow-data-set.js";
import type { FlowSources } from "../../order-flow/ingest/flow-sources.js";

import { SiegeError } from "../../errors.js";
import { flowOfLogs } from "../../order-flow/ingest/flow-of-logs.js";
import { resolveSources } from "../../order-flow/ingest/resolve-sources.js";

import { readLogFiles } from "./log-files.js";

/** The range that is asked for; what is left out is that of the logs. */
interface Wanted {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * Makes a data set of files of logs.
 *
 * @param files - relative to the working directory
 * @throws SiegeError `LOGS_INVALID`, `LOGS_CONFLICT`, `PARQUET_UNAVAILABLE`
 */
export async function ingestFiles(
  sources: FlowSources,
  files: readonly string[],
  { from, to }: Wanted,
): Promise<FlowDataSet> {
  const known = await resolveSources(sources, undefined);
  const logs = await readLogFiles(files);
  if (logs.length === 0) {
    throw new SiegeError("LOGS_INVALID", {
      message: `There are no logs in ${files.join(", ")}.`,
      hint: "Give files with at least one log.",
    });
  }
  const { clock, chainId = 1 } = sources;
  const blocks = logs.map(({ block }) => block);
  // as spread arguments, many logs would exceed the stack
  const first = from ?? blocks.reduce((least, block) => Math.min(least, block), Infinity);
  const last = to ?? blocks.reduce((most, block) => Math.max(most, block), 0);
  const covered = (sources.covered ?? [[first, last] as const])
    .toSorted(([one], [other]) => one - other)
    .map(([start, end]) => [Math.max(start, first), Math.min(end, last)] as const)
    .filter(([start, end]) => start <= end);
  if (covered.length === 0) {
    throw new SiegeError("LOGS_INVALID", {
      message: `None of the blocks ${first} to ${last} are covered by the logs.`,
      hint: 'Correct --from and --to, or "covered" in the sources.',
    });
  }
  return flowOfLogs(logs, {
    ...known,
    chainId,
    covered,
    timeOf: (block) => (clock === undefined ? undefined : clock.time + (block - clock.block) * clock.blockTime),
  });
}
