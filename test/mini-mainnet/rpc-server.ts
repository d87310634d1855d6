import type { EthereumProvider } from "hardhat/types/providers";
import type { AddressInfo } from "node:net";

import { createServer } from "node:http";
import { json } from "node:stream/consumers";

export interface RpcServer {
  readonly url: string;
  close(): Promise<void>;
}

interface RpcRequest {
  readonly id: unknown;
  readonly method: string;
  readonly params?: unknown[];
}

/** Methods that only read the chain: forks of a shared chain must not see changes made by others. */
const READS = /^(eth_(?!send|sign|accounts|requestAccounts)|net_|web3_|debug_trace)/;

/** JSON-RPC's codes for a method that does not exist, and for an error that has no code of its own. */
const METHOD_NOT_FOUND = -32601;
const INTERNAL_ERROR = -32603;

/**
 * Serves a chain of this process on loopback, for reading. Unlike Hardhat's own server it does not keep the process
 * alive, so that a test that fails before it can close anything does not hang the run.
 *
 * @param port a free one if left out
 */
export async function serve(provider: Pick<EthereumProvider, "request">, port = 0): Promise<RpcServer> {
  const server = createServer((incoming, outgoing) => {
    void json(incoming)
      .then(async (body) => {
        // only EDR and tests call this server; anything but a request gets an error below
        const asked = body as RpcRequest | RpcRequest[];
        return Array.isArray(asked)
          ? Promise.all(asked.map((request) => answer(provider, request)))
          : answer(provider, asked);
      })
      .then(
        (answers) => outgoing.setHeader("content-type", "application/json").end(JSON.stringify(answers)),
        () => outgoing.writeHead(400).end(),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  server.unref();
  // nor do the connections that EDR keeps open
  server.on("connection", (socket) => {
    socket.unref();
  });
  // what a listening TCP server returns
  const { address, port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        // EDR keeps its connections, and `close` would wait for them
        server.closeAllConnections();
      }),
  };
}

async function answer(
  provider: Pick<EthereumProvider, "request">,
  { id, method, params = [] }: RpcRequest,
): Promise<object> {
  if (!READS.test(method)) {
    const message = `${method} is not served: this chain is for forking only.`;
    return { jsonrpc: "2.0", id, error: { code: METHOD_NOT_FOUND, message } };
  }
  try {
    const result: unknown = await provider.request({ method, params });
    return { jsonrpc: "2.0", id, result };
  } catch (error) {
    const { code = INTERNAL_ERROR, message, data } = error as { code?: number; message: string; data?: unknown };
    return { jsonrpc: "2.0", id, error: { code, message, data } };
  }
}
