import type { Parameter } from "../scenario.js";

import { isRecord, requireMade, requireValue } from "./check.js";
import { requireName } from "./names.js";

/** Checks the parameters, by name. */
export function buildParameters(parameters: unknown): ReadonlyMap<string, Parameter> {
  if (parameters === undefined) return new Map();
  requireValue(
    "parameters",
    parameters,
    isRecord(parameters),
    'List them by name: parameters: { blockTime: parameter({ range: [1, 60], step: 1, set: "blockTime" }) }.',
  );
  const built = new Map<string, Parameter>();
  for (const [name, candidate] of Object.entries(parameters)) {
    requireName("parameters", name);
    const path = `parameters.${name}`;
    requireValue(
      path,
      name,
      /^[\w-]+$/.test(name),
      "Name it with letters, digits, - and _: flags and files name it, too.",
    );
    requireMade(path, candidate, isRecord(candidate) && Array.isArray(candidate.range) && "set" in candidate, {
      what: "a parameter",
      call: "Call it: parameter({ range: [0.5, 0.9], set }).",
      use: "Make it with parameter({ range, unit, step, set }) of hardhat-siege/scenario.",
    });
    // made by parameter(), or by something that is shaped like what it makes
    built.set(name, candidate as unknown as Parameter);
  }
  return built;
}
