import type { NumberQuote } from "../../quantity/quote.js";
import type { AssetDefinition } from "../scenario.js";

import { shown } from "../../options.js";
import { addressKey } from "../../quantity/address.js";
import { QUOTES } from "../../quantity/quote.js";

import { check, hasFunctions, isRecord, requireAddress, requireKeys, requireValue } from "./check.js";
import { requireName } from "./names.js";

const ASSET_KEYS = ["price", "quote", "token", "process", "native"] as const;
/** As high as a process may start: 2,000 % a year. */
const MOST_VOLATILITY = 20;
const EXAMPLE = "List what has a price by name: assets: { ETH: { price: 2000, token: WETH } }.";

/** The assets by name. */
export type Assets = ReadonlyMap<string, AssetDefinition>;

/** Checks the assets; no two may share a token. */
export function buildAssets(assets: unknown): Assets {
  requireValue("assets", assets, isRecord(assets), EXAMPLE);
  const built = new Map<string, AssetDefinition>();
  const assetOfToken = new Map<string, string>();
  for (const [name, candidate] of Object.entries(assets)) {
    requireName("assets", name);
    const asset = requireAsset(`assets.${name}`, candidate, assetOfToken);
    if (asset.token !== undefined) assetOfToken.set(addressKey(asset.token), name);
    // a level is a multiple of what is there at the start
    built.set(name, Object.freeze({ ...asset, ...(asset.quote === "level" ? { price: asset.price ?? 1 } : {}) }));
  }
  return built;
}

/** The chain's native coin: the asset marked as native, or else the one named `ETH`. */
export function nativeAssetOf(assets: Assets): string | undefined {
  const flagged = [...assets].filter(([, { native }]) => native === true).map(([name]) => name);
  check(flagged.length <= 1, {
    message: `The assets ${flagged.join(" and ")} are both native.`,
    hint: "A chain has one native coin: set native: true on only one of them.",
  });
  const ether = assets.get("ETH");
  // `native: false` says that the chain's coin is another one
  return flagged[0] ?? (ether === undefined || ether.native === false ? undefined : "ETH");
}

function requireAsset(path: string, asset: unknown, assetOfToken: ReadonlyMap<string, string>): AssetDefinition {
  requireValue(path, asset, isRecord(asset), EXAMPLE);
  requireKeys(path, asset, ASSET_KEYS);
  const { price, quote, token, process, native } = asset;
  requireValue(
    `${path}.price`,
    price,
    price === undefined || (typeof price === "number" && Number.isFinite(price) && price > 0),
    "It must be a finite number above 0, in US dollars per whole unit.",
  );
  requireValue(
    `${path}.quote`,
    quote,
    quote === undefined || QUOTES.some((one) => one === quote),
    'It must be "USD", the default, "volatility" or "level".',
  );
  if (quote === "volatility" || quote === "level") requireNumber(path, asset, quote);
  check(process === undefined || hasFunctions(process, "sample"), {
    message: `${path}.process is ${shown(process)}, which has no sample() function.`,
    hint: "Use gbm(...), shock(...) or path(...) of hardhat-siege/market, or an object { kind, sample }.",
  });
  requireValue(
    `${path}.native`,
    native,
    native === undefined || typeof native === "boolean",
    "It must be true or false.",
  );
  if (token !== undefined) {
    requireAddress(`${path}.token`, token);
    const other = assetOfToken.get(addressKey(token));
    check(other === undefined, {
      message: `${path}.token is ${token}, which is already the token of assets.${other ?? ""}.`,
      hint: "A token stands for one asset.",
    });
  }
  // every property has been checked above
  return asset;
}

/** A number is read and followed, not something to own. */
function requireNumber(path: string, asset: Readonly<Record<string, unknown>>, quote: NumberQuote): void {
  const { price, token, native } = asset;
  check(token === undefined && native !== true, {
    message: `${path} is a ${quote} and ${token === undefined ? "native" : "has a token"}.`,
    hint: `Nobody can own a ${quote}: leave out token and native, or quote: "${quote}".`,
  });
  if (quote === "level") return;
  requireValue(
    `${path}.price`,
    price,
    price === undefined || Number(price) <= MOST_VOLATILITY,
    "An annual volatility is at most 20: 0.8 is 80 % a year.",
  );
}
