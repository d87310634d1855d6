import type { Address, Hex } from "viem";

import type { OpenHermeticNetwork } from "../chain/hermetic-network.js";
import type { Hermetic } from "./reproduction.js";

import { Chain } from "../chain/chain.js";
import { layeredSource } from "../chain/state-upstream/layered-source.js";
import { serveState } from "../chain/state-upstream/serve-state.js";

import { playThrough } from "./script.js";

/**
 * What is needed to play a reproduction with its own code and with other code: it is played with that, whatever comes of it, and what
 * it reads besides is taken from a chain that is in the state of the fixture.
 *
 * @param code - what stands at the target then
 */
export async function withStateFor(
  hermetic: Hermetic,
  code: { readonly at: Address; readonly is: Hex },
  { chain, openNetwork }: { readonly chain: Chain; readonly openNetwork: OpenHermeticNetwork },
): Promise<Hermetic> {
  const { hardfork, script, state } = hermetic;
  const source = layeredSource(state, chain, code);
  const upstream = await serveState(source);
  try {
    const { chainId, blockNumber } = source;
    const network = await openNetwork({ url: upstream.url, chainId, blockNumber, hardfork });
    try {
      await playThrough(new Chain(network.connection.provider), script);
    } finally {
      await network.close();
    }
  } finally {
    await upstream.close();
  }
  return { ...hermetic, state: source.united() };
}
