import type { Agent } from "../../agents/agent.js";
import type { Market } from "./market.js";

import { defineAgent } from "../../agents/agent.js";
import { arbitrageur } from "../../agents/arbitrageur.js";
import { attacker } from "../../agents/attacker.js";
import { liquidator } from "../../agents/liquidator.js";
import { lendingMarket } from "../../protocols/roles/lending-market.js";
import { venue } from "../../protocols/roles/venue.js";

import { capitalOf, namesOf } from "./market.js";

/**
 * A well-funded account that exploits whatever happens, with everything that the target and the protocols offer to the
 * public, and neither trades nor donates: moving prices is left to other presets.
 */
export function opportunist(market: Market): Agent {
  const agent = attacker({
    capital: capitalOf(market),
    except: [...namesOf(market, venue).map((name) => `${name}.*`), "*.transfer"],
  });
  return lenient(agent);
}

/** Arbitrageurs that close price gaps between pools and the market, if there are pools. */
export function arbitrageurs(market: Market): readonly Agent[] {
  return namesOf(market, venue).length === 0 ? [] : [honest(arbitrageur({ capital: capitalOf(market) }))];
}

/** Liquidators of profitable positions, if there are lending markets and venues to sell on. */
export function liquidatorsIn(market: Market): readonly Agent[] {
  if (namesOf(market, lendingMarket).length === 0 || namesOf(market, venue).length === 0) return [];
  return [honest(liquidator({ capital: capitalOf(market) }))];
}

/** Lets an agent's patterns name what a market may not have. */
export function lenient(agent: Agent): Agent {
  return agent.moves === undefined ? agent : defineAgent({ ...agent, moves: { ...agent.moves, lenient: true } });
}

/** Makes an agent part of the world: it keeps reacting while a reproduction is minimised. */
export function honest(agent: Agent): Agent {
  return defineAgent({ ...agent, honest: true });
}
