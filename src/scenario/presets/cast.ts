import type { Agent } from "../../agents/agent.js";
import type { Market } from "./market.js";

import { defineAgent } from "../../agents/agent.js";
import { arbitrageur } from "../../agents/arbitrageur.js";
import { attacker } from "../../agents/attacker.js";
import { liquidator } from "../../agents/liquidator.js";

import { capitalOf, lendingMarketsIn, venuesIn } from "./market.js";

/**
 * Somebody with a lot of money who makes the most of what happens, with everything that the target and the protocols offer to
 * everybody, and neither trades nor gives presents: who moves prices is what other presets are about.
 */
export function opportunist(market: Market): Agent {
  return attacker({
    capital: capitalOf(market),
    except: [...venuesIn(market).map((venue) => `${venue}.*`), "*.transfer"],
  });
}

/** Who closes gaps between pools and the market, where there are pools. */
export function arbitrageurs(market: Market): readonly Agent[] {
  return venuesIn(market).length === 0 ? [] : [honest(arbitrageur({ capital: capitalOf(market) }))];
}

/** Who liquidates what pays, where there are lending markets and somewhere to sell. */
export function liquidatorsIn(market: Market): readonly Agent[] {
  if (lendingMarketsIn(market).length === 0 || venuesIn(market).length === 0) return [];
  return [honest(liquidator({ capital: capitalOf(market) }))];
}

/** As a part of the world: it goes on reacting while a reproduction gets smaller. */
export function honest(agent: Agent): Agent {
  return defineAgent({ ...agent, honest: true });
}
