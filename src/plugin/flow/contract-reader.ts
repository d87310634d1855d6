import type { Abi, Address } from "viem";

import type { ContractReader } from "../../order-flow/ingest/resolve-sources.js";

import { decodeFunctionResult, encodeFunctionData, erc20Abi, hexToString } from "viem";

import { SiegeError } from "../../errors.js";
import { cTokenAbi } from "../../protocols/compound-v2/abi.js";
import { morphoBlueAbi } from "../../protocols/morpho-blue/abi.js";
import { feedAbi } from "../../protocols/price-feed-abi.js";
import { pairAbi } from "../../protocols/uniswap-v2/abi.js";
import { isSameAddress } from "../../quantity/address.js";

/** Asks a node. */
export type NodeRequest = (method: string, params: unknown[]) => Promise<unknown>;

/** Whose calls they are: without one, Hardhat asks the endpoint for accounts, which few serve. Also what a market that is none has. */
const ZERO = "0x0000000000000000000000000000000000000000";

/** Reads from a node what sources do not say of their contracts. */
export function contractReader(request: NodeRequest): ContractReader {
  const call = async <T>(address: Address, abi: Abi, name: string, args: readonly unknown[] = []): Promise<T> => {
    const data = encodeFunctionData({ abi, functionName: name, args });
    const result = await request("eth_call", [{ from: ZERO, to: address, data }, "latest"]).catch(
      (cause: unknown) => cause,
    );
    if (typeof result !== "string" || !result.startsWith("0x") || result === "0x") throw silent(address, name, result);
    if (name === "symbol" && result.length === 66) {
      // MKR and others of its time return 32 bytes
      return hexToString(result as `0x${string}`, { size: 32 }) as T;
    }
    try {
      return decodeFunctionResult({ abi, functionName: name, data: result as `0x${string}` }) as T;
    } catch (cause) {
      throw silent(address, name, cause);
    }
  };
  const orElse = <T>(attempt: Promise<T>): Promise<T | undefined> => attempt.catch(() => undefined);
  return {
    pair: async (address) => [await call(address, pairAbi, "token0"), await call(address, pairAbi, "token1")],
    underlying: (address) => orElse(call(address, cTokenAbi, "underlying")),
    market: async (address, id) => {
      const [token, collateral] = await call<readonly [Address, Address]>(address, morphoBlueAbi, "idToMarketParams", [
        id,
      ]);
      if (isSameAddress(token, ZERO)) throw silent(address, `idToMarketParams(${id})`, undefined);
      return { token, collateral };
    },
    feed: async (address) => ({
      aggregator: (await orElse(call<Address>(address, feedAbi, "aggregator"))) ?? address,
      decimals: await call(address, feedAbi, "decimals"),
    }),
    token: async (address) => ({
      symbol: await call(address, erc20Abi, "symbol"),
      decimals: await call(address, erc20Abi, "decimals"),
    }),
  };
}

function silent(address: Address, name: string, cause: unknown): SiegeError {
  return new SiegeError("LOGS_INVALID", {
    message: `The contract ${address} does not answer ${name}() as its kind does.`,
    hint: "Check its address, its kind and the network, or say in the sources what it would answer.",
    ...(cause instanceof Error ? { cause } : {}),
  });
}
