import type { Address, Hex } from "viem";

import type { LiquidatedIn } from "../liquidation.js";
import type { CompoundV2Facts } from "./inspect.js";
import type { CompoundV2View } from "./view.js";

import { toEventSelector } from "viem";

import { isSameAddress } from "../../quantity/address.js";
import { argumentsOf } from "../liquidation.js";

import { liquidateBorrowAbi } from "./abi.js";
import { underlyingOf } from "./math.js";

const TOPIC: Hex = toEventSelector(liquidateBorrowAbi[0]);

/** The cTokens of a liquidation, the protocol's share included, as what they are a claim on. */
export function compoundV2Liquidated({ markets }: CompoundV2Facts): LiquidatedIn<CompoundV2View> {
  return (log, view) => {
    // the market of the debt emits it
    if (!markets.some(({ cToken }) => isSameAddress(cToken.address, log.address))) return undefined;
    const found = argumentsOf(liquidateBorrowAbi, TOPIC, log);
    const seized = found?.cTokenCollateral as Address | undefined;
    const market = markets.find(({ cToken }) => isSameAddress(cToken.address, seized));
    if (market === undefined) return undefined;
    const rate = view.market(market.cToken.address)?.exchangeRate ?? 0n;
    return { token: market.underlying, amount: underlyingOf(found?.seizeTokens as bigint, rate) };
  };
}
