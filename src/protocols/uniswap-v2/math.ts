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
