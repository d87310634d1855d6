import type { History, Process } from "../../src/market/index.js";

import { createRandom } from "../../src/market/random.js";

/** A history that a process made, an hour apart. */
export function simulatedHistory(process: Process, returns: number, seed: number): History {
  let price = 2_000;
  const changes = process.sample({ blocks: returns, blockTime: 3_600, random: createRandom(seed) });
  return { prices: [price, ...changes.map((change) => (price *= 1 + change / 1e6))], spacing: 3_600 };
}
