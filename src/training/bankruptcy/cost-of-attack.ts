import type { Finding } from "../../engine/campaign/finding.js";

import { addressKey } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { PPM } from "../../quantity/ppm.js";

/** US dollars for a whole unit, by the token's address in lower case. */
export type Prices = ReadonlyMap<string, number>;

/** What an attack takes. */
export interface CostOfAttack {
  /** US dollars. */
  readonly capital: number;
  /** A share: 0.25 for a quarter. */
  readonly priceMove: number;
  readonly steps: number;
}

/**
 * What a minimal attack takes: of capital the most that the agents of its steps, together, had paid at any time more than they had got.
 *
 * @param native - US dollars for one native coin
 */
export function costOf({ steps, trace }: Finding, prices: Prices, native: number): CostOfAttack {
  let [balance, least] = [0, 0];
  const moved = new Map<string, number>();
  let furthest = 0;
  for (const { data, reaction, step } of steps) {
    if (data.kind === "market") {
      const played = trace.steps[step];
      const change = played?.kind === "market" && "change" in played ? played.change : 0;
      const factor = ((moved.get(data.asset) ?? 1) * (PPM + change)) / PPM;
      moved.set(data.asset, factor);
      furthest = Math.max(furthest, Math.abs(factor - 1));
    }
    if (data.kind !== "call" || reaction === true) continue;
    // what is sent along is no transfer of a token
    balance -= wholeUnits(data.value, 18) * native;
    for (const { token, value, unit } of data.effect?.changes ?? []) {
      balance += wholeUnits(value, unit.decimals) * (prices.get(addressKey(token)) ?? 0);
    }
    least = Math.min(least, balance);
  }
  const own = steps.filter(({ reaction }) => reaction !== true);
  return { capital: Math.max(0, -least), priceMove: furthest, steps: own.length };
}
