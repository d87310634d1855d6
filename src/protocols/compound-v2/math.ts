/** Compound writes fractions as integers with 18 decimals, and calls them mantissas. */
export const MANTISSA: bigint = 10n ** 18n;

/** What a liquidation depends on. */
export interface SeizureTerms {
  /** What one gets on top of what one repays, with 18 decimals: 1.08e18 for 8 %. */
  readonly incentive: bigint;
  /** The oracle's prices, as it gives them. */
  readonly borrowedPrice: bigint;
  readonly collateralPrice: bigint;
  /** Of the market in which collateral is seized, after interest. */
  readonly exchangeRate: bigint;
  /** The part of what is seized that the protocol keeps, with 18 decimals; 0 in the first versions. */
  readonly protocolShare: bigint;
}

/** What a liquidation moves. */
export interface SeizedAmounts {
  /** Base units of the debt's token: less than offered where the collateral does not suffice. */
  readonly paid: bigint;
  /** Base units of the cToken, taken from the borrower. */
  readonly seized: bigint;
  /** What the liquidator gets of them. */
  readonly received: bigint;
}

/**
 * What a liquidation moves, to the base unit: `liquidateCalculateSeizeTokens` (compound-protocol, Comptroller.sol since
 * ExponentialNoError.sol, which rounds each step down). Compound itself refuses one that would seize more than there is; here it is made smaller.
 *
 * @param cTokens - the borrower's
 * @returns `undefined` where a price or the exchange rate is 0
 */
export function seizedAmounts(repay: bigint, cTokens: bigint, terms: SeizureTerms): SeizedAmounts | undefined {
  const ratio = seizeRatio(terms);
  if (ratio === undefined) return undefined;
  // the largest amount for which (ratio · amount) / 1e18, rounded down, is not above what there is
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

/** What a market's interest depends on. */
export interface MarketBooks {
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
 * The exchange rate a block later, if nobody does anything until then: `accrueInterest` and `exchangeRateStored`
 * (compound-protocol, CToken.sol).
 */
export function nextExchangeRate(books: MarketBooks): bigint {
  const { cash, totalBorrows, totalReserves, totalSupply, exchangeRate } = books;
  if (totalSupply === 0n) return exchangeRate;
  const interest = (books.borrowRatePerBlock * totalBorrows) / MANTISSA;
  const reserved = (books.reserveFactor * interest) / MANTISSA;
  return ((cash + totalBorrows + interest - totalReserves - reserved) * MANTISSA) / totalSupply;
}

/** What cTokens are worth, base units of the token behind them, rounded down as `redeem` does. */
export function underlyingOf(cTokens: bigint, exchangeRate: bigint): bigint {
  return (cTokens * exchangeRate) / MANTISSA;
}

/** The least for which `mint` gives as many cTokens, base units of the token behind them. */
export function costOf(cTokens: bigint, exchangeRate: bigint): bigint {
  return (cTokens * exchangeRate + MANTISSA - 1n) / MANTISSA;
}

/**
 * The most that `redeemUnderlying` pays for as many cTokens: it rounds what it burns down, so this is nearly the worth of one
 * more.
 */
export function mostFor(cTokens: bigint, exchangeRate: bigint): bigint {
  const next = costOf(cTokens + 1n, exchangeRate);
  return next === 0n ? 0n : next - 1n;
}
