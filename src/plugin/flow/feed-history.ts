import type { Address } from "viem";

import type { History } from "../../market/index.js";
import type { NodeIngest } from "./ingest-node.js";

import { evenHistory } from "../../market/history/even-history.js";

import { ingestNode } from "./ingest-node.js";

/** Which prices are read, and how. */
interface FeedReading extends Pick<NodeIngest, "request" | "from" | "to" | "ranges" | "signal" | "wait" | "progress"> {
  /** A feed of Chainlink: its proxy or its aggregator. */
  readonly feed: Address;
  /** Seconds between prices, above 0. */
  readonly spacing: number;
}

/**
 * What a feed said at even times, from its rounds on a node. Finished ranges of blocks stay in a file, so that the next reading asks for
 * what is new.
 *
 * @returns `undefined` if it was stopped before the end
 * @throws SiegeError as {@link ingestNode}
 */
export async function feedHistory({ feed, spacing, ...reading }: FeedReading): Promise<History | undefined> {
  const sources = { contracts: { feed: { kind: "chainlink", address: feed, asset: "feed" } } } as const;
  const flow = await ingestNode({ ...reading, sources, senders: false });
  if (flow === undefined) return undefined;
  const rounds = flow.events.filter((event) => event.kind === "round");
  return evenHistory(rounds, spacing, flow.times[1]);
}
