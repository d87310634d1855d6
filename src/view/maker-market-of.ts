import type { MakerMarket } from "../protocols/roles/maker-market.js";
import type { Role } from "../protocols/roles/role.js";
import type { View } from "./view.js";

import { liquidityPool } from "../protocols/roles/liquidity-pool.js";
import { makerMarket, quotedPool } from "../protocols/roles/maker-market.js";

import { playerOf } from "./role-players.js";

/**
 * The market that a market maker quotes on: a protocol that plays the role, or a pool with fungible liquidity.
 *
 * @param name - its name in the scenario; default: the only one
 * @throws SiegeError `UNKNOWN_PROTOCOL` with the names that exist; also if there are several and none was named
 */
export function makerMarketOf(view: Pick<View, "all">, name?: string): MakerMarket {
  const pools = [...view.all(liquidityPool)].map(([key, pool]) => [key, quotedPool(pool)] as const);
  const markets = new Map<string, MakerMarket>([...pools, ...view.all(makerMarket)]);
  // only ever asked for this role
  const all = <T>(_role: Role<T>) => markets as ReadonlyMap<string, unknown> as ReadonlyMap<string, T>;
  return playerOf({ all }, makerMarket, name);
}
