import type { JsonRpcRequest, JsonRpcResponse } from "hardhat/types/providers";

import type { Provider } from "../../engine/chain/rpc.js";

/** The filters of a connection, and what they have collected that their owner has not asked for yet. */
interface Filters {
  /** By the id that EDR gave it. */
  readonly collected: Map<string, readonly unknown[]>;
  /** While a campaign runs, its blocks are none of the filters' business. */
  paused: boolean;
}

// by connection, like its other settings
const filters = new WeakMap<object, Filters>();

const CREATING: ReadonlySet<string> = new Set([
  "eth_newBlockFilter",
  "eth_newFilter",
  "eth_newPendingTransactionFilter",
]);

/** Whether a request creates, reads or removes a filter. Cheap, as it is asked about every request. */
export function isAboutFilters(method: string): boolean {
  return (
    method === "eth_getFilterChanges" ||
    method === "eth_getFilterLogs" ||
    method === "eth_uninstallFilter" ||
    CREATING.has(method)
  );
}

/**
 * Passes on a request about filters, and keeps account of them: EDR's filters stand outside its snapshots, so they collect
 * the blocks of a campaign, too.
 */
export async function withUserFilters(
  connection: object,
  { id, jsonrpc, method, params }: JsonRpcRequest,
  next: () => Promise<JsonRpcResponse>,
): Promise<JsonRpcResponse> {
  const { collected, paused } = filtersOf(connection);
  const filter = filterOf(Array.isArray(params) ? params[0] : undefined);
  const before = collected.get(filter);
  const isRead = method === "eth_getFilterChanges" || method === "eth_getFilterLogs";
  if (isRead && paused && before !== undefined) {
    collected.set(filter, []);
    return { id, jsonrpc, result: before };
  }
  const response = await next();
  if ("error" in response) return response;
  if (CREATING.has(method)) collected.set(filterOf(response.result), []);
  if (method === "eth_uninstallFilter") collected.delete(filter);
  if (!isRead || before === undefined || before.length === 0) return response;
  collected.set(filter, []);
  return { ...response, result: [...before, ...entriesOf(response.result)] };
}

/**
 * Lets a connection's filters see nothing of what happens during the work.
 *
 * @param provider - of the connection
 */
export async function withFiltersPaused<ResultT>(
  connection: object,
  provider: Provider,
  work: () => Promise<ResultT>,
): Promise<ResultT> {
  const of = filtersOf(connection);
  for (const filter of [...of.collected.keys()]) {
    const before = await drained(provider, filter);
    if (before === undefined) of.collected.delete(filter);
    else of.collected.set(filter, before);
  }
  of.paused = true;
  try {
    return await work();
  } finally {
    of.paused = false;
    for (const [filter, before] of of.collected) {
      of.collected.set(filter, []);
      await drained(provider, filter);
      of.collected.set(filter, before);
    }
  }
}

/** What a filter has collected since it was last asked; `undefined` if it has expired. */
async function drained(provider: Provider, filter: string): Promise<readonly unknown[] | undefined> {
  try {
    return entriesOf(await provider.request({ method: "eth_getFilterChanges", params: [filter] }));
  } catch {
    return undefined;
  }
}

function filtersOf(connection: object): Filters {
  const known = filters.get(connection);
  if (known !== undefined) return known;
  const fresh: Filters = { collected: new Map(), paused: false };
  filters.set(connection, fresh);
  return fresh;
}

/** Ids are quantities: the same one may be written in more than one way. */
function filterOf(id: unknown): string {
  return typeof id === "string" ? id.toLowerCase() : "";
}

function entriesOf(result: unknown): readonly unknown[] {
  return Array.isArray(result) ? (result as readonly unknown[]) : [];
}
