/** Fixed point with 18 decimals (MathLib.sol). */
export const WAD: bigint = 10n ** 18n;

/** The scale of oracle prices (ConstantsLib.sol). */
const ORACLE_PRICE_SCALE = 10n ** 36n;

/** How fast the incentive falls as the LLTV rises (ConstantsLib.sol). */
const LIQUIDATION_CURSOR = 3n * 10n ** 17n;
const MAX_LIQUIDATION_INCENTIVE_FACTOR = 115n * 10n ** 16n;

/** Protect against share price inflation (SharesMathLib.sol). */
export const VIRTUAL_SHARES = 1_000_000n;
export const VIRTUAL_ASSETS = 1n;

/** One side of a market: supply or debt. */
export interface MorphoBlueSide {
  /** Base units of the loan token. */
  readonly assets: bigint;
  readonly shares: bigint;
}

/** The value of shares, rounded down as for suppliers (SharesMathLib.sol). */
export function toAssetsDown(shares: bigint, side: MorphoBlueSide): bigint {
  return (shares * (side.assets + VIRTUAL_ASSETS)) / (side.shares + VIRTUAL_SHARES);
}

/** The value of shares, rounded up as for borrowers. */
export function toAssetsUp(shares: bigint, side: MorphoBlueSide): bigint {
  return divideUp(shares * (side.assets + VIRTUAL_ASSETS), side.shares + VIRTUAL_SHARES);
}

/** The shares of an amount, rounded up. */
function toSharesUp(assets: bigint, side: MorphoBlueSide): bigint {
  return divideUp(assets * (side.shares + VIRTUAL_SHARES), side.assets + VIRTUAL_ASSETS);
}

/**
 * The most that can be borrowed against collateral (`_isHealthy` of Morpho.sol).
 *
 * @param collateral - base units
 * @param price - the oracle's, scaled by 1e36
 * @param lltv - liquidation loan-to-value, 18 decimals
 * @returns base units of the loan token
 */
export function maxBorrow(collateral: bigint, price: bigint, lltv: bigint): bigint {
  return (((collateral * price) / ORACLE_PRICE_SCALE) * lltv) / WAD;
}

/**
 * What a liquidator receives per unit repaid: `min(1.15, 1 / (1 - 0.3 (1 - LLTV)))` (`liquidate` of Morpho.sol).
 *
 * @param lltv - liquidation loan-to-value, 18 decimals
 * @returns 18 decimals
 */
export function liquidationIncentiveFactor(lltv: bigint): bigint {
  const factor = (WAD * WAD) / (WAD - (LIQUIDATION_CURSOR * (WAD - lltv)) / WAD);
  return factor < MAX_LIQUIDATION_INCENTIVE_FACTOR ? factor : MAX_LIQUIDATION_INCENTIVE_FACTOR;
}

/** The inputs of a liquidation. */
export interface LiquidationTerms {
  /** The oracle's price, scaled by 1e36; above 0. */
  readonly price: bigint;
  /** 18 decimals. */
  readonly lltv: bigint;
  readonly borrowed: MorphoBlueSide;
  /** The position's. */
  readonly borrowShares: bigint;
  readonly collateral: bigint;
}

/** The amounts a liquidation moves. */
export interface MorphoBlueLiquidation {
  /** Collateral that the liquidator receives, base units. */
  readonly seized: bigint;
  /** Shares of the debt that are repaid. */
  readonly repaidShares: bigint;
  /** What the liquidator pays for them, base units of the loan token. */
  readonly repaid: bigint;
  /** Debt written off as the suppliers' loss, base units of the loan token: 0 unless all collateral is seized. */
  readonly badDebt: bigint;
}

/** A liquidation sized by debt shares (`liquidate` of Morpho.sol with `repaidShares`). */
export function liquidationOfShares(repaidShares: bigint, terms: LiquidationTerms): MorphoBlueLiquidation {
  const { price, lltv, borrowed } = terms;
  const incentive = liquidationIncentiveFactor(lltv);
  const quoted = (toAssetsDown(repaidShares, borrowed) * incentive) / WAD;
  return settled((quoted * ORACLE_PRICE_SCALE) / price, repaidShares, terms);
}

/** A liquidation sized by collateral (`liquidate` of Morpho.sol with `seizedAssets`). */
export function liquidationOfCollateral(seized: bigint, terms: LiquidationTerms): MorphoBlueLiquidation {
  const { price, lltv, borrowed } = terms;
  const quoted = divideUp(seized * price, ORACLE_PRICE_SCALE);
  const repaid = divideUp(quoted * WAD, liquidationIncentiveFactor(lltv));
  return settled(seized, toSharesUp(repaid, borrowed), terms);
}

/** How much collateral of a liquidated position an amount of the loan token buys, rounded down. */
export function seizedFor(repaid: bigint, { price, lltv }: Pick<LiquidationTerms, "price" | "lltv">): bigint {
  return (((repaid * liquidationIncentiveFactor(lltv)) / WAD) * ORACLE_PRICE_SCALE) / price;
}

function settled(seized: bigint, repaidShares: bigint, terms: LiquidationTerms): MorphoBlueLiquidation {
  const { borrowed, borrowShares, collateral } = terms;
  const repaid = toAssetsUp(repaidShares, borrowed);
  const left: MorphoBlueSide = {
    assets: borrowed.assets > repaid ? borrowed.assets - repaid : 0n,
    shares: borrowed.shares - repaidShares,
  };
  const lost = seized === collateral ? toAssetsUp(borrowShares - repaidShares, left) : 0n;
  return { seized, repaidShares, repaid, badDebt: lost < left.assets ? lost : left.assets };
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
