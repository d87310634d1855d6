import type { Hex } from "viem";

import type { BlockRange, FlowDataSet } from "../../order-flow/data-set/flow-data-set.js";
import type { FlowSources } from "../../order-flow/ingest/flow-sources.js";
import type { RawLog } from "../../order-flow/ingest/raw-log.js";
import type { NodeRequest } from "./contract-reader.js";
import type { SavedBlock, SavedRange } from "./ranges-file.js";

import { rm } from "node:fs/promises";

import { toEventSelector } from "viem";

import { SiegeError } from "../../errors.js";
import { flowOfLogs } from "../../order-flow/ingest/flow-of-logs.js";
import { rawLogOf } from "../../order-flow/ingest/raw-log.js";
import { resolveSources } from "../../order-flow/ingest/resolve-sources.js";
import { liquidationCallAbi } from "../../protocols/aave-v3/abi.js";
import { liquidateBorrowAbi } from "../../protocols/compound-v2/abi.js";
import { liquidateAbi } from "../../protocols/morpho-blue/abi.js";
import { distinctAddresses } from "../../quantity/address.js";

import { contractReader } from "./contract-reader.js";
import { logRanges, readBlock, readPaid } from "./node-logs.js";
import { RangesFile } from "./ranges-file.js";

/** What is read from a node, and how. */
export interface NodeIngest {
  readonly request: NodeRequest;
  readonly sources: FlowSources;
  readonly from: number;
  /** Default: the last finalized block, or the last one of a chain that knows none. */
  readonly to: number | undefined;
  /** Whether the senders of transactions are read, too, which takes whole blocks. */
  readonly senders: boolean;
  /** Where finished ranges are kept until the data set is there. */
  readonly ranges: string;
  /** Ends it after the range that is under way. */
  readonly signal: AbortSignal;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly progress: (done: number, all: number) => void;
}

/** Topics of liquidations, whose receipts are read. */
const LIQUIDATIONS = new Set<Hex>(
  [liquidationCallAbi[0], liquidateBorrowAbi[0], liquidateAbi[0]].map((event) => toEventSelector(event)),
);

/**
 * Ingests order flow from a node. Each finished range is kept in a file: whatever ends the process, the next one goes on after it.
 *
 * @returns `undefined` if it was stopped before the end
 * @throws SiegeError `RPC_FAILED`, `RPC_INVALID_RESPONSE`, `LOGS_INVALID`, `LOGS_CONFLICT`, `INVALID_OPTION`, `PATHS_FILE_INVALID`,
 * `PATHS_FILE_UNWRITABLE`
 */
export async function ingestNode(options: NodeIngest): Promise<FlowDataSet | undefined> {
  const { request, sources, from, senders, signal, wait, progress } = options;
  const chainId = Number(await request("eth_chainId", []));
  requireChain(sources, chainId);
  const known = await resolveSources(sources, contractReader(request));
  const to = options.to ?? (await lastBlock(request));
  if (from > to) {
    throw new SiegeError("INVALID_OPTION", {
      message: `The first block, ${from}, is after the last one, ${to}.`,
      hint: "Give --from and --to in this order.",
    });
  }
  const addresses = distinctAddresses(Object.values(known.contracts).map(({ address }) => address));
  const file = new RangesFile(options.ranges, { chainId, from, senders, sources });
  const first = await file.resume(async (block) => (await readBlock(request, block, false, wait)).hash);
  progress(first - from, to - from + 1);
  if (first <= to) {
    for await (const { range, logs } of logRanges(request, { addresses, range: [first, to] }, wait)) {
      file.add(await completed(options, range, logs));
      progress(range[1] - from + 1, to - from + 1);
      if (signal.aborted && range[1] < to) return undefined;
    }
  }
  const read = file.until(to);
  const blocks = new Map(read.flatMap((one) => one.blocks).map((block) => [block.block, block]));
  const paid = new Map(read.flatMap((one) => one.paid).map((one) => [one.transaction, one]));
  const start = from === 0 ? undefined : await readBlock(request, from - 1, false, wait);
  const end = await readBlock(request, to, false, wait);
  const logs = read.flatMap((one) => one.logs);
  return flowOfLogs(withSenders(logs, blocks, paid), {
    ...known,
    chainId,
    covered: [[from, to]],
    timeOf: (block) => (block === from - 1 ? start?.time : block === to ? end.time : blocks.get(block)?.time),
    paidBy: (transaction) => paid.get(transaction as Hex),
  });
}

/** Removes the kept ranges, once the data set is there. */
export async function forgetRanges(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** A range with what the logs do not say: times, senders, and what liquidations paid. */
async function completed(
  { request, senders, wait }: NodeIngest,
  range: BlockRange,
  found: readonly Readonly<Record<string, unknown>>[],
): Promise<SavedRange> {
  const logs = found.map((log, index) =>
    rawLogOf(log, `eth_getLogs of the blocks ${range.join(" to ")}, log ${index + 1}`),
  );
  const blocks = new Map<number, SavedBlock>();
  const paid: SavedRange["paid"][number][] = [];
  const done = new Set<Hex>();
  for (const log of logs) {
    let block = blocks.get(log.block);
    if (block === undefined) {
      const read = await readBlock(request, log.block, senders, wait);
      requireSame(log, read.hash);
      const of = new Set(logs.filter((one) => one.block === log.block).map(({ transaction }) => transaction));
      const known = [...read.senders].filter(([hash]) => of.has(hash as Hex));
      block = { block: log.block, time: read.time, baseFee: read.baseFee, senders: Object.fromEntries(known) };
      blocks.set(log.block, block);
    }
    const [topic] = log.topics;
    if (topic === undefined || !LIQUIDATIONS.has(topic) || done.has(log.transaction)) continue;
    done.add(log.transaction);
    paid.push({ transaction: log.transaction, ...(await readPaid(request, log.transaction, block.baseFee, wait)) });
  }
  const { hash } = await readBlock(request, range[1], false, wait);
  return { range, hash, logs, blocks: [...blocks.values()], paid };
}

function withSenders(
  logs: readonly RawLog[],
  blocks: ReadonlyMap<number, SavedBlock>,
  paid: ReadonlyMap<Hex, SavedRange["paid"][number]>,
): readonly RawLog[] {
  return logs.map((log) => {
    const block = blocks.get(log.block);
    const from = paid.get(log.transaction)?.from ?? block?.senders[log.transaction];
    // a node's own time is that of its block, whatever the log says
    return { ...log, ...(block === undefined ? {} : { time: block.time }), ...(from === undefined ? {} : { from }) };
  });
}

async function lastBlock(request: NodeRequest): Promise<number> {
  const read = await request("eth_getBlockByNumber", ["finalized", false]).catch(() => null);
  const number = (read as { readonly number?: unknown } | null)?.number;
  return typeof number === "string" ? Number(number) : Number(await request("eth_blockNumber", []));
}

function requireChain({ chainId }: FlowSources, actual: number): void {
  if (chainId === undefined || chainId === actual) return;
  throw new SiegeError("LOGS_INVALID", {
    message: `The sources are of chain ${chainId}, and this network is chain ${actual}.`,
    hint: "Name the network with --network.",
  });
}

function requireSame({ block, blockHash }: RawLog, hash: Hex): void {
  if (blockHash === undefined || blockHash === hash) return;
  throw new SiegeError("LOGS_CONFLICT", {
    message: `Block ${block} was reorganised while it was read.`,
    hint: "Run the same command again, or end at a block that is final: --to.",
  });
}
