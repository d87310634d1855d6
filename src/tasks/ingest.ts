import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { FlowDataSet } from "../order-flow/data-set/flow-data-set.js";
import type { FlowSources } from "../order-flow/ingest/flow-sources.js";

import { SiegeError } from "../errors.js";
import { packFlow } from "../order-flow/data-set/flow-document.js";
import { ingestFiles } from "../plugin/flow/ingest-files.js";
import { forgetRanges, ingestNode } from "../plugin/flow/ingest-node.js";
import { readSources } from "../plugin/flow/read-sources.js";
import { requireWritable, writeBytes } from "../plugin/reports/write-document.js";
import { renderDataSet } from "../report/flow.js";

import { blockOf } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { interruptible } from "./interrupt.js";
import { readingNode } from "./reading-node.js";

interface IngestArguments {
  readonly sources: string;
  readonly logs: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly out: string | undefined;
  readonly senders: boolean;
}

/** `hardhat siege ingest`: exits with 0 if the data set was written, 2 if it was stopped before. */
const ingest: NewTaskActionFunction<IngestArguments> = (taskArguments, hre): Promise<Result<undefined, undefined>> =>
  undecidedIfItThrows(async () => {
    const { logs, out = "flow.json.gz" } = taskArguments;
    const sources = await readSources(taskArguments.sources);
    const from = blockOf("--from", taskArguments.from);
    const to = blockOf("--to", taskArguments.to);
    await requireWritable(`${out}.ranges`);
    const files = logs?.split(",").map((file) => file.trim());
    const flow =
      files === undefined
        ? await fromNode(hre, sources, { ...taskArguments, out, from, to })
        : await ingestFiles(sources, files, { from, to });
    if (flow === undefined) {
      console.log(`  stopped    what was read is kept in ${out}.ranges: run the same command again to go on`);
      exitUndecided();
      return { success: false, error: undefined };
    }
    await writeBytes(out, packFlow(flow));
    await forgetRanges(`${out}.ranges`);
    console.log(renderDataSet(flow, out));
    return { success: true, value: undefined };
  });

export default ingest;

async function fromNode(
  hre: HardhatRuntimeEnvironment,
  sources: FlowSources,
  wanted: {
    readonly from: number | undefined;
    readonly to: number | undefined;
    readonly out: string;
    readonly senders: boolean;
  },
): Promise<FlowDataSet | undefined> {
  const { from, to, out, senders } = wanted;
  if (from === undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: "siege ingest was not told where to begin.",
      hint: "Give the first block, --from 19000000, or files of logs, --logs logs.json.",
    });
  }
  return interruptible((signal) =>
    readingNode(hre, signal, (reading) =>
      ingestNode({ ...reading, sources, from, to, senders, ranges: `${out}.ranges` }),
    ),
  );
}
