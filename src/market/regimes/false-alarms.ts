import type { Watched } from "./watched.js";

import { SECONDS_PER_YEAR } from "../../quantity/year.js";
import { createRandom } from "../random.js";

/** Orders in which returns are watched again. */
const SHUFFLES = 10;

/**
 * Alarms per year where nothing changes: in the same returns, put in random order. What is left of fat tails sets them off, what
 * is left of clusters does not.
 */
export function falseAlarmsIn<MomentT>(
  moments: readonly MomentT[],
  watch: (moments: readonly MomentT[]) => Watched,
  spacing: number,
): number {
  const random = createRandom(1);
  let alarms = 0;
  for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
    const order = [...moments];
    for (let index = order.length - 1; index > 0; index--) {
      const other = random.integer(0, index);
      [order[index], order[other]] = [order[other] as MomentT, order[index] as MomentT];
    }
    alarms += watch(order).alarms.length;
  }
  return (alarms / SHUFFLES) * (SECONDS_PER_YEAR / (moments.length * spacing));
}
