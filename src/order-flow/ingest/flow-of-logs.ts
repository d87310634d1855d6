import type { Address } from "viem";

import type {
  BlockRange,
  FlowContract,
  FlowCounts,
  FlowDataSet,
  FlowLending,
  FlowToken,
} from "../data-set/flow-data-set.js";
import type { FlowEvent } from "../data-set/flow-event.js";
import type { Decoded, Decoder } from "./decode/decoder.js";
import type { RawLog } from "./raw-log.js";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";
import { grouped } from "../../quantity/grouped.js";
import { FLOW_FORMAT, FLOW_VERSION } from "../data-set/flow-data-set.js";

import { decodeChainlink } from "./decode/chainlink.js";
import { decodeAaveV3, decodeCompoundV2, decodeMorphoBlue } from "./decode/lending.js";
import { uniswapV2Decoder } from "./decode/uniswap-v2.js";
import { decodeUniswapV3 } from "./decode/uniswap-v3.js";
import { orderedLogs } from "./ordered-logs.js";

/** What logs become a data set with. */
export interface LogContext {
  readonly chainId: number;
  readonly contracts: Readonly<Record<string, FlowContract>>;
  /** By address, in lower case. */
  readonly tokens: Readonly<Record<string, FlowToken>>;
  /** The blocks that were read, in order and apart. Default: from the first log to the last. */
  readonly covered?: readonly BlockRange[];
  /** Unix seconds of a block, where its logs do not say. */
  readonly timeOf: (block: number) => number | undefined;
  /** What a liquidation paid, by the hash of its transaction. */
  readonly paidBy?: (transaction: string) => { readonly priority: bigint; readonly fee: bigint } | undefined;
}

const LENDING: Readonly<Record<FlowLending["kind"], Decoder<FlowLending>>> = {
  aaveV3: decodeAaveV3,
  compoundV2: decodeCompoundV2,
  morphoBlue: decodeMorphoBlue,
};

/**
 * Makes a data set of logs, in whatever order they come.
 *
 * @throws SiegeError `LOGS_CONFLICT` if two versions of a block are among them, `LOGS_INVALID` if a time is not known
 */
export function flowOfLogs(logs: readonly RawLog[], context: LogContext): FlowDataSet {
  const ordered = orderedLogs(logs);
  const covered = context.covered ?? rangeOf(ordered.logs);
  const decode = decoderOf(context);
  const events: FlowEvent[] = [];
  const counts = { unknown: 0, others: 0, outside: 0 };
  for (const log of ordered.logs) {
    if (!covered.some(([from, to]) => log.block >= from && log.block <= to)) {
      counts.outside += 1;
      continue;
    }
    const decoded = decode(log);
    if (decoded === "other") counts.others += 1;
    else if (decoded === "unknown") counts.unknown += 1;
    else events.push(eventOf(log, decoded.name, decoded.event, context));
  }
  return dataSetOf(events, covered, context, { ...ordered.counts, ...counts });
}

function decoderOf({
  contracts,
  tokens,
}: LogContext): (log: RawLog) => { readonly name: string; readonly event: Decoded } | "other" | "unknown" {
  const byAddress = grouped(Object.entries(contracts), ([, { address }]) => addressKey(address));
  const decodeV2 = uniswapV2Decoder();
  const tokenOf = (address: Address): FlowToken => tokens[addressKey(address)] ?? { symbol: "?", decimals: 18 };
  const decoded = (log: RawLog, contract: FlowContract): Decoded | "other" | "unknown" => {
    switch (contract.kind) {
      case "uniswapV2":
        return decodeV2(log, contract, tokenOf);
      case "uniswapV3":
        return decodeUniswapV3(log, contract, tokenOf);
      case "chainlink":
        return decodeChainlink(log, contract, tokenOf);
      case "aaveV3":
      case "compoundV2":
      case "morphoBlue":
        return LENDING[contract.kind](log, contract, tokenOf);
    }
  };
  return (log) => {
    const named = byAddress.get(addressKey(log.address));
    if (named === undefined) return "unknown";
    let result: "other" | "unknown" = "other";
    for (const [name, contract] of named) {
      const event = decoded(log, contract);
      if (typeof event === "object") return { name, event };
      result = event;
    }
    return result;
  };
}

function eventOf(log: RawLog, contract: string, decoded: Decoded, { timeOf, paidBy }: LogContext): FlowEvent {
  const time = log.time ?? timeOf(log.block);
  if (time === undefined) {
    throw new SiegeError("LOGS_INVALID", {
      message: `Nothing says when block ${log.block} was.`,
      hint: 'Give the logs a column blockTimestamp, or the sources a "clock": { "block", "time", "blockTime" }.',
    });
  }
  const paid = decoded.kind === "liquidation" ? paidBy?.(log.transaction) : undefined;
  const sender = decoded.kind === "round" || log.from === undefined ? {} : { from: log.from };
  return { ...decoded, ...sender, ...paid, block: log.block, index: log.index, time, contract };
}

function dataSetOf(
  events: readonly FlowEvent[],
  covered: readonly BlockRange[],
  { chainId, contracts, tokens, timeOf }: LogContext,
  counts: FlowCounts,
): FlowDataSet {
  const [first, last] = [covered[0]?.[0] ?? 0, covered.at(-1)?.[1] ?? 0];
  const missing = covered.slice(1).flatMap(([from], index): BlockRange[] => {
    const before = covered[index]?.[1] ?? from;
    return from > before + 1 ? [[before + 1, from - 1]] : [];
  });
  return {
    format: FLOW_FORMAT,
    version: FLOW_VERSION,
    chainId,
    blocks: [first, last],
    times: timesOf(events, first, last, timeOf),
    missing,
    tokens,
    contracts,
    counts,
    events,
  };
}

/** When the range began and ended. What no block says is carried on from the events. */
function timesOf(
  events: readonly FlowEvent[],
  first: number,
  last: number,
  timeOf: LogContext["timeOf"],
): readonly [number, number] {
  const [one, other] = [events[0], events.at(-1)];
  const spacing =
    one === undefined || other === undefined || other.block === one.block
      ? 0
      : (other.time - one.time) / (other.block - one.block);
  const start = timeOf(first - 1) ?? (one === undefined ? 0 : one.time - (one.block - first + 1) * spacing);
  const end = timeOf(last) ?? (other === undefined ? start : other.time + (last - other.block) * spacing);
  return [start, end];
}

function rangeOf(logs: readonly RawLog[]): readonly BlockRange[] {
  const [first, last] = [logs[0], logs.at(-1)];
  return first === undefined || last === undefined ? [] : [[first.block, last.block]];
}
