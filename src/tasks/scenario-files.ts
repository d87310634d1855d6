import type { ScenarioFactory } from "../scenario/define-scenario.js";

import path from "node:path";
import { pathToFileURL } from "node:url";

import { exists } from "@nomicfoundation/hardhat-utils/fs";

import { SiegeError } from "../errors.js";

/**
 * Loads the default export of a scenario file.
 *
 * @param file - absolute, or relative to the working directory
 * @throws SiegeError `NO_SCENARIO_FILE`, `INVALID_SCENARIO_FILE`
 */
export async function loadScenarioFile(file: string): Promise<ScenarioFactory> {
  const absolute = path.resolve(file);
  if (!(await exists(absolute))) {
    throw new SiegeError("NO_SCENARIO_FILE", {
      message: `There is no scenario file "${file}".`,
      hint: "Give paths relative to the working directory, like siege/crash.scenario.ts.",
    });
  }
  const module: unknown = await importModule(absolute, file);
  const factory = (module as { default?: unknown }).default;
  if (typeof factory !== "function") {
    throw new SiegeError("INVALID_SCENARIO_FILE", {
      message: `The scenario file "${file}" has ${factory === undefined ? "no default export" : "a default export that is not a function"}.`,
      hint: "Write `export default defineScenario(async (connection) => ({ target, scenario }))`.",
    });
  }
  return async (connection) => checkResult(await (factory as ScenarioFactory)(connection), file);
}

async function importModule(absolute: string, file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(absolute).href);
  } catch (cause) {
    throw new SiegeError("INVALID_SCENARIO_FILE", {
      message: `The scenario file "${file}" cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: "Fix the file; it must load on its own, as a test file does.",
      cause,
    });
  }
}

function checkResult(result: unknown, file: string): Awaited<ReturnType<ScenarioFactory>> {
  if (typeof result === "object" && result !== null && "target" in result && "scenario" in result) {
    // both are validated where they are used
    return result as Awaited<ReturnType<ScenarioFactory>>;
  }
  throw new SiegeError("INVALID_SCENARIO_FILE", {
    message: `The scenario file "${file}" did not return { target, scenario }.`,
    hint: "Return both from the function that you pass to defineScenario.",
  });
}
