import type { Scenario } from "../../scenario/scenario.js";
import type { ContagionPlan } from "./contagion-options.js";

import { SiegeError } from "../../errors.js";

/** What is measured of a scenario, and what is shocked in each variant of a path. */
export interface ContagionDesign {
  /** Whose losses are measured. */
  readonly protocols: readonly string[];
  /** Those that are shocked one at a time, in the order of the scenario's shocks. */
  readonly shocked: readonly string[];
  /** The protocols that fail in each variant: none, each alone and, if there are several, all of them. */
  readonly variants: readonly (readonly string[])[];
}

/**
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` if a protocol reports no loss, `INVALID_SCENARIO` if fewer than two do, or if none of them
 * is shocked
 */
export function contagionDesign(
  { protocols: all, shocks }: Pick<Scenario, "protocols" | "shocks">,
  { protocols: asked }: Pick<ContagionPlan, "protocols">,
): ContagionDesign {
  const reporting = [...all].flatMap(([name, { definition }]) => (definition.shortfall === undefined ? [] : [name]));
  const wanted = asked ?? [...new Set([...reporting, ...shocks.keys()])];
  const silent = wanted.find((name) => !reporting.includes(name));
  if (silent !== undefined) {
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `contagion: the protocol "${silent}" (${all.get(silent)?.kind ?? "unknown"}) reports no loss.`,
      hint: "Loss is measured by the shortfall of a protocol's adapter: write one with shortfall(), or let the shock be another protocol's.",
    });
  }
  // in the scenario's order
  const protocols = [...all.keys()].filter((name) => wanted.includes(name));
  if (protocols.length < 2) {
    throw new SiegeError("INVALID_SCENARIO", {
      message: `contagion takes at least two protocols that report a loss; ${protocols.length === 0 ? "there is none" : `there is only "${protocols[0]}"`}.`,
      hint: "Add the protocols that it may spread to: protocols: { left: …, right: … }, with adapters that have shortfall().",
    });
  }
  const shocked = [...shocks.keys()].filter((name) => protocols.includes(name));
  if (shocked.length === 0) {
    throw new SiegeError("INVALID_SCENARIO", {
      message: `contagion: the scenario has no shock of ${protocols.join(" or ")}.`,
      hint: `Say how one of them fails: shocks: { ${protocols[0]}: shock({ calls }) }.`,
    });
  }
  const alone = shocked.map((name) => [name]);
  return { protocols, shocked, variants: [[], ...alone, ...(shocked.length > 1 ? [shocked] : [])] };
}
