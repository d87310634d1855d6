import type { HookContext, NetworkHooks } from "hardhat/types/hooks";
import type { NetworkConnection } from "hardhat/types/network";
import type { JsonRpcRequest, JsonRpcResponse } from "hardhat/types/providers";

import { snapshotMissIn } from "../engine/chain/state-upstream/snapshot-miss.js";
import { isMemorable, remember } from "../plugin/connections/connection-memory.js";
import { admitted } from "../plugin/connections/occupied.js";
import { closed, opened } from "../plugin/connections/open-sieges.js";
import { isAboutFilters, withUserFilters } from "../plugin/connections/user-filters.js";
import { asPluginErrors, toPluginError } from "../plugin/plugin-error.js";
import { reportsOfConnection } from "../plugin/reports/own-reports.js";
import { isSnapshotFork, openSnapshotsOf } from "../plugin/snapshots/snapshot-networks.js";

export default async (): Promise<Partial<NetworkHooks>> => {
  const handlers: Partial<NetworkHooks> = {
    async newConnection<ChainTypeT extends string>(
      context: HookContext,
      next: (nextContext: HookContext) => Promise<NetworkConnection<ChainTypeT>>,
    ): Promise<NetworkConnection<ChainTypeT>> {
      await openSnapshotsOf(context.config);
      // what is wrong with a snapshot shows when the network is made
      const connection = await asPluginErrors(() => next(context));

      // Hardhat calls this factory for any command that may open a connection: dependencies are loaded only when one opens
      const [{ SiegeImplementation }, { registerMatchers }] = await Promise.all([
        import("../plugin/siege-implementation.js"),
        import("../matchers/register.js"),
      ]);
      await registerMatchers();
      reportsOfConnection(context.config);

      const siege = new SiegeImplementation(connection, context);
      connection.siege = siege;
      opened(connection, siege);
      return connection;
    },

    async closeConnection<ChainTypeT extends string>(
      context: HookContext,
      connection: NetworkConnection<ChainTypeT>,
      next: (nextContext: HookContext, nextConnection: NetworkConnection<ChainTypeT>) => Promise<void>,
    ): Promise<void> {
      closed(connection);
      await next(context, connection);
    },

    // not async: every request of a campaign passes through here, and an async function would cost each of them a promise
    onRequest<ChainTypeT extends string>(
      context: HookContext,
      connection: NetworkConnection<ChainTypeT>,
      request: JsonRpcRequest,
      next: (
        nextContext: HookContext,
        nextConnection: NetworkConnection<ChainTypeT>,
        nextRequest: JsonRpcRequest,
      ) => Promise<JsonRpcResponse>,
    ): Promise<JsonRpcResponse> {
      return admitted(connection, request.method, () => {
        const response = isAboutFilters(request.method)
          ? withUserFilters(connection, request, () => next(context, connection, request))
          : next(context, connection, request);
        const answer = isSnapshotFork(connection.networkConfig) ? withMisses(response) : response;
        return isMemorable(request.method) ? rememberIfAccepted(connection, request, answer) : answer;
      });
    },
  };

  return handlers;
};

/** What a snapshot does not hold is an error with a code, whoever has asked for it. */
async function withMisses(pending: Promise<JsonRpcResponse>): Promise<JsonRpcResponse> {
  try {
    const response = await pending;
    if ("error" in response) requireHeld(response.error.message, undefined);
    return response;
  } catch (error) {
    // Hardhat's provider throws what the node answers
    if (error instanceof Error) requireHeld(error.message, error);
    throw error;
  }
}

function requireHeld(message: string, cause: unknown): void {
  const miss = snapshotMissIn(message, cause);
  if (miss !== undefined) throw toPluginError(miss);
}

async function rememberIfAccepted(
  connection: object,
  request: JsonRpcRequest,
  pending: Promise<JsonRpcResponse>,
): Promise<JsonRpcResponse> {
  const response = await pending;
  if (!("error" in response)) remember(connection, request);
  return response;
}
