/** Blocks may hold twice their target (EIP-1559, ELASTICITY_MULTIPLIER). */
const ELASTICITY = 2n;

/** How fast the base fee moves: by at most one eighth per block (EIP-1559, BASE_FEE_MAX_CHANGE_DENOMINATOR). */
const MAX_CHANGE_DENOMINATOR = 8n;

/**
 * The base fee of the next block (https://eips.ethereum.org/EIPS/eip-1559).
 *
 * @param baseFee - of this block, wei per unit of gas
 * @param gasUsed - by this block
 * @param gasLimit - of this block
 */
export function nextBaseFee(baseFee: bigint, gasUsed: bigint, gasLimit: bigint): bigint {
  const target = gasLimit / ELASTICITY;
  if (target === 0n || gasUsed === target) return baseFee;
  if (gasUsed > target) {
    const rise = (baseFee * (gasUsed - target)) / target / MAX_CHANGE_DENOMINATOR;
    return baseFee + (rise > 1n ? rise : 1n);
  }
  return baseFee - (baseFee * (target - gasUsed)) / target / MAX_CHANGE_DENOMINATOR;
}

/**
 * Everyone else's demand for block space: a demand curve of constant elasticity. At the calm price, the rest of the
 * world fills each block exactly to its gas target, so the base fee does not move.
 *
 * Elasticity 1 means a fixed budget: at twice the price, others buy half the gas. Demand at `level` times the calm level
 * therefore settles at a base fee `level` times as high.
 */
export class BlockSpaceDemand {
  readonly #calmPrice: bigint;
  readonly #gasLimit: bigint;
  readonly #level: number;

  /**
   * @param calmPrice - wei per unit of gas at which demand of level 1 equals the gas target
   * @param gasLimit - of a block
   * @param level - 1 on a calm day, 20 during a spike in gas prices
   */
  constructor(calmPrice: bigint, gasLimit: bigint, level: number) {
    this.#calmPrice = calmPrice;
    this.#gasLimit = gasLimit;
    this.#level = level;
  }

  /** Gas that others buy in a block at a price (base fee plus priority fee, wei per unit of gas), at most the whole block. */
  gasAt(price: bigint): bigint {
    if (price <= 0n) return this.#gasLimit;
    const target = Number(this.#gasLimit / ELASTICITY);
    const wanted = (target * this.#level * Number(this.#calmPrice)) / Number(price);
    const limit = Number(this.#gasLimit);
    return BigInt(Math.floor(Math.min(limit, wanted)));
  }

  /**
   * The lowest price at which others leave room for a transaction, wei per unit of gas.
   *
   * @param gas - the transaction's gas, below the block's gas limit
   */
  clearingPrice(baseFee: bigint, gas: bigint): bigint {
    const target = Number(this.#gasLimit / ELASTICITY);
    const left = Number(this.#gasLimit - gas);
    // one wei above the exact price: the curve is computed in floating point
    const price = BigInt(Math.ceil((Number(this.#calmPrice) * this.#level * target) / left)) + 1n;
    return price > baseFee ? price : baseFee;
  }
}
