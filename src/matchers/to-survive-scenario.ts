import type { CampaignOptions } from "../engine/campaign/options.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Target } from "../target/target.js";

import { AssertionError } from "chai";

import { calledFrom } from "../plugin/call-site.js";
import { siegeOf } from "../plugin/connections/open-sieges.js";
import { recorded } from "../plugin/reports/assertion-journal.js";
import { failureOf } from "../plugin/verdict.js";

import { AwaitedAssertion } from "./awaited-assertion.js";
import { prefixOf } from "./prefix.js";

const NAME = "toSurviveScenario";

/** The chai plugin that adds `toSurviveScenario`. */
export function toSurviveScenario(chai: Chai.ChaiStatic, utils: Chai.ChaiUtils): void {
  chai.Assertion.addMethod(
    NAME,
    function (this: object, scenario: Scenario, options?: CampaignOptions): AwaitedAssertion<void> {
      // chai's flags belong to an assertion that the user may keep chaining: their current values count
      const expectation: Expectation = {
        verdict: utils.flag(this, "negate") === true ? "violation" : "survived",
        prefix: prefixOf(utils.flag(this, "message")),
        callSite: new Error("called here"),
      };
      const start: unknown = utils.flag(this, "ssfi");
      // chai's name for the function below which the user's frames begin
      if (typeof start === "function") Error.captureStackTrace(expectation.callSite, start);
      // the engine validates its input; chai's subject is untyped
      const target = utils.flag(this, "object") as Target;
      return new AwaitedAssertion(() => survive(target, scenario, options, expectation), expectation.callSite, NAME);
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
  const { callSite, verdict } = expectation;
  const result = await recorded({ callSite, wanted: verdict }, async () =>
    siegeOf(scenario).run(target, scenario, options),
  );
  const failure = failureOf(result, verdict);
  if (failure === undefined) return;
  throw calledFrom(new AssertionError(expectation.prefix + failure), callSite);
}
