import type { OracleStep, Trace } from "../events/trace.js";
import type { Pass } from "./pass.js";

import { PPM } from "../../quantity/ppm.js";

/** How finely factors of wrong prices are found: 1 %. */
export const FACTOR_RESOLUTION = 10_000;

/** Bisects the factor of every wrong price to the one nearest to the right price that fails, to 1 %. */
export const smallerFactors: Pass = async (trace, trial) => {
  let current = trace;
  for (const index of trace.steps.keys()) {
    const step = current.steps[index];
    if (step?.kind !== "oracle" || step.factor === undefined) continue;
    const sign = Math.sign(step.factor - PPM);
    // in units of the resolution off the right price: `high` fails, `low` survives
    let low = 0;
    let high = Math.floor(Math.abs(step.factor - PPM) / FACTOR_RESOLUTION);
    const play = (units: number): Promise<Trace | undefined> =>
      trial.trace(withFactor(current, step, PPM + sign * units * FACTOR_RESOLUTION));
    // the factor is no multiple of the resolution, and the next nearer one survives: leave it alone
    let best = high === 0 ? undefined : await play(high);
    if (best === undefined) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const played = await play(middle);
      if (played === undefined) {
        low = middle;
      } else {
        best = played;
        high = middle;
      }
    }
    const [before, after] = [step.factor, best.steps[index]];
    if (after?.kind === "oracle" && after.factor !== before) current = best;
  }
  return current;
};

/** The trace with another factor of one wrong price. */
export function withFactor(trace: Trace, step: OracleStep, factor: number): Trace {
  return { ...trace, steps: trace.steps.map((other) => (other === step ? { ...step, factor } : other)) };
}
