import type { Address, Hex } from "viem";

import type { LiquidatedIn } from "../liquidation.js";
import type { AaveV3Facts } from "./inspect.js";

import { toEventSelector } from "viem";

import { isSameAddress } from "../../quantity/address.js";
import { argumentsOf } from "../liquidation.js";

import { liquidationCallAbi } from "./abi.js";

const TOPIC: Hex = toEventSelector(liquidationCallAbi[0]);

/** Digits of the share that a liquidator receives. */
const SHARE = 1_000_000_000_000n;

/** The collateral of a liquidation, the liquidator's bonus and the protocol's fee included. */
export function aaveV3Liquidated({ pool, reserves }: AaveV3Facts): LiquidatedIn<unknown> {
  return (log) => {
    const found = isSameAddress(log.address, pool) ? argumentsOf(liquidationCallAbi, TOPIC, log) : undefined;
    const reserve = reserves.find(({ token: { address } }) =>
      isSameAddress(address, found?.collateralAsset as Address | undefined),
    );
    if (reserve === undefined) return undefined;
    const { token, liquidationBonus, liquidationProtocolFee } = reserve;
    // the event is about what the liquidator receives: all but the fee, which is a part of the bonus
    const fee = (liquidationBonus / (1 + liquidationBonus)) * liquidationProtocolFee;
    const received = BigInt(Math.round((1 - fee) * Number(SHARE)));
    return { token, amount: ((found?.liquidatedCollateralAmount as bigint) * SHARE) / received };
  };
}
