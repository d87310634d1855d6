/** The lowest and the highest tick (TickMath.sol). */
export const MIN_TICK = -887_272;
export const MAX_TICK = 887_272;

/** The square roots of the prices at those ticks, as 64.96-bit fixed-point numbers (TickMath.sol). */
export const MIN_SQRT_RATIO = 4_295_128_739n;
export const MAX_SQRT_RATIO = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342n;

/** Fees are counted in hundredths of a basis point. */
const FEE_UNIT = 1_000_000n;

const Q96 = 2n ** 96n;
const MAX_UINT256 = 2n ** 256n - 1n;

/** 1.0001^(-2^i / 2) as 0.128-bit fixed-point numbers, for i from 0 (TickMath.sol). */
const FACTORS: readonly bigint[] = [
  0xfffcb933bd6fad37aa2d162d1a594001n,
  0xfff97272373d413259a46990580e213an,
  0xfff2e50f5f656932ef12357cf3c7fdccn,
  0xffe5caca7e10e4e61c3624eaa0941cd0n,
  0xffcb9843d60f6159c9db58835c926644n,
  0xff973b41fa98c081472e6896dfb254c0n,
  0xff2ea16466c96a3843ec78b326b52861n,
  0xfe5dee046a99a2a811c461f1969c3053n,
  0xfcbe86c7900a88aedcffc83b479aa3a4n,
  0xf987a7253ac413176f2b074cf7815e54n,
  0xf3392b0822b70005940c7a398e4b70f3n,
  0xe7159475a2c29b7443b29c7fa6e889d9n,
  0xd097f3bdfd2022b8845ad8f792aa5825n,
  0xa9f746462d870fdf8a65dc1f90e061e5n,
  0x70d869a156d2a1b890bb3df62baf32f7n,
  0x31be135f97d08fd981231505542fcfa6n,
  0x9aa508b5b7a84e1c677de54f3e99bc9n,
  0x5d6af8dedb81196699c329225ee604n,
  0x2216e584f5fa1ea926041bedfe98n,
  0x48a170391f7dc42444e8fa2n,
];

// a swap's walk through a pool needs the same few ticks again and again, and each takes up to 20 multiplications
const ratios = new Map<number, bigint>();

/**
 * The square root of the price at a tick, sqrt(1.0001^tick), as a 64.96-bit fixed-point number: `getSqrtRatioAtTick`
 * (TickMath.sol).
 *
 * @param tick - an integer from `MIN_TICK` to `MAX_TICK`
 */
export function sqrtRatioAtTick(tick: number): bigint {
  const known = ratios.get(tick);
  if (known !== undefined) return known;
  const steps = Math.abs(tick);
  let ratio = 2n ** 128n;
  for (const [bit, factor] of FACTORS.entries()) if ((steps & (1 << bit)) !== 0) ratio = (ratio * factor) >> 128n;
  if (tick > 0) ratio = MAX_UINT256 / ratio;
  const sqrtRatio = divideUp(ratio, 2n ** 32n);
  ratios.set(tick, sqrtRatio);
  return sqrtRatio;
}

/** The amount of token 0 between two prices (`getAmount0Delta`, SqrtPriceMath.sol). */
export function amount0Between(sqrtA: bigint, sqrtB: bigint, liquidity: bigint, rounding: "up" | "down"): bigint {
  const [low, high] = sqrtA < sqrtB ? [sqrtA, sqrtB] : [sqrtB, sqrtA];
  const product = liquidity * Q96 * (high - low);
  return rounding === "up" ? divideUp(divideUp(product, high), low) : product / high / low;
}

/** The amount of token 1 between two prices (`getAmount1Delta`, SqrtPriceMath.sol). */
export function amount1Between(sqrtA: bigint, sqrtB: bigint, liquidity: bigint, rounding: "up" | "down"): bigint {
  const product = liquidity * (sqrtA < sqrtB ? sqrtB - sqrtA : sqrtA - sqrtB);
  return rounding === "up" ? divideUp(product, Q96) : product / Q96;
}

/** The amounts of one swap step. */
interface SwapStep {
  /** The price afterwards. */
  readonly sqrtPrice: bigint;
  readonly amountIn: bigint;
  readonly amountOut: bigint;
  readonly fee: bigint;
}

/**
 * One step of a swap of an exact amount, at most to the price `target`, through constant liquidity: `computeSwapStep`
 * (SwapMath.sol). Its direction is from the price to the target.
 *
 * @param fee - in units of `FEE_UNIT`
 */
export function swapStep(
  sqrtPrice: bigint,
  target: bigint,
  { liquidity, remaining, fee }: { readonly liquidity: bigint; readonly remaining: bigint; readonly fee: bigint },
): SwapStep {
  const zeroForOne = sqrtPrice >= target;
  const amountBetween = zeroForOne ? amount0Between : amount1Between;
  const outBetween = zeroForOne ? amount1Between : amount0Between;
  const afterFee = (remaining * (FEE_UNIT - fee)) / FEE_UNIT;
  const toTarget = amountBetween(target, sqrtPrice, liquidity, "up");
  const next = afterFee >= toTarget ? target : nextSqrtPrice(sqrtPrice, liquidity, afterFee, zeroForOne);
  const amountIn = next === target ? toTarget : amountBetween(next, sqrtPrice, liquidity, "up");
  return {
    sqrtPrice: next,
    amountIn,
    amountOut: outBetween(next, sqrtPrice, liquidity, "down"),
    // short of the target, the amount left by rounding is fee, too
    fee: next === target ? divideUp(amountIn * fee, FEE_UNIT - fee) : remaining - amountIn,
  };
}

/** The price after an amount comes in (`getNextSqrtPriceFromInput`, SqrtPriceMath.sol). */
function nextSqrtPrice(sqrtPrice: bigint, liquidity: bigint, amountIn: bigint, zeroForOne: boolean): bigint {
  if (!zeroForOne) return sqrtPrice + (amountIn * Q96) / liquidity;
  if (amountIn === 0n) return sqrtPrice;
  const numerator = liquidity * Q96;
  const product = amountIn * sqrtPrice;
  // the contract uses the less precise of its two formulas where the other one overflows
  return product <= MAX_UINT256 && numerator + product <= MAX_UINT256
    ? divideUp(numerator * sqrtPrice, numerator + product)
    : divideUp(numerator, numerator / sqrtPrice + amountIn);
}

/**
 * The most liquidity that two amounts provide in a range: `getLiquidityForAmounts` (LiquidityAmounts.sol of v3-periphery).
 *
 * @param lower - the square root of the price at the range's lower end
 */
export function liquidityFor(
  sqrtPrice: bigint,
  [lower, upper]: readonly [bigint, bigint],
  [amount0, amount1]: readonly [bigint, bigint],
): bigint {
  const of0 = (from: bigint): bigint => (amount0 * ((from * upper) / Q96)) / (upper - from);
  const of1 = (to: bigint): bigint => (amount1 * Q96) / (to - lower);
  if (sqrtPrice <= lower) return of0(lower);
  if (sqrtPrice >= upper) return of1(upper);
  const [one, two] = [of0(sqrtPrice), of1(sqrtPrice)];
  return one < two ? one : two;
}

/**
 * What liquidity in a range pays out on withdrawal, base units of both tokens, without fees (`_modifyPosition`,
 * UniswapV3Pool.sol).
 */
export function amountsOf(
  sqrtPrice: bigint,
  [lower, upper]: readonly [bigint, bigint],
  liquidity: bigint,
): readonly [bigint, bigint] {
  const within = sqrtPrice < lower ? lower : sqrtPrice > upper ? upper : sqrtPrice;
  return [amount0Between(within, upper, liquidity, "down"), amount1Between(lower, within, liquidity, "down")];
}

/** The fee to repay on top of a flash loan (`flash`, UniswapV3Pool.sol). @param fee - in units of `FEE_UNIT` */
export function flashFee(amount: bigint, fee: bigint): bigint {
  return divideUp(amount * fee, FEE_UNIT);
}

/** The mean tick over a number of seconds, rounded down (`consult`, OracleLibrary.sol of v3-periphery). */
export function meanTick(before: bigint, now: bigint, seconds: number): number {
  const [change, time] = [now - before, BigInt(seconds)];
  const mean = change / time;
  return Number(change < 0n && change % time !== 0n ? mean - 1n : mean);
}

/** Base units of token 1 per base unit of token 0, from the square root of a price. */
export function priceOf(sqrtRatio: bigint): number {
  return (Number(sqrtRatio) / Number(Q96)) ** 2;
}

function divideUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}
