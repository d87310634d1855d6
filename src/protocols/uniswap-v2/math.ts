/** The fee of a Uniswap V2 pool: 0.3 % of the input. */
const FEE_NUMERATOR = 997n;
const FEE_DENOMINATOR = 1000n;

/**
 * What a swap pays out, to the wei: `getAmountOut` of Uniswap V2's library (v2-periphery, UniswapV2Library.sol).
 *
 * @param amountIn - base units of the input token
 * @param reserveIn - the pool's reserve of it, base units
 * @param reserveOut - the pool's reserve of the other token, base units
 */
export function amountOut(amountIn: bigint, reserveIn: bigint, reserveOut: bigint): bigint {
  if (amountIn <= 0n || reserveIn <= 0n || reserveOut <= 0n) return 0n;
  const withFee = amountIn * FEE_NUMERATOR;
  return (withFee * reserveOut) / (reserveIn * FEE_DENOMINATOR + withFee);
}

/**
 * How much to sell to a pool so that the last unit sells at a given price, fee included: the most profitable trade
 * for an account that can buy at that price elsewhere (Angeris et al., *An Analysis of Uniswap Markets*, 2019).
 *
 * Profit `out(x) - x · p` is concave in x; its derivative is 0 at `√(γ Rin Rout / p) = Rin + γ x`.
 *
 * @param price - the value of one base unit of the input token, in base units of the other; above 0
 * @returns base units; 0 where no trade is profitable
 */
export function optimalAmountIn(reserveIn: bigint, reserveOut: bigint, price: number): bigint {
  const fee = Number(FEE_NUMERATOR) / Number(FEE_DENOMINATOR);
  const amount = (Math.sqrt((fee * Number(reserveIn) * Number(reserveOut)) / price) - Number(reserveIn)) / fee;
  return Number.isFinite(amount) && amount > 0 ? BigInt(Math.floor(amount)) : 0n;
}
