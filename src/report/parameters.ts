import type { ParameterValue } from "../engine/world/parameters/parameter-value.js";

import { parameterText } from "../engine/world/parameters/parameter-value.js";
import { legible } from "../quantity/legible.js";

import { row } from "./lines.js";

/** The widest name with its value and unit. */
const WIDTH = 200;

/** What a campaign set before its first block, one line for each. */
export function parameterLines(parameters: readonly ParameterValue[] = []): readonly string[] {
  return parameters.map((one) =>
    row("parameter", `${legible(parameterText(one), WIDTH)}${one.was === undefined ? "" : `, ${one.was} before`}`),
  );
}
