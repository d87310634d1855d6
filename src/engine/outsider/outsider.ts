import type { Address } from "viem";

import type { Token } from "../../protocols/token.js";
import type { World } from "../world/world.js";

import { parseEther, parseUnits } from "viem";

import { SiegeError } from "../../errors.js";
import { agentAddress } from "../../view/accounts.js";
import { startView } from "../run/views.js";
import { worth } from "../world/observed-view.js";

/** Its name in traces, which no agent can have. */
export const OUTSIDER = "an outsider, who holds none of it";

export const OUTSIDER_ADDRESS: Address = agentAddress(OUTSIDER);

/** Native coin of the outsider, wei. */
const NATIVE = parseEther("1000000");

/** How much of each asset it has, as a multiple of what all agents together own: nobody can put more on the table. */
const RICHER = 4;

/** Accounts among which the outsider is found by its name, and not listed: no condition, agent or protocol knows of it. */
class AccountsWithOutsider extends Map<string, Address> {
  override get(name: string): Address | undefined {
    return name === OUTSIDER ? OUTSIDER_ADDRESS : super.get(name);
  }
}

/** The world with one more account: somebody who watches, and takes what an agent leaves to whoever comes first. */
export function withOutsider(world: World): World {
  return { ...world, frame: { ...world.frame, accounts: new AccountsWithOutsider(world.frame.accounts) } };
}

/** Gives the outsider its money, in storage: no block is mined for it. A token that cannot be handed out is left out. */
export async function fundOutsider({ chain, tokens, tokenBalances }: World, purse: Purse): Promise<void> {
  await chain.setBalance(OUTSIDER_ADDRESS, purse.native);
  for (const token of tokens.all()) {
    const amount = purse.of(token);
    if (amount === 0n) continue;
    try {
      await tokenBalances.set(chain, token, OUTSIDER_ADDRESS, amount);
    } catch (error) {
      if (!SiegeError.isSiegeError(error) || error.code !== "UNFUNDABLE_TOKEN") throw error;
    }
  }
}

/** What the outsider has at the start, base units. */
export interface Purse {
  readonly native: bigint;
  readonly of: (token: Pick<Token, "asset" | "decimals">) => bigint;
}

/** The purse that a scenario's agents make necessary. */
export function purseIn(world: World): Purse {
  const view = startView(world);
  const { agents } = world.scenario;
  const dollars = [...agents.keys()].reduce((sum, name) => {
    const account = world.frame.accounts.get(name);
    return account === undefined ? sum : sum + worth(world.frame, view, account, (asset) => view.price(asset));
  }, 0);
  return {
    native: NATIVE,
    of: ({ asset, decimals }) => {
      const price = asset === undefined ? 0 : view.price(asset);
      const units = price > 0 ? (RICHER * dollars) / price : 0;
      return Number.isFinite(units) ? parseUnits(units.toFixed(Math.min(decimals, 6)), decimals) : 0n;
    },
  };
}
