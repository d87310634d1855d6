import type { Random } from "../../market/random.js";
import type { FlowEstimate } from "../flow-estimate.js";
import type { Trade } from "../trades.js";
import type { PriceSeries } from "./reference.js";

import { blockBootstrapped } from "./block-bootstrap.js";

/**
 * Loss versus rebalancing: by how much a pool fell behind a portfolio that made the same trades at the reference prices, before fees (Milionis,
 * Moallemi, Roughgarden and Zhang, *Automated Market Making and Loss-Versus-Rebalancing*, 2022). A pool that moves its price from p to q trades at √(pq) on
 * average, exactly where its liquidity is the same in between. With the pool's own prices as reference, every trade counts as an arbitrage that
 * leaves the right price behind: an upper bound.
 *
 * @returns quote tokens in all; `undefined` if no trade has both prices
 */
export function lossVersusRebalancing(
  trades: readonly Trade[],
  prices: PriceSeries,
  random: Random,
): FlowEstimate | undefined {
  const losses = trades.flatMap(({ time, side, base, before, after }) => {
    const price = prices.independent ? prices.at(time) : after;
    if (before === undefined || after === undefined || price === undefined) return [];
    return [side * base * (price - Math.sqrt(before * after))];
  });
  if (losses.length === 0) return undefined;
  return blockBootstrapped(losses, (sample) => sample.reduce((sum, loss) => sum + loss, 0), random);
}

/**
 * The rate of loss versus rebalancing of a constant-product pool whose price is kept right by arbitrageurs: σ²/8 of its value (Milionis et al. 2022,
 * example 3).
 *
 * @param volatility - of log prices over some time: 0.05 for 5 % a day
 * @returns the share of the pool's value that it loses in that time
 */
export function constantProductLoss(volatility: number): number {
  return volatility ** 2 / 8;
}
