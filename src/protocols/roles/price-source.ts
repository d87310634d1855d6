import type { ChainNumber } from "../on-chain.js";
import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/** A price as numbers that the chain tells: `number / 10^decimals`, over the same of `per` if there is one. */
export interface PriceOnChain {
  readonly number: ChainNumber;
  readonly decimals: number;
  /** Whether zero is no price. Default false. */
  readonly isNoneAtZero?: boolean;
  readonly per?: { readonly number: ChainNumber; readonly decimals: number };
}

/**
 * A price that contracts read, whatever its source: a pool's spot price, a TWAP, the value of a share. It can be compared
 * with the fair price.
 */
export interface PriceSource {
  /** The scenario's asset that it prices. */
  readonly asset: string;
  /** US dollars per whole unit; `undefined` while it reverts. */
  readonly price: number | undefined;
  /** The same as numbers that the chain tells, for exports to other test frameworks. Default: it cannot be said so. */
  readonly onChain?: PriceOnChain;
}

/** The role of a price that contracts read, right or wrong. */
export const priceSource: Role<PriceSource> = defineRole<PriceSource>("price source", {
  example: "{ spot: spotPrice(pair, { asset }) }",
});
