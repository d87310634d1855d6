import type { CampaignResult } from "../engine/campaign/campaign-result.js";
import type { CampaignOptions } from "../engine/campaign/options.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Target } from "../target/target.js";

import { AssertionError } from "chai";

import { SiegeError } from "../errors.js";
import { siegeOf } from "../plugin/connections/open-sieges.js";

import { AwaitedAssertion } from "./awaited-assertion.js";
import { framesOf } from "./call-site.js";

/** The chai plugin that adds `toSurviveScenario`. */
export function toSurviveScenario(chai: Chai.ChaiStatic, utils: Chai.ChaiUtils): void {
  chai.Assertion.addMethod(
    "toSurviveScenario",
    function (this: object, scenario: Scenario, options?: CampaignOptions): AwaitedAssertion<void> {
      // chai's flags belong to an assertion that the user may keep chaining: their current values count
      const expectation: Expectation = {
        verdict: utils.flag(this, "negate") === true ? "violation" : "survived",
        prefix: toPrefix(utils.flag(this, "message")),
        callSite: new Error("called here"),
      };
      const start: unknown = utils.flag(this, "ssfi");
      // chai's name for the function below which the user's frames begin
      if (typeof start === "function") Error.captureStackTrace(expectation.callSite, start);
      // the engine validates its input; chai's subject is untyped
      const target = utils.flag(this, "object") as Target;
      return new AwaitedAssertion(survive(target, scenario, options, expectation), expectation.callSite);
    },
  );
}

interface Expectation {
  readonly verdict: "survived" | "violation";
  /** What the user passed as the second argument of `expect`. */
  readonly prefix: string;
  readonly callSite: Error;
}

async function survive(
  target: Target,
  scenario: Scenario,
  options: CampaignOptions | undefined,
  expectation: Expectation,
): Promise<void> {
  const result = await siegeOf(scenario).run(target, scenario, options);
  if (result.kind === "incomplete") throw await incomplete(result);
  if (result.kind === expectation.verdict) return;

  const { renderFailure } = await import("../report/terminal.js");
  const message =
    result.kind === "violation"
      ? renderFailure(result)
      : `${result.target} survived "${result.scenario}" in ${String(result.cost.runs)} runs with seed ${String(result.seed)}, but was expected not to.`;
  const error = new AssertionError(expectation.prefix + message);
  // the stack of an error created after an await has no frame of the test
  error.stack = `${error.name}: ${error.message}\n${framesOf(expectation.callSite)}`;
  throw error;
}

async function incomplete(result: CampaignResult & { kind: "incomplete" }): Promise<SiegeError> {
  const { renderIncomplete } = await import("../report/terminal.js");
  return new SiegeError("INCOMPLETE", {
    message: `${renderIncomplete(result)}\n`,
    hint: "Raise timeLimit or lower runs, or fix the error above, then run it again.",
    cause: result.error,
  });
}

function toPrefix(message: unknown): string {
  return typeof message === "string" && message !== "" ? `${message}: ` : "";
}
