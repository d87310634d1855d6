import type { Axis } from "../../risk/map/axis.js";

import { legible } from "../../quantity/legible.js";

const NAME = 48;

/** A parameter as the name of an axis: `ltv (of the collateral)`. */
export function axisName({ name, unit }: Axis): string {
  return `${legible(name, NAME)}${unit === undefined ? "" : ` (${legible(unit, NAME)})`}`;
}
