import { PPM } from "../../quantity/ppm.js";

/** A number with what it counts. */
export interface Measure {
  readonly value: number;
  /** `fraction` (0.125 is 12.5 %), `times`, `blocks`, or what an event's own value counts. */
  readonly unit: string;
}

/** A change of parts per million, as a fraction. */
export function fractionOf(change: number): Measure {
  return { value: change / PPM, unit: "fraction" };
}

/** A factor of parts per million. */
export function timesOf(factor: number): Measure {
  return { value: factor / PPM, unit: "times" };
}
