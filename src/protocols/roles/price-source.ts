import type { Role } from "./role.js";

import { defineRole } from "./role.js";

/**
 * A price that contracts read, whatever its source: a pool's spot price, a TWAP, the value of a share. It can be compared
 * with the fair price.
 */
export interface PriceSource {
  /** The scenario's asset that it prices. */
  readonly asset: string;
  /** US dollars per whole unit; `undefined` while it reverts. */
  readonly price: number | undefined;
}

/** The role of a price that contracts read, right or wrong. */
export const priceSource: Role<PriceSource> = defineRole<PriceSource>("price source", {
  example: "{ spot: spotPrice(pair, { asset }) }",
});
