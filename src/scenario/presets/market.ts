import type { Process } from "../../market/processes/process.js";
import type { Role } from "../../protocols/roles/role.js";
import type { AssetDefinition, ScenarioDefinition } from "../scenario.js";

import { oneOf, SiegeError } from "../../errors.js";
import { chainlink } from "../../oracles/chainlink/chainlink.js";
import { aaveV3 } from "../../protocols/aave-v3/aave-v3.js";
import { isPlaying } from "../../protocols/roles/role.js";
import { uniswapV2 } from "../../protocols/uniswap-v2/uniswap-v2.js";

/** Where a siege takes place: the assets, where they are traded and lent, and the oracles that price them. */
export interface Market extends Pick<ScenarioDefinition, "assets" | "protocols" | "oracles" | "accounts"> {
  /** The holdings of a well-funded account, whole tokens by asset. Default: 1,000 of every asset that has a token. */
  readonly capital?: Readonly<Record<string, number>>;
}

/**
 * Ethereum mainnet: ether and USDC, their pair on Uniswap V2, Aave V3 and the Chainlink feed. The addresses are those of
 * https://docs.uniswap.org, https://aave.com/docs and https://data.chain.link.
 */
export const ethereum: Market = Object.freeze<Market>({
  assets: {
    ETH: { token: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2" },
    USDC: { token: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", price: 1 },
  },
  protocols: {
    pool: uniswapV2("0xB4e16d0168e52d35CaCD2c6185b44281Ec28C9Dc"),
    aave: aaveV3("0x2f39d218133AFaB8F2B819B1066c7E434Ad94E9e"),
  },
  oracles: [chainlink("0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419", { asset: "ETH" })],
  capital: { ETH: 500, USDC: 1_000_000 },
});

/** The market with another process for one asset. @throws SiegeError `UNKNOWN_ASSET` */
export function withProcess(market: Market, asset: string, process: Process): Market {
  return { ...market, assets: { ...market.assets, [asset]: { ...assetOf(market, asset), process } } };
}

/** @throws SiegeError `UNKNOWN_ASSET` */
export function assetOf({ assets }: Market, asset: string): AssetDefinition {
  const definition = assets[asset];
  if (definition !== undefined) return definition;
  throw new SiegeError("UNKNOWN_ASSET", {
    message: `The market has no asset "${asset}".`,
    hint: oneOf(Object.keys(assets), "Add it: market: { assets: { ETH: { price: 2000, token } } }."),
  });
}

/** The holdings of a well-funded account. */
export function capitalOf({ assets, capital }: Market): Readonly<Record<string, number>> {
  return (
    capital ??
    Object.fromEntries(
      Object.entries(assets).flatMap(([name, { token }]) => (token === undefined ? [] : [[name, 1_000]])),
    )
  );
}

/** The names of the protocols that play a role. */
export function namesOf({ protocols = {} }: Market, role: Role<unknown>): readonly string[] {
  return Object.entries(protocols).flatMap(([name, { definition }]) =>
    isPlaying(definition.roles, role) ? [name] : [],
  );
}

/** The first asset that is meant to be worth a dollar, if there is one. */
export function dollarAsset({ assets }: Market): string | undefined {
  return Object.entries(assets).find(([, { price, quote }]) => price === 1 && isPrice(quote))?.[0];
}

function isPrice(quote: AssetDefinition["quote"]): boolean {
  return quote === undefined || quote === "USD";
}

/** The first volatility, if there is one. */
export function volatilityAsset({ assets }: Market): string | undefined {
  return Object.entries(assets).find(([, { quote }]) => quote === "volatility")?.[0];
}

/** The asset that a preset affects by default: the first that is not worth a dollar. */
export function mainAsset({ assets }: Market): string {
  const [first = ""] = Object.keys(assets);
  return Object.entries(assets).find(([, { price, quote }]) => price !== 1 && isPrice(quote))?.[0] ?? first;
}
