import type { EthereumProvider } from "hardhat/types/providers";
import type { Abi, AbiFunction, Address, Hex } from "viem";

import type { FirstAsset } from "./scenario-text.js";

import { decodeFunctionResult, encodeFunctionData, parseAbi } from "viem";

import { functionsOf, isView } from "../../target/functions.js";

import { priceOf } from "./scenario-text.js";

/** The most views that are asked for addresses. */
const VIEWS = 40;

/** The most tokens that become assets. */
const TOKENS = 4;

const tokenAbi = parseAbi([
  "function symbol() view returns (string)",
  "function decimals() view returns (uint8)",
  "function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)",
]);

/** What a contract on the chain deals in: the tokens that its views name, and the feed that it reads. */
export async function assetsOnChain(
  { address, abi }: { readonly address: Address; readonly abi: Abi },
  provider: Pick<EthereumProvider, "request">,
): Promise<readonly FirstAsset[]> {
  const assets: FirstAsset[] = [];
  const feeds: Address[] = [];
  for (const other of await addressesNamedBy(address, abi, provider)) {
    const symbol = await ask(provider, other, tokenAbi, "symbol");
    const decimals = await ask(provider, other, tokenAbi, "decimals");
    const round = await ask(provider, other, tokenAbi, "latestRoundData");
    if (round !== undefined) feeds.push(other);
    else if (typeof symbol === "string" && decimals !== undefined && assets.length < TOKENS) {
      const name = plainSymbol(symbol, assets);
      assets.push({ symbol: name, token: JSON.stringify(other), price: priceOf(name.toUpperCase()) });
    }
  }
  const [feed, ...others] = feeds;
  const volatile = assets.filter(({ price }) => price !== 1);
  const priced = volatile.length === 1 ? volatile[0] : assets.length === 1 ? assets[0] : undefined;
  // which feed is of which token, the author knows
  if (feed === undefined || others.length > 0 || priced === undefined) return assets;
  return assets.map((asset) => {
    if (asset !== priced) return asset;
    const { price: _price, ...rest } = asset;
    return { ...rest, feed: JSON.stringify(feed) };
  });
}

/** Each once, in the order of the ABI. */
async function addressesNamedBy(
  address: Address,
  abi: Abi,
  provider: Pick<EthereumProvider, "request">,
): Promise<readonly Address[]> {
  const views = functionsOf(abi).filter(returnsAddress).slice(0, VIEWS);
  const found = new Map<string, Address>();
  for (const view of views) {
    const other = await ask(provider, address, [view], view.name);
    if (typeof other === "string" && other.startsWith("0x")) found.set(other.toLowerCase(), other as Address);
  }
  found.delete(address.toLowerCase());
  return [...found.values()];
}

function returnsAddress(item: AbiFunction): boolean {
  return isView(item) && item.inputs.length === 0 && item.outputs.length === 1 && item.outputs[0]?.type === "address";
}

/** What a view says; `undefined` if it reverts, or if there is no such function. */
async function ask(
  provider: Pick<EthereumProvider, "request">,
  to: Address,
  abi: Abi,
  functionName: string,
): Promise<unknown> {
  try {
    const call = { to, data: encodeFunctionData({ abi, functionName }) };
    const data = (await provider.request({ method: "eth_call", params: [call, "latest"] })) as Hex;
    return data === "0x" ? undefined : decodeFunctionResult({ abi, functionName, data });
  } catch {
    return undefined;
  }
}

/** A symbol as a key of an object; anybody may write anything into a token. */
function plainSymbol(symbol: string, known: readonly FirstAsset[]): string {
  const plain = symbol.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 12);
  const base = /^[A-Za-z]/.test(plain) ? plain : `TOKEN${plain}`;
  return known.some((one) => one.symbol === base) ? `${base}${known.length + 1}` : base;
}
