import type { Law } from "../../market/laws/law.js";
import type { EuropeanOption } from "../../market/options/option.js";

import { forwardOf } from "../../market/options/option.js";

import { callPayoffs } from "./fourier.js";

/** Price of an option under a law, by its characteristic function; puts by parity. */
export function priceUnder(law: Law, option: Required<EuropeanOption>): number {
  const { forward, discount } = forwardOf(option);
  const [call = 0] = callPayoffs(law, [option.strike / forward]);
  const payoff = option.type === "call" ? call * forward : call * forward - forward + option.strike;
  return discount * Math.max(0, payoff);
}
