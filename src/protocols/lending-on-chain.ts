import type { Address } from "viem";

import type { ChainTerm } from "./on-chain.js";
import type { HoldingOnChain, LendingMarket } from "./roles/lending-market.js";

import { parseUnits } from "viem";

/**
 * What an account owes in a lending market, without what it has supplied, as terms in dollars of 18 decimals: above zero it is bad debt.
 *
 * @param price - US dollars of a whole unit of an asset
 * @returns `undefined` if the market's numbers are worked out
 */
export function owedOnChain(
  market: Pick<LendingMarket, "onChain">,
  account: Address,
  price: (asset: string) => number,
): readonly ChainTerm[] | undefined {
  const told = market.onChain?.(account);
  if (told === undefined) return undefined;
  const terms = (what: string, holdings: readonly HoldingOnChain[], sign: 1n | -1n): readonly ChainTerm[] =>
    holdings.flatMap(({ token: { asset, symbol, decimals }, number }) =>
      asset === undefined
        ? []
        : [
            {
              what: `${symbol} ${what}`,
              number,
              times: sign * parseUnits(price(asset).toFixed(18), 18),
              over: 10n ** BigInt(decimals),
            },
          ],
    );
  return [...terms("owed", told.owed, 1n), ...terms("supplied", told.supplied, -1n)];
}
