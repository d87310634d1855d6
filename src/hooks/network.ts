import type { HookContext, NetworkHooks } from "hardhat/types/hooks";
import type { NetworkConnection } from "hardhat/types/network";
import type { JsonRpcRequest, JsonRpcResponse } from "hardhat/types/providers";

import { isMemorable, remember } from "../plugin/connections/connection-memory.js";
import { closed, opened } from "../plugin/connections/open-sieges.js";
import { isAboutFilters, withUserFilters } from "../plugin/connections/user-filters.js";

export default async (): Promise<Partial<NetworkHooks>> => {
  const handlers: Partial<NetworkHooks> = {
    async newConnection<ChainTypeT extends string>(
      context: HookContext,
      next: (nextContext: HookContext) => Promise<NetworkConnection<ChainTypeT>>,
    ): Promise<NetworkConnection<ChainTypeT>> {
      const connection = await next(context);

      // Hardhat calls this factory for any command that may open a connection: dependencies are loaded only when one opens
      const [{ SiegeImplementation }, { registerMatchers }] = await Promise.all([
        import("../plugin/siege-implementation.js"),
        import("../matchers/register.js"),
      ]);
      await registerMatchers();

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
      if (isAboutFilters(request.method)) {
        return withUserFilters(connection, request, () => next(context, connection, request));
      }
      const response = next(context, connection, request);
      return isMemorable(request.method) ? rememberIfAccepted(connection, request, response) : response;
    },
  };

  return handlers;
};

async function rememberIfAccepted(
  connection: object,
  request: JsonRpcRequest,
  pending: Promise<JsonRpcResponse>,
): Promise<JsonRpcResponse> {
  const response = await pending;
  if (!("error" in response)) remember(connection, request);
  return response;
}
