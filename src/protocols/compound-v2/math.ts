/** Compound stores fractions as integers with 18 decimals, which it calls mantissas. */
export const MANTISSA: bigint = 10n ** 18n;

/** The inputs of a liquidation. */
interface SeizureTerms {
  /** The liquidation incentive, repayment included, 18 decimals: 1.08e18 for 8 %. */
  readonly incentive: bigint;
  /** The oracle's prices, as it returns them. */
  readonly borrowedPrice: bigint;
  readonly collateralPrice: bigint;
  /** Of the market whose collateral is seized, after interest. */
  readonly exchangeRate: bigint;
  /** The protocol's share of the seized amount, 18 decimals; 0 in the first versions. */
  readonly protocolShare: bigint;
}

/** The amounts a liquidation moves. */
export interface SeizedAmounts {
  /** Base units of the debt token: less than offered where the collateral is insufficient. */
  readonly paid: bigint;
  /** Base units of the cToken seized from the borrower. */
  readonly seized: bigint;
  /** The part of them that the liquidator receives. */
  readonly received: bigint;
}

/**
 * The amounts moved by a liquidation, to the base unit: `liquidateCalculateSeizeTokens` (compound-protocol, Comptroller.sol since
 * ExponentialNoError.sol, which rounds each step down). Compound rejects one that would seize more than there is; here it is
 * reduced.
 *
 * @param cTokens - the borrower's
 * @returns `undefined` where a price or the exchange rate is 0
 */
export function seizedAmounts(repay: bigint, cTokens: bigint, terms: SeizureTerms): SeizedAmounts | undefined {
  const ratio = seizeRatio(terms);
  if (ratio === undefined) return undefined;
  // the largest amount for which (ratio · amount) / 1e18, rounded down, does not exceed what there is
  const most = ratio === 0n ? repay : ((cTokens + 1n) * MANTISSA - 1n) / ratio;
  const paid = repay < most ? repay : most;
  const seized = (ratio * paid) / MANTISSA;
  return { paid, seized, received: seized - (seized * terms.protocolShare) / MANTISSA };
}

function seizeRatio(terms: Omit<SeizureTerms, "protocolShare">): bigint | undefined {
  const { incentive, borrowedPrice, collateralPrice, exchangeRate } = terms;
  const denominator = (collateralPrice * exchangeRate) / MANTISSA;
  if (borrowedPrice === 0n || denominator === 0n) return undefined;
  return (((incentive * borrowedPrice) / MANTISSA) * MANTISSA) / denominator;
}

/** The inputs of a market's interest. */
interface MarketBooks {
  readonly cash: bigint;
  readonly totalBorrows: bigint;
  readonly totalReserves: bigint;
  /** Base units of the cToken. */
  readonly totalSupply: bigint;
  readonly exchangeRate: bigint;
  /** With 18 decimals. */
  readonly borrowRatePerBlock: bigint;
  readonly reserveFactor: bigint;
}

/**
 * The exchange rate one block later, if the market is not used until then: `accrueInterest` and `exchangeRateStored`
 * (compound-protocol, CToken.sol).
 */
export function nextExchangeRate(books: MarketBooks): bigint {
  const { cash, totalBorrows, totalReserves, totalSupply, exchangeRate } = books;
  if (totalSupply === 0n) return exchangeRate;
  const interest = (books.borrowRatePerBlock * totalBorrows) / MANTISSA;
  const reserved = (books.reserveFactor * interest) / MANTISSA;
  return ((cash + totalBorrows + interest - totalReserves - reserved) * MANTISSA) / totalSupply;
}

/** The value of cTokens, base units of the underlying token, rounded down as `redeem` does. */
export function underlyingOf(cTokens: bigint, exchangeRate: bigint): bigint {
  return (cTokens * exchangeRate) / MANTISSA;
}

/** The least for which `mint` gives this many cTokens, base units of the underlying token. */
export function costOf(cTokens: bigint, exchangeRate: bigint): bigint {
  return (cTokens * exchangeRate + MANTISSA - 1n) / MANTISSA;
}

/**
 * The most that `redeemUnderlying` pays for this many cTokens: it rounds the burned amount down, so this is nearly the value
 * of one more.
 */
export function mostFor(cTokens: bigint, exchangeRate: bigint): bigint {
  const next = costOf(cTokens + 1n, exchangeRate);
  return next === 0n ? 0n : next - 1n;
}
