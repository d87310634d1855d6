/** Aave counts percentages in basis points and rounds half up (PercentageMath.sol). */
const FULL = 10_000n;

/** At or below this health factor a liquidator may repay a debt in full, above it one half (LiquidationLogic.sol). */
const CLOSE_FACTOR_HEALTH_FACTOR = 950_000_000_000_000_000n;

/** The inputs of a liquidation. */
interface LiquidationTerms {
  /** What the liquidator repays, base units of the debt token. */
  readonly debtToCover: bigint;
  /** The market's price of the debt token, and its decimals. */
  readonly debtPrice: bigint;
  readonly debtDecimals: number;
  /** The same for the collateral token. */
  readonly collateralPrice: bigint;
  readonly collateralDecimals: number;
  /** The account's collateral, base units. */
  readonly collateral: bigint;
  /** The liquidation bonus on top of the repaid value, as a fraction: 0.05. */
  readonly bonus: number;
  /** The protocol's share of that bonus, as a fraction: 0.1. */
  readonly protocolFee: number;
}

/** The amounts a liquidation moves, base units. */
export interface LiquidationAmounts {
  /** Paid by the liquidator: less than it offered where the collateral is insufficient. */
  readonly paid: bigint;
  /** Collateral seized from the account. */
  readonly seized: bigint;
  /** Collateral the liquidator receives: the seized amount minus the protocol's fee. */
  readonly received: bigint;
}

/**
 * The amounts moved by an Aave v3 liquidation, to the base unit: `_calculateAvailableCollateralToLiquidate` (aave-v3-core,
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
 * How much of a debt one liquidation may repay (the close factor), base units: one half, or all of it at a health factor
 * of 0.95 or less.
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
