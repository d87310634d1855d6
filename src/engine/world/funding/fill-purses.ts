import type { Chain } from "../../chain/chain.js";
import type { BoundCondition } from "../bind-condition.js";
import type { TokenBalances } from "./token-balances.js";

/**
 * Gives conditions the money that their simulated calls need. It stands for money from outside, which no transaction of a run
 * can touch: the token's supply stays as it is.
 *
 * @throws SiegeError `UNFUNDABLE_TOKEN`
 */
export async function fillPurses(
  chain: Chain,
  tokenBalances: TokenBalances,
  conditions: readonly BoundCondition[],
): Promise<void> {
  for (const { account, token, amount } of conditions.flatMap(({ purses }) => purses)) {
    await tokenBalances.set(chain, token, account, amount);
  }
}
