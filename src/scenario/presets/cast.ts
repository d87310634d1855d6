import type { Agent } from "../../agents/agent.js";
import type { Market } from "./market.js";

import { arbitrageur } from "../../agents/arbitrageur.js";
import { attacker } from "../../agents/attacker.js";

import { capitalOf } from "./market.js";

/** Somebody who looks for a flaw, with a lot of money. */
export function richAttacker(market: Market): Agent {
  return attacker({ capital: capitalOf(market) });
}

/** Who closes gaps between pools and the market, where there are pools. */
export function arbitrageurs(market: Market): readonly Agent[] {
  const trades = Object.values(market.protocols ?? {}).some(({ definition }) => definition.roles?.venue !== undefined);
  return trades ? [arbitrageur({ capital: capitalOf(market) })] : [];
}
