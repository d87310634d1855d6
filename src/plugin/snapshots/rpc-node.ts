import type { Node } from "../../engine/fork-snapshot/verify.js";

import { http } from "viem";

import { withoutKeys } from "../../engine/chain/upstream.js";
import { SiegeError } from "../../errors.js";

/** Requests in a batch. */
const BATCH = 50;

/** How long a batch may take, milliseconds. */
const TIMEOUT = 30_000;

/**
 * A node at a URL.
 *
 * @throws SiegeError `INVALID_OPTION` if it is none of HTTP
 */
export function rpcNode(url: string): Node {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new SiegeError("INVALID_OPTION", {
      message: "The flag --rpc is not the URL of a node.",
      hint: "Write it like --rpc https://…, or in quotes with a variable of the environment.",
    });
  }
  const { host } = new URL(url);
  const { request } = http(url, { batch: { batchSize: BATCH }, timeout: TIMEOUT })({});
  return {
    host,
    request: async (method, params) => {
      try {
        const answer: unknown = await request({ method, params });
        return answer;
      } catch (error) {
        const { shortMessage, details } = error as { readonly shortMessage?: string; readonly details?: string };
        const why = details ?? shortMessage ?? String(error);
        throw new SiegeError("RPC_FAILED", {
          message: `${method} failed at ${host}: ${withoutKeys(why).slice(0, 300)}.`,
          hint: "Check the node; one that keeps no old state cannot tell what was at that block.",
        });
      }
    },
  };
}
