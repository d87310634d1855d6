let registration: Promise<void> | undefined;

/**
 * Registers this plugin's matchers with chai, once per process, when the first connection opens: Hardhat has no earlier hook
 * that runs only for tests. Without chai, which only the matchers need, it does nothing.
 */
export function registerMatchers(): Promise<void> {
  registration ??= register();
  return registration;
}

async function register(): Promise<void> {
  let chai;
  try {
    chai = await import("chai");
  } catch (error) {
    if (isModuleNotFound(error)) return;
    throw error;
  }
  const { toSurviveScenario } = await import("./to-survive-scenario.js");
  const { toHaveRuinProbabilityBelow } = await import("./to-have-ruin-probability-below.js");
  chai.use(toSurviveScenario);
  chai.use(toHaveRuinProbabilityBelow);
}

function isModuleNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}
