/** How the smile bends: the parameters that all expiries share. */
export interface SmileShape {
  /** Between moves of the price and of its volatility, -1 to 1 (ρ): below 0, low strikes are dearer than high ones. */
  readonly correlation: number;
  /** How much it bends (η), above 0. */
  readonly curvature: number;
  /** How fast it flattens as the total variance grows (γ), 0 to 1. */
  readonly decay: number;
}

/**
 * The total variance σ² T of an option under the surface SSVI with the curvature φ(θ) = η / (θ^γ (1 + θ)^(1 - γ)) (Gatheral and
 * Jacquier, *Arbitrage-free SVI volatility surfaces*, 2014, equation 4.1 and example 4.1). Where η (1 + |ρ|) is at most 2 and θ
 * does not fall with the expiry, no portfolio of such options makes money out of nothing.
 *
 * @param atTheMoney - the total variance θ at the money
 * @param moneyness - the logarithm of the strike as a fraction of the forward
 */
export function ssviVariance(atTheMoney: number, moneyness: number, shape: SmileShape): number {
  const { correlation, curvature, decay } = shape;
  const bend = (curvature / (atTheMoney ** decay * (1 + atTheMoney) ** (1 - decay))) * moneyness;
  const wings = Math.sqrt((bend + correlation) ** 2 + 1 - correlation ** 2);
  return (atTheMoney / 2) * (1 + correlation * bend + wings);
}
