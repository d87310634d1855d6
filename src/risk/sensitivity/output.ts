import { SiegeError } from "../../errors.js";
import { shown } from "../../options.js";

/**
 * The number of a point whose sensitivities are estimated: the share of its runs that violate a condition, or the least margin that
 * a condition told in any of them, 0 in a run that violates it.
 */
export type SensitivityOutput = "violations" | { readonly margin: string };

/** @throws SiegeError `INVALID_OPTION` */
export function requireOutput(output: unknown, conditions: readonly { readonly id: string }[]): SensitivityOutput {
  if (output === "violations") return output;
  const { margin } = (output ?? {}) as { readonly margin?: unknown };
  if (margin === undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: `sensitivity: "output" is ${shown(output)}.`,
      hint: 'Use "violations", or the margin of a condition: { margin: "noBadDebt" }.',
    });
  }
  const ids = conditions.map(({ id }) => id);
  if (typeof margin === "string" && ids.includes(margin)) return { margin };
  throw new SiegeError("INVALID_OPTION", {
    message: `sensitivity: "output.margin" is ${shown(margin)}, which is no condition of the scenario.`,
    hint: `Use one of: ${ids.join(", ")}.`,
  });
}

/** `the share of runs that violate`, `the least margin of noBadDebt` */
export function outputText(output: SensitivityOutput): string {
  return output === "violations"
    ? "the share of runs that violate a condition"
    : `the least margin of ${output.margin}`;
}
