import type { Parameter } from "../../scenario/scenario.js";

import { nearest } from "../../scenario/parameters/parameter.js";

/** A parameter along which a map is made. Plain data. */
export interface Axis {
  readonly name: string;
  readonly range: readonly [least: number, most: number];
  readonly unit?: string;
  readonly step?: number;
}

/** A scenario's parameter as an axis. */
export function axisOf(name: string, { range, unit, step }: Parameter): Axis {
  return {
    name,
    range,
    ...(unit === undefined ? {} : { unit }),
    ...(step === undefined ? {} : { step }),
  };
}

/** The value at a fraction of the range, 0 to 1: the nearest that the parameter can have. */
export function valueAt(axis: Axis, fraction: number): number {
  const [least, most] = axis.range;
  return nearest(axis, least + (most - least) * fraction);
}
