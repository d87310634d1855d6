import type { Address, Hex } from "viem";

import type { BlockRange } from "../../order-flow/data-set/flow-data-set.js";
import type { NodeRequest } from "./contract-reader.js";

import { numberToHex } from "viem";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";

/** Blocks that are asked for at first; as many as public endpoints usually allow. */
const FIRST_SPAN = 2_000;

const MOST_SPAN = 50_000;

/** Fewer logs than this, and the next range may be larger. */
const FEW = 1_000;

/** How endpoints say that a range has too many blocks or logs, or takes too long. */
const TOO_MANY =
  /more than|too many|too large|too wide|limit|exceed|block range|range is|response size|timed? ?out|-32005/i;

/** Pauses between attempts after a fault that may pass, milliseconds. */
const PAUSES = [250, 1_000, 4_000, 15_000] as const;

/** Logs as a node returned them, and the range that they are all of. */
export interface LogRange {
  readonly range: BlockRange;
  readonly logs: readonly Readonly<Record<string, unknown>>[];
}

/** Which logs are read. */
export interface LogFilter {
  readonly addresses: readonly Address[];
  /** Any of these events. Default: all. */
  readonly topics?: readonly Hex[];
  readonly range: BlockRange;
}

/**
 * Reads logs range by range. A range that is too much for the endpoint is halved, and ranges grow again where there are few.
 *
 * @param wait - how pauses after a fault are waited for
 * @throws SiegeError `RPC_FAILED` if one block is too much, or a fault lasts; `RPC_INVALID_RESPONSE`
 */
export async function* logRanges(
  request: NodeRequest,
  { addresses, topics, range: [from, to] }: LogFilter,
  wait: (milliseconds: number) => Promise<unknown>,
): AsyncGenerator<LogRange, void, undefined> {
  let span = FIRST_SPAN;
  for (let next = from; next <= to;) {
    const end = Math.min(to, next + span - 1);
    const logs = await logsOrTooMany(
      request,
      { addresses, ...(topics === undefined ? {} : { topics }), range: [next, end] },
      wait,
    );
    if (logs === "too many") {
      span = Math.max(1, Math.floor((end - next + 1) / 2));
      continue;
    }
    yield { range: [next, end], logs };
    next = end + 1;
    if (logs.length < FEW) span = Math.min(MOST_SPAN, span * 2);
  }
}

async function logsOrTooMany(
  request: NodeRequest,
  { addresses, topics, range: [from, to] }: LogFilter,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<LogRange["logs"] | "too many"> {
  const among = topics === undefined ? {} : { topics: [topics] };
  const filter = { address: addresses, ...among, fromBlock: numberToHex(from), toBlock: numberToHex(to) };
  try {
    const logs = await patiently(() => request("eth_getLogs", [filter]), wait, TOO_MANY);
    if (Array.isArray(logs)) return logs as LogRange["logs"];
    throw nonsense("eth_getLogs", logs);
  } catch (error) {
    if (SiegeError.isSiegeError(error)) throw error;
    const message = messageOf(error);
    if (TOO_MANY.test(message) && to > from) return "too many";
    throw new SiegeError("RPC_FAILED", {
      message: `eth_getLogs of the blocks ${from} to ${to} failed: ${legible(message, 300)}.`,
      hint: "What was read before is kept: run the same command again to go on, or use another endpoint.",
      cause: error,
    });
  }
}

/** Matches nothing. */
const NEVER = /(?!)/;

/**
 * Makes a request until it is answered, or a fault has lasted through all pauses.
 *
 * @param final - errors after which it is not made again
 */
export async function patiently(
  request: () => Promise<unknown>,
  wait: (milliseconds: number) => Promise<unknown>,
  final: RegExp = NEVER,
): Promise<unknown> {
  for (const pause of PAUSES) {
    try {
      return await request();
    } catch (error) {
      if (SiegeError.isSiegeError(error) || final.test(messageOf(error))) throw error;
      await wait(pause);
    }
  }
  return request();
}

/** What is read of a block. */
export interface NodeBlock {
  readonly hash: Hex;
  /** Unix seconds. */
  readonly time: number;
  /** Wei per unit of gas. */
  readonly baseFee: bigint;
  /** Senders by the hash of the transaction; empty if they were not asked for. */
  readonly senders: ReadonlyMap<string, Address>;
}

/** Reads a block. @throws SiegeError `RPC_FAILED`, `RPC_INVALID_RESPONSE` */
export async function readBlock(
  request: NodeRequest,
  block: number,
  withSenders: boolean,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<NodeBlock> {
  const read = (await orFailed("eth_getBlockByNumber", () =>
    patiently(() => request("eth_getBlockByNumber", [numberToHex(block), withSenders]), wait),
  )) as Readonly<Record<string, unknown>> | null;
  if (typeof read?.hash !== "string" || typeof read.timestamp !== "string") {
    throw nonsense(`eth_getBlockByNumber of ${block}`, read);
  }
  const transactions = withSenders && Array.isArray(read.transactions) ? (read.transactions as unknown[]) : [];
  return {
    hash: read.hash as Hex,
    time: Number(read.timestamp),
    baseFee: typeof read.baseFeePerGas === "string" ? BigInt(read.baseFeePerGas) : 0n,
    senders: new Map(
      transactions.map((one) => {
        const { hash, from } = one as { readonly hash: string; readonly from: Address };
        return [hash.toLowerCase(), from];
      }),
    ),
  };
}

/** What a transaction paid, wei. @throws SiegeError `RPC_FAILED`, `RPC_INVALID_RESPONSE` */
export async function readPaid(
  request: NodeRequest,
  transaction: Hex,
  baseFee: bigint,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<{ readonly from: Address; readonly priority: bigint; readonly fee: bigint }> {
  const read = (await orFailed("eth_getTransactionReceipt", () =>
    patiently(() => request("eth_getTransactionReceipt", [transaction]), wait),
  )) as Readonly<Record<string, unknown>> | null;
  const { from, gasUsed, effectiveGasPrice } = read ?? {};
  if (typeof from !== "string" || typeof gasUsed !== "string" || typeof effectiveGasPrice !== "string") {
    throw nonsense(`eth_getTransactionReceipt of ${transaction}`, read);
  }
  const [gas, price] = [BigInt(gasUsed), BigInt(effectiveGasPrice)];
  return { from: from as Address, fee: gas * price, priority: gas * (price > baseFee ? price - baseFee : 0n) };
}

async function orFailed(method: string, work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (cause) {
    if (SiegeError.isSiegeError(cause)) throw cause;
    throw new SiegeError("RPC_FAILED", {
      message: `${method} failed: ${legible(messageOf(cause), 300)}.`,
      hint: "What was read before is kept: run the same command again to go on, or use another endpoint.",
      cause,
    });
  }
}

function nonsense(what: string, value: unknown): SiegeError {
  return new SiegeError("RPC_INVALID_RESPONSE", {
    message: `${what} returned ${legible(value === undefined ? "nothing" : JSON.stringify(value), 80)}, which is not a valid response.`,
    hint: "Check the endpoint; what was read before is kept.",
  });
}

/** What an error says, those underneath included. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${messageOf(error.cause)}`;
}
