import type { OracleFault } from "../oracles/faults.js";

import { PPM } from "../quantity/ppm.js";

/** What an oracle does, as a report says it behind the feed's name. */
export function describeFault({ fault, blocks, factor = PPM, decimals = 0 }: OracleFault): string {
  const time = `for ${blocks} block${blocks === 1 ? "" : "s"}`;
  switch (fault) {
    case "silent":
      return `publishes nothing ${time}`;
    case "frozen":
      return `repeats its last price in fresh rounds ${time}`;
    case "stale":
      return `opens rounds with its last answer and that one's time ${time}`;
    case "zero":
      return `answers 0 ${time}`;
    case "negative":
      return `answers a negative price ${time}`;
    case "wrong":
      return `answers ${describeFactor(factor)} times the price ${time}`;
    case "decimals":
      return `answers with ${decimals} decimals from now on`;
    case "phase":
      return "gets a new aggregator, whose rounds are counted from 1";
    case "down":
      return `says that the sequencer is down ${time}`;
  }
}

/** A factor of parts per million. */
export function describeFactor(factor: number): string {
  return (factor / PPM).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
