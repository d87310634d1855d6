import type { Address } from "viem";

import type { FlowContract, FlowToken } from "../data-set/flow-data-set.js";
import type { FlowSources, SourceContract } from "./flow-sources.js";

import { SiegeError } from "../../errors.js";
import { addressKey, isSameAddress } from "../../quantity/address.js";

/** Sources of which everything is known. */
export interface KnownSources {
  readonly contracts: Readonly<Record<string, FlowContract>>;
  /** By address, in lower case. */
  readonly tokens: Readonly<Record<string, FlowToken>>;
}

/** What a chain says of contracts that the sources do not. Without one, the sources have to say it. */
export interface ContractReader {
  /** The two tokens of a pool. */
  pair(address: Address): Promise<readonly [Address, Address]>;
  /** The token under a cToken; `undefined` for that of native coin. */
  underlying(address: Address): Promise<Address | undefined>;
  market(address: Address, id: `0x${string}`): Promise<{ readonly token: Address; readonly collateral: Address }>;
  feed(address: Address): Promise<{ readonly aggregator: Address; readonly decimals: number }>;
  token(address: Address): Promise<{ readonly symbol: string; readonly decimals: number }>;
}

/** Symbols of tokens in which others are priced. */
const MONEY = /USD|DAI/i;

/**
 * Completes sources.
 *
 * @param reader - `undefined` for logs from files
 * @throws SiegeError `LOGS_INVALID` if something is not known
 */
export async function resolveSources(sources: FlowSources, reader: ContractReader | undefined): Promise<KnownSources> {
  const given = new Map(
    Object.entries(sources.tokens ?? {}).map(([address, token]) => [addressKey(address as Address), token]),
  );
  const tokens = new Map<string, FlowToken>();
  const tokenOf = async (address: Address): Promise<FlowToken> => {
    const key = addressKey(address);
    const known = tokens.get(key);
    if (known !== undefined) return known;
    const { symbol, decimals, asset } = given.get(key) ?? {};
    const read =
      symbol === undefined || decimals === undefined
        ? await orMissing(reader, `tokens.${key}`, (it) => it.token(address))
        : undefined;
    const token = {
      symbol: symbol ?? read?.symbol ?? "?",
      decimals: decimals ?? read?.decimals ?? 18,
      ...(asset === undefined ? {} : { asset }),
    };
    tokens.set(key, token);
    return token;
  };
  const contracts: Record<string, FlowContract> = {};
  for (const [name, contract] of Object.entries(sources.contracts)) {
    contracts[name] = await contractOf(name, contract, reader, tokenOf);
  }
  for (const address of given.keys()) await tokenOf(address);
  return { contracts, tokens: Object.fromEntries(tokens) };
}

async function contractOf(
  name: string,
  contract: SourceContract,
  reader: ContractReader | undefined,
  tokenOf: (address: Address) => Promise<FlowToken>,
): Promise<FlowContract> {
  const address = addressKey(contract.address);
  const missing = `contracts.${name}`;
  switch (contract.kind) {
    case "uniswapV2":
    case "uniswapV3": {
      const tokens = contract.tokens ?? (await orMissing(reader, `${missing}.tokens`, (it) => it.pair(address)));
      const [one, other] = [addressKey(tokens[0]), addressKey(tokens[1])];
      const [first] = [await tokenOf(one), await tokenOf(other)];
      const { symbol } = await tokenOf(other);
      const usual = MONEY.test(first.symbol) && !MONEY.test(symbol) ? one : other;
      return {
        kind: contract.kind,
        address,
        tokens: [one, other],
        quote: quoteOf(name, contract, [one, other], usual),
      };
    }
    case "aaveV3":
      return { kind: "aaveV3", address };
    case "compoundV2": {
      const token =
        contract.token ??
        (await orMissing(reader, `${missing}.token`, (it) => it.underlying(address))) ??
        "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
      return { kind: "compoundV2", address, token: addressKey(token) };
    }
    case "morphoBlue": {
      const { id } = contract;
      const market =
        contract.token === undefined || contract.collateral === undefined
          ? await orMissing(reader, `${missing}.token and .collateral`, (it) => it.market(address, id))
          : { token: contract.token, collateral: contract.collateral };
      return {
        kind: "morphoBlue",
        address,
        id: id.toLowerCase() as `0x${string}`,
        token: addressKey(contract.token ?? market.token),
        collateral: addressKey(contract.collateral ?? market.collateral),
      };
    }
    case "chainlink": {
      const { asset } = contract;
      if (reader === undefined) return { kind: "chainlink", address, asset, decimals: contract.decimals ?? 8 };
      const { aggregator, decimals } = await reader.feed(address);
      return { kind: "chainlink", address: addressKey(aggregator), asset, decimals: contract.decimals ?? decimals };
    }
  }
}

function quoteOf(
  name: string,
  { quote }: { readonly quote?: Address },
  tokens: readonly [Address, Address],
  usual: Address,
): Address {
  if (quote === undefined) return usual;
  if (tokens.some((token) => isSameAddress(token, quote))) return addressKey(quote);
  throw new SiegeError("LOGS_INVALID", {
    message: `The quote of "${name}", ${quote}, is not one of its tokens.`,
    hint: `Use ${tokens.join(" or ")}.`,
  });
}

async function orMissing<T>(
  reader: ContractReader | undefined,
  what: string,
  read: (reader: ContractReader) => Promise<T>,
): Promise<T> {
  if (reader !== undefined) return read(reader);
  throw new SiegeError("LOGS_INVALID", {
    message: `The sources do not give ${what}, and logs from files do not say it.`,
    hint: "Add it: symbol and decimals of tokens, and the two tokens of a pool, first token0.",
  });
}
