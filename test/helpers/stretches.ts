import type { History } from "../../src/market/index.js";

import { createRandom } from "../../src/market/random.js";

/** Hourly prices of one annual volatility after the other. */
export function hoursOf(seed: number, ...parts: readonly (readonly [volatility: number, hours: number])[]): History {
  const random = createRandom(seed);
  let price = 2_000;
  const prices = [price];
  for (const [volatility, hours] of parts) {
    const deviation = volatility / Math.sqrt(8_760);
    for (let hour = 0; hour < hours; hour++) prices.push((price *= Math.exp(deviation * random.normal())));
  }
  return { prices, spacing: 3_600 };
}
