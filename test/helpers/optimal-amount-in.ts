/**
 * The closed form that searches of the best amount are held against: how much to sell to a Uniswap V2 pool so that the
 * last unit is sold at a given price, fee included, which is the trade of highest profit for anyone who can buy at that price
 * elsewhere (Angeris et al., *An Analysis of Uniswap Markets*, 2019).
 *
 * Profit `out(x) - x · p` is concave in x; its derivative is 0 at `√(γ Rin Rout / p) = Rin + γ x`.
 *
 * @param price - what one base unit of the token that goes in is worth, in base units of the other; above 0
 * @returns base units; 0 where no trade is profitable
 */
export function optimalAmountIn(reserveIn: bigint, reserveOut: bigint, price: number): bigint {
  // 0.3 % of what goes in
  const fee = 0.997;
  const amount = (Math.sqrt((fee * Number(reserveIn) * Number(reserveOut)) / price) - Number(reserveIn)) / fee;
  return Number.isFinite(amount) && amount > 0 ? BigInt(Math.floor(amount)) : 0n;
}
