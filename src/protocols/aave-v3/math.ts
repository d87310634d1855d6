/** Aave counts percentages in basis points and rounds half up (PercentageMath.sol). */
const FULL = 10_000n;

/** Below this health factor a liquidator may repay all of a debt, above it one half (LiquidationLogic.sol). */
const CLOSE_FACTOR_HEALTH_FACTOR = 950_000_000_000_000_000n;

/** What a liquidation depends on. */
export interface LiquidationTerms {
  /** What the liquidator repays, base units of the debt's token. */
  readonly debtToCover: bigint;
  /** The market's price of the debt's token, and its decimals. */
  readonly debtPrice: bigint;
  readonly debtDecimals: number;
  /** The same of the collateral's. */
  readonly collateralPrice: bigint;
  readonly collateralDecimals: number;
  /** The account's collateral, base units. */
  readonly collateral: bigint;
  /** What the liquidator gets on top of what it repays, as a fraction: 0.05. */
  readonly bonus: number;
  /** The part of that bonus which goes to the protocol, as a fraction: 0.1. */
  readonly protocolFee: number;
}

/** What a liquidation moves, base units. */
export interface LiquidationAmounts {
  /** Taken from the liquidator: less than it offered where the collateral does not suffice. */
  readonly paid: bigint;
  /** Collateral taken from the account. */
  readonly seized: bigint;
  /** Collateral that the liquidator gets: what was seized without the protocol's fee. */
  readonly received: bigint;
}

/**
 * What a liquidation of Aave v3 moves, to the base unit: `_calculateAvailableCollateralToLiquidate` (aave-v3-core,
 * LiquidationLogic.sol).
 *
 * @returns `undefined` where a price is 0
 */
export function liquidationAmounts(terms: LiquidationTerms): LiquidationAmounts | undefined {
  const { debtToCover, debtPrice, collateralPrice, collateral } = terms;
  if (debtPrice <= 0n || collateralPrice <= 0n) return undefined;
  const debtUnit = 10n ** BigInt(terms.debtDecimals);
  const collateralUnit = 10n ** BigInt(terms.collateralDecimals);
  const bonus = FULL + basisPoints(terms.bonus);
  const base = (debtPrice * debtToCover * collateralUnit) / (collateralPrice * debtUnit);
  const wanted = percentOf(base, bonus);
  const suffices = wanted <= collateral;
  const seized = suffices ? wanted : collateral;
  const paid = suffices
    ? debtToCover
    : perPercent((collateralPrice * collateral * debtUnit) / (debtPrice * collateralUnit), bonus);
  const fee = percentOf(seized - perPercent(seized, bonus), basisPoints(terms.protocolFee));
  return { paid, seized, received: seized - fee };
}

/**
 * How much of a debt one liquidation may repay, base units: one half, or all of it from a health factor of 0.95 down.
 *
 * @param healthFactor - 18 decimals
 */
export function closeableDebt(debt: bigint, healthFactor: bigint): bigint {
  return healthFactor > CLOSE_FACTOR_HEALTH_FACTOR ? percentOf(debt, FULL / 2n) : debt;
}

function basisPoints(fraction: number): bigint {
  return BigInt(Math.round(fraction * Number(FULL)));
}

function percentOf(value: bigint, percentage: bigint): bigint {
  return (value * percentage + FULL / 2n) / FULL;
}

function perPercent(value: bigint, percentage: bigint): bigint {
  return (value * FULL + percentage / 2n) / percentage;
}
