import type { Address } from "viem";

import type { InspectContext } from "../contexts.js";
import type { Token } from "../token.js";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";
import { all, attempt, list, read } from "../read-plan.js";

import { comptrollerAbi, cTokenAbi } from "./abi.js";

/** The properties of a market that never change during a run. */
export interface CompoundV2Market {
  /** The supplier's claim (a fork may call it something else: vToken, qiToken). */
  readonly cToken: Token;
  /** The token that the market takes and lends. */
  readonly underlying: Token;
  /** The protocol's share of seized cTokens, 18 decimals; 0 in versions without one. */
  readonly protocolSeizeShare: bigint;
}

/** The facts of a comptroller, read once. */
export interface CompoundV2Facts {
  readonly comptroller: Address;
  readonly oracle: Address;
  readonly markets: readonly CompoundV2Market[];
  readonly watch: readonly Address[];
}

/**
 * Finds a comptroller's oracle and markets.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` if the address is not a comptroller
 */
export async function inspectCompoundV2(
  context: InspectContext,
  comptroller: Address,
  watch: readonly Address[],
): Promise<CompoundV2Facts> {
  const { listed, oracle, closeFactor } = await context.read(
    all({
      listed: attempt(read({ address: comptroller, abi: comptrollerAbi, functionName: "getAllMarkets" })),
      oracle: attempt(read({ address: comptroller, abi: comptrollerAbi, functionName: "oracle" })),
      closeFactor: attempt(read({ address: comptroller, abi: comptrollerAbi, functionName: "closeFactorMantissa" })),
    }),
  );
  if (listed === undefined || oracle === undefined || closeFactor === undefined) {
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `${comptroller} is not a comptroller of Compound v2 or of a fork of it.`,
      hint: "Give the address of the Unitroller, not of a cToken.",
    });
  }
  return { comptroller, oracle, watch, markets: await relevantMarkets(context, { comptroller, listed, watch }) };
}

interface Listing {
  readonly comptroller: Address;
  readonly listed: readonly Address[];
  readonly watch: readonly Address[];
}

/**
 * The markets that can matter in a run: those of the scenario's assets, and those that a known account has entered.
 * A market of the native coin has no token (cETH), and is left out.
 */
async function relevantMarkets(
  context: InspectContext,
  { comptroller, listed, watch }: Listing,
): Promise<readonly CompoundV2Market[]> {
  const accounts = [...new Set([...context.accounts.values(), ...watch])];
  const { found, entered } = await context.read(
    all({
      found: list(
        listed.map((address) =>
          all({
            underlying: attempt(read({ address, abi: cTokenAbi, functionName: "underlying" })),
            share: attempt(read({ address, abi: cTokenAbi, functionName: "protocolSeizeShareMantissa" })),
          }),
        ),
      ),
      entered: list(
        accounts.map((account) =>
          read({ address: comptroller, abi: comptrollerAbi, functionName: "getAssetsIn", args: [account] }),
        ),
      ),
    }),
  );
  const used = new Set(entered.flat().map((address) => addressKey(address)));
  const assets = new Set(context.assetTokens.map(({ address }) => addressKey(address)));
  const markets: CompoundV2Market[] = [];
  for (const [index, address] of listed.entries()) {
    const { underlying, share = 0n } = found[index] ?? {};
    if (underlying === undefined) continue;
    if (!used.has(addressKey(address)) && !assets.has(addressKey(underlying))) continue;
    markets.push({
      cToken: await context.token(address),
      underlying: await context.token(underlying),
      protocolSeizeShare: share,
    });
  }
  return markets;
}
