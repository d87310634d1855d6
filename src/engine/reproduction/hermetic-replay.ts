import type { OpenHermeticNetwork } from "../chain/hermetic-network.js";
import type { StateSource } from "../chain/state-upstream/state-source.js";
import type { Divergence, Script, ScriptWatcher } from "./script.js";

import { SiegeError } from "../../errors.js";
import { Chain } from "../chain/chain.js";
import { serveState } from "../chain/state-upstream/serve-state.js";

import { playScript } from "./script.js";

/**
 * Plays a script on a private network forked from a state, with no other upstream.
 *
 * @returns where it differs from the recording, or `undefined`
 * @throws SiegeError `REPRODUCTION_MISSING_STATE` with the account and slot that the state does not hold
 */
export async function replayScript(parameters: {
  readonly openNetwork: OpenHermeticNetwork;
  readonly hardfork: string;
  readonly script: Script;
  readonly state: StateSource;
  /** Sees it being played on this chain. Default: nobody. */
  readonly watch?: (chain: Chain) => ScriptWatcher;
}): Promise<Divergence | undefined> {
  const { openNetwork, hardfork, script, state, watch } = parameters;
  const upstream = await serveState(state);
  try {
    const network = await openNetwork({
      url: upstream.url,
      chainId: state.chainId,
      blockNumber: state.blockNumber,
      hardfork,
    });
    try {
      const chain = new Chain(network.connection.provider);
      return await playScript(chain, script, watch?.(chain));
    } catch (error) {
      const [miss] = upstream.misses();
      if (miss === undefined) throw error;
      throw new SiegeError("REPRODUCTION_MISSING_STATE", {
        message: `The reproduction does not hold ${miss.slot === undefined ? "the account" : `slot ${miss.slot} of`} ${miss.address}, which its steps read.`,
        hint: "It was edited or damaged; take the file from version control, or find it again with siege run.",
        cause: error,
      });
    } finally {
      await network.close();
    }
  } finally {
    await upstream.close();
  }
}
