import type { Address } from "viem";

import type { Provider } from "../engine/chain/rpc.js";
import type { Hermetic } from "../engine/reproduction/reproduction.js";

import { Chain } from "../engine/chain/chain.js";
import { codeAddress } from "../engine/reproduction/code-address.js";
import { withStateFor } from "../engine/reproduction/with-state-for.js";
import { SiegeError } from "../errors.js";

import { openHermeticNetwork } from "./hermetic-network.js";

/**
 * What a reproduction needs to be played with its own code and with that of a fix.
 *
 * @param fix - a contract that has the code of the fix
 * @throws SiegeError `NO_CODE` if there is none
 */
export async function stateForFix(
  target: Address,
  hermetic: Hermetic,
  fix: Address,
  provider: Provider,
): Promise<Hermetic> {
  const chain = new Chain(provider);
  const is = await chain.code(fix);
  if (is === "0x") {
    throw new SiegeError("NO_CODE", {
      message: `There is no contract at ${fix}, where the fix should be.`,
      hint: "Deploy it on this connection before the export.",
    });
  }
  const at = codeAddress(hermetic.state, target);
  return withStateFor(hermetic, { at, is }, { chain, openNetwork: openHermeticNetwork });
}
