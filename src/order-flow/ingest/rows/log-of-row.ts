import type { RawLog } from "../raw-log.js";
import type { Row } from "./csv-rows.js";

import { rawLogOf } from "../raw-log.js";

/** What exporters call the columns of logs, without underscores and in lower case. */
const NAMES: Readonly<Record<string, string>> = {
  address: "address",
  contractaddress: "address",
  topics: "topics",
  data: "data",
  blocknumber: "blockNumber",
  logindex: "logIndex",
  transactionhash: "transactionHash",
  txhash: "transactionHash",
  blockhash: "blockHash",
  blocktimestamp: "blockTimestamp",
  timestamp: "blockTimestamp",
  blocktime: "blockTimestamp",
  from: "from",
  txfrom: "from",
  transactionfrom: "from",
  removed: "removed",
};

const TOPIC = /^topic([0-3])$/;

/**
 * A log from a row of a file: as JSON-RPC writes it, or with the columns of exporters such as cryo and BigQuery, topics in one column or
 * in four.
 *
 * @param origin - which row it is, for errors
 * @throws SiegeError `LOGS_INVALID`
 */
export function logOfRow(row: Row, origin: string): RawLog {
  const log: Record<string, unknown> = {};
  const topics: unknown[] = [];
  for (const [name, value] of Object.entries(row)) {
    const plain = name.toLowerCase().replaceAll("_", "");
    const topic = TOPIC.exec(plain);
    if (topic !== null) topics[Number(topic[1])] = hexOf(value);
    const known = NAMES[plain];
    if (known === undefined || value === "" || value === null) continue;
    log[known] = known === "topics" ? listOf(value) : hexOf(value);
  }
  log.topics ??= topics.filter((value) => typeof value === "string" && value !== "");
  // a log without data has an empty cell
  log.data ??= "0x";
  return rawLogOf(log, origin);
}

/** Columns of bytes are bytes in Parquet. */
function hexOf(value: unknown): unknown {
  return value instanceof Uint8Array ? `0x${Buffer.from(value).toString("hex")}` : value;
}

/** A list of topics: a list, or one as JSON or with blanks or commas between. */
function listOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hexOf);
  return typeof value === "string" ? (value.match(/0x[0-9a-fA-F]+/g) ?? []) : value;
}
