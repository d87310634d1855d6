import type { Token } from "../protocols/token.js";
import type { ConditionInspectContext } from "./condition.js";

import { oneOf, SiegeError } from "../errors.js";

/** Decimals of native coin: wei. */
const NATIVE_DECIMALS = 18;

/** What amounts of an asset are counted in. */
export interface AssetUnit {
  readonly asset: string;
  readonly symbol: string;
  readonly decimals: number;
}

/**
 * What amounts of an asset are counted in: base units of its token, or wei if it is the chain's native coin and has no token.
 *
 * @param owner - whose option it is: `noBadDebt`
 * @param option - `collateral`
 * @throws SiegeError `UNKNOWN_ASSET`
 */
export function unitOf(
  owner: string,
  option: string,
  { assetTokens, assets, nativeAsset }: ConditionInspectContext,
  asset: string,
): AssetUnit {
  const token = tokenOf(assetTokens, asset);
  if (token !== undefined) return { asset, symbol: token.symbol, decimals: token.decimals };
  if (asset === nativeAsset) return { asset, symbol: asset, decimals: NATIVE_DECIMALS };
  if (!assets.includes(asset)) {
    throw new SiegeError("UNKNOWN_ASSET", {
      message: `${owner}: "${option}" is counted in "${asset}", which is no asset of the scenario.`,
      hint: oneOf(assets, `Add it: assets: { ${asset}: { price, token } }.`),
    });
  }
  throw new SiegeError("UNKNOWN_ASSET", {
    message: `${owner}: "${option}" is counted in "${asset}", an asset that has no token, so its decimals are not known.`,
    hint: `Give it a token: assets: { ${asset}: { price, token } }; or, if it is the chain's native coin, native: true.`,
  });
}

/**
 * The token of an asset that an account pays or gets in a simulated call, which native coin without a token cannot be.
 *
 * @throws SiegeError `UNKNOWN_ASSET`
 */
export function paidToken(owner: string, option: string, context: ConditionInspectContext, asset: string): Token {
  const token = tokenOf(context.assetTokens, asset);
  if (token !== undefined) return token;
  // says what is wrong with any other asset
  unitOf(owner, option, context, asset);
  throw new SiegeError("UNKNOWN_ASSET", {
    message: `${owner}: "${option}" is "${asset}", native coin without a token, which simulated calls do not send.`,
    hint: "Judge what is left owing instead: noBadDebt({ collateral, debt }); or let a checks contract say what must hold: invariants(checks).",
  });
}

function tokenOf(tokens: readonly Token[], asset: string): Token | undefined {
  return tokens.find((token) => token.asset === asset);
}
