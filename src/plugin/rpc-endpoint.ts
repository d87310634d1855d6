import type { EdrNetworkConfig } from "hardhat/types/config";

import type { Upstream } from "../engine/chain/upstream.js";

/** How long the endpoint may take to name its chain, milliseconds. */
const ANSWERS_WITHIN = 5_000;

/** The RPC endpoint that a network forks from; `undefined` if it forks from none. */
export async function rpcEndpointOf({ forking }: Pick<EdrNetworkConfig, "forking">): Promise<Upstream | undefined> {
  if (forking?.enabled !== true) return undefined;
  const url = await forking.url.getUrl();
  return {
    host: new URL(url).host,
    chainId: async () => {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...forking.httpHeaders },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] }),
        signal: AbortSignal.timeout(ANSWERS_WITHIN),
      });
      const answer = (await response.json()) as { readonly result?: unknown };
      const id = Number(answer.result);
      if (typeof answer.result !== "string" || !Number.isSafeInteger(id)) throw new Error("no chain id");
      return id;
    },
    notice: (message) => void process.stderr.write(`hardhat-siege: ${message}\n`),
  };
}
