import type { Parameter, ScenarioDefinition, Setting } from "../scenario.js";
import type { ParameterValues } from "./setter.js";

import { oneOf, SiegeError } from "../../errors.js";
import { shown } from "../../options.js";
import { check, isRecord } from "../build/check.js";

import { nearest } from "./parameter.js";
import { withNumberAt } from "./path.js";

/** Where a definition comes from: itself, or a preset and its options. */
export interface ScenarioSource {
  /** The definition, or the preset's options: where paths begin. */
  readonly given: object;
  readonly define: (given: object) => ScenarioDefinition;
}

/**
 * The values of a run, checked, in the order of the scenario's parameters.
 *
 * @throws SiegeError `UNKNOWN_PARAMETER`, `INVALID_OPTION`
 */
export function settingsOf(parameters: ReadonlyMap<string, Parameter>, values: ParameterValues): readonly Setting[] {
  for (const [name, value] of Object.entries(values)) {
    const parameter = parameters.get(name);
    if (parameter === undefined) throw unknownParameter(name, parameters);
    requireValueOf(name, parameter, value);
  }
  return [...parameters].flatMap(([name, parameter]) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? [] : [Object.freeze({ name, value, parameter })];
  });
}

/** A name that is none of the scenario's parameters. */
export function unknownParameter(name: string, parameters: ReadonlyMap<string, Parameter>): SiegeError {
  return new SiegeError("UNKNOWN_PARAMETER", {
    message: `The scenario has no parameter "${name.slice(0, 60)}".`,
    hint: oneOf(parameters.keys(), "Describe it: parameters: { ltv: parameter({ range: [0.5, 0.9], set }) }."),
  });
}

function requireValueOf(name: string, parameter: Parameter, value: unknown): void {
  const {
    range: [least, most],
    step,
  } = parameter;
  const isIn = typeof value === "number" && value >= least && value <= most;
  if (isIn && (step === undefined || Math.abs(nearest(parameter, value) - value) <= 1e-9 * step)) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `The parameter "${name}" is ${shown(value)}.`,
    hint: `It must be ${step === undefined ? "a number" : `a multiple of ${step}`} from ${least} to ${most}.`,
  });
}

/**
 * The definition with those settings that are part of the scenario itself. Calls and storage slots are for the world to set.
 *
 * @throws SiegeError `INVALID_SCENARIO`, `PARAMETER_FAILED`
 */
export function definitionAt(source: ScenarioSource, settings: readonly Setting[]): ScenarioDefinition {
  let { given } = source;
  for (const { name, value, parameter } of settings) {
    if (typeof parameter.set === "string") given = withNumberAt(given, parameter.set, value, name);
  }
  let definition = source.define(given);
  for (const { name, value, parameter } of settings) {
    if (typeof parameter.set === "function")
      definition = { ...definition, ...changesOf(name, value, definition, parameter.set) };
  }
  return definition;
}

function changesOf(
  name: string,
  value: number,
  definition: ScenarioDefinition,
  set: Extract<Parameter["set"], (...args: never) => unknown>,
): Partial<ScenarioDefinition> {
  let changes: unknown;
  try {
    changes = set(value, definition);
  } catch (error) {
    // says itself what is wrong: a process refuses an option, say
    if (SiegeError.isSiegeError(error)) throw error;
    throw new SiegeError("PARAMETER_FAILED", {
      message: `The parameter "${name}" could not be set to ${value}: its function threw ${error instanceof Error ? error.message : String(error)}.`,
      hint: "It must have an answer for every value of the range.",
      cause: error,
    });
  }
  check(isRecord(changes) && !("parameters" in changes), {
    message: `parameters.${name}.set gives ${shown(changes)} for ${value}.`,
    hint: "Return the parts of the scenario that are different: (drop) => ({ assets: { … } }).",
  });
  return changes;
}

/** The definition with a parameter at the lower end of its range, if that is a path: it shows whether there is a number. */
export function tried(name: string, { set, range: [least] }: Parameter, { given, define }: ScenarioSource): object {
  return typeof set === "string" ? define(withNumberAt(given, set, least, name)) : {};
}
