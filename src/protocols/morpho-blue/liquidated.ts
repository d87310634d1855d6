import type { Hex } from "viem";

import type { LiquidatedIn } from "../liquidation.js";
import type { MorphoBlueFacts } from "./inspect.js";

import { toEventSelector } from "viem";

import { isSameAddress } from "../../quantity/address.js";
import { argumentsOf } from "../liquidation.js";

import { liquidateAbi } from "./abi.js";

const TOPIC: Hex = toEventSelector(liquidateAbi[0]);

/** The collateral of a liquidation in this market; the singleton has others. */
export function morphoBlueLiquidated({ morpho, id, collateral }: MorphoBlueFacts): LiquidatedIn<unknown> {
  return (log) => {
    const found = isSameAddress(log.address, morpho) ? argumentsOf(liquidateAbi, TOPIC, log) : undefined;
    return found?.id === id ? { token: collateral, amount: found.seizedAssets as bigint } : undefined;
  };
}
