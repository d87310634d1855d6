/** Ratios have six decimals. */
const RATIO = 1_000_000n;

const UNIT = 10n ** 18n;
const Q96 = 2 ** 96;

/** A position worth no more than this is liquidated as a whole: 100 US dollars (AccountBalance.sol). */
const SMALL = 100n * UNIT;

/** The inputs of a liquidation; 18 decimals each. */
export interface LiquidationState {
  /** Below 0: bad debt. */
  readonly accountValue: bigint;
  /** Sum of the absolute values of the account's positions in all markets. */
  readonly absPositionValue: bigint;
  /** The position in this market; above 0 long, below 0 short. */
  readonly size: bigint;
  readonly markPrice: bigint;
}

/** A fraction of a value, rounded towards zero (PerpMath.sol). @param ratio - six decimals */
function mulRatio(value: bigint, ratio: number): bigint {
  return (value * BigInt(ratio)) / RATIO;
}

/** Whether an account can be liquidated: `_isLiquidatable` (ClearingHouse.sol). @param mmRatio - six decimals */
export function isLiquidatable(
  { accountValue, absPositionValue }: Pick<LiquidationState, "accountValue" | "absPositionValue">,
  mmRatio: number,
): boolean {
  return accountValue < mulRatio(absPositionValue, mmRatio);
}

/**
 * How much of a position one liquidation may take over, with the position's sign: `getLiquidatablePositionSize`
 * (AccountBalance.sol). One half of the account's absolute position value; everything at half the maintenance margin or less.
 *
 * @param mmRatio - six decimals
 */
export function liquidatableSize(state: LiquidationState, mmRatio: number): bigint {
  const { accountValue, absPositionValue, size, markPrice } = state;
  if (size === 0n || !isLiquidatable(state, mmRatio)) return 0n;
  const value = abs(size * markPrice) / UNIT;
  if (value <= SMALL || accountValue < mulRatio(absPositionValue, mmRatio) / 2n) return size;
  const ratio = (absPositionValue * RATIO) / (value * 2n);
  return ratio >= RATIO ? size : (size * ratio) / RATIO;
}

/** The cost of a liquidation to the trader, and the liquidator's part of it; US dollars with 18 decimals. */
interface LiquidationFees {
  readonly penalty: bigint;
  readonly reward: bigint;
}

/**
 * The fees of taking over `size`: half of the penalty goes to the insurance fund, unless there is already bad debt
 * (`_liquidate`, ClearingHouse.sol).
 *
 * @param penaltyRatio - six decimals
 */
export function liquidationFees(size: bigint, state: LiquidationState, penaltyRatio: number): LiquidationFees {
  const penalty = mulRatio(abs(size * state.markPrice) / UNIT, penaltyRatio);
  return { penalty, reward: state.accountValue < 0n ? penalty : penalty / 2n };
}

/** The pool on which positions are opened and closed. */
export interface PoolState {
  readonly sqrtPriceX96: bigint;
  /** Of the range that contains the price. */
  readonly liquidity: bigint;
}

/** Quote per base, both with 18 decimals. */
export function tradePrice({ sqrtPriceX96 }: PoolState): number {
  return (Number(sqrtPriceX96) / Q96) ** 2;
}

/** A price as Uniswap V3 stores it: its square root, with 96 fractional bits. */
export function sqrtPriceX96Of(price: number): bigint {
  return BigInt(Math.floor(Math.sqrt(price) * Q96));
}

/**
 * The proceeds (above 0) or cost (below 0) of closing a position, US dollars, fee included: x·y = k within the range that
 * contains the price (Uniswap v3 white paper, 6.14 to 6.16), the exchange's own fee instead of the pool's (SwapMath.sol).
 *
 * @param size - whole units; above 0 long, below 0 short
 * @param feeRatio - six decimals
 * @returns `-Infinity` where the range's liquidity is insufficient
 */
export function closingProceeds(size: number, pool: PoolState, feeRatio: number): number {
  const liquidity = Number(pool.liquidity) / Number(UNIT);
  const root = Number(pool.sqrtPriceX96) / Q96;
  const inverse = 1 / root + size / liquidity;
  if (inverse <= 0 || !Number.isFinite(inverse)) return -Infinity;
  const quote = liquidity * (root - 1 / inverse);
  const fee = feeRatio / Number(RATIO);
  return size >= 0 ? quote * (1 - fee) : quote / (1 - fee);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
