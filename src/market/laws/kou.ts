import type { Complex } from "../../numeric/complex.js";
import type { KouOptions } from "../processes/kou.js";
import type { Law } from "./law.js";

import { complex, exponentialOf, minus, ONE, over, plus, scaled, times } from "../../numeric/complex.js";

/**
 * The law of Kou's model over some years: its jumps have the characteristic function p η₁/(η₁ - iz) + (1 - p) η₂/(η₂ + iz)
 * (Kou, *A jump-diffusion model for option pricing*, 2002, section 3).
 */
export function kouLaw(model: Omit<KouOptions, "drift">, years: number): Law {
  const { volatility, jumpsPerYear, upward, meanRise, meanFall } = model;
  const compensator = upward / (1 - meanRise) + (1 - upward) / (1 + meanFall) - 1;
  const drift = -(volatility ** 2) / 2 - jumpsPerYear * compensator;
  const jump = (iz: Complex): Complex =>
    plus(
      over(complex(upward), minus(ONE, scaled(iz, meanRise))),
      over(complex(1 - upward), plus(ONE, scaled(iz, meanFall))),
    );
  const jumpVariance = 2 * (upward * meanRise ** 2 + (1 - upward) * meanFall ** 2);
  return {
    characteristic: (z) => {
      const iz = complex(-z.im, z.re);
      const diffusion = plus(scaled(iz, drift), scaled(times(iz, iz), volatility ** 2 / 2));
      return exponentialOf(scaled(plus(diffusion, scaled(minus(jump(iz), ONE), jumpsPerYear)), years));
    },
    deviation: Math.sqrt((volatility ** 2 + jumpsPerYear * jumpVariance) * years),
  };
}
