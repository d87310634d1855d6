import type { RuinExpectation } from "../plugin/ruin-verdict.js";
import type { RuinOptions, StopWhen } from "../risk/ruin/ruin-options.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Target } from "../target/target.js";

import { AssertionError } from "chai";

import { calledFrom } from "../plugin/call-site.js";
import { siegeOf } from "../plugin/connections/open-sieges.js";
import { recordedRuin } from "../plugin/reports/assertion-journal.js";
import { requireLimit, ruinFailureOf } from "../plugin/ruin-verdict.js";

import { AwaitedAssertion } from "./awaited-assertion.js";
import { prefixOf } from "./prefix.js";

const NAME = "toHaveRuinProbabilityBelow";

/** Options of `toHaveRuinProbabilityBelow`: those of `siege.ruin`. */
export interface RuinAssertionOptions extends Omit<RuinOptions, "stopWhen"> {
  /** `"decided"`: as soon as the confidence sequence lies on one side of the limit. See {@link StopWhen} for the others. */
  readonly stopWhen?: StopWhen | "decided";
}

/** The chai plugin that adds `toHaveRuinProbabilityBelow`. */
export function toHaveRuinProbabilityBelow(chai: Chai.ChaiStatic, utils: Chai.ChaiUtils): void {
  chai.Assertion.addMethod(
    NAME,
    function (
      this: object,
      limit: number,
      scenario: Scenario,
      options: RuinAssertionOptions = {},
    ): AwaitedAssertion<void> {
      const verdict = utils.flag(this, "negate") === true ? "not below" : "below";
      const prefix = prefixOf(utils.flag(this, "message"));
      const callSite = new Error("called here");
      const start: unknown = utils.flag(this, "ssfi");
      // chai's name for the function below which the user's frames begin
      if (typeof start === "function") Error.captureStackTrace(callSite, start);
      // the engine validates its input; chai's subject is untyped
      const target = utils.flag(this, "object") as Target;
      const work = async (): Promise<void> => {
        const failure = await judged(target, scenario, options, { limit, verdict, callSite });
        if (failure !== undefined) throw calledFrom(new AssertionError(prefix + failure), callSite);
      };
      return new AwaitedAssertion(work, callSite, NAME);
    },
  );
}

async function judged(
  target: Target,
  scenario: Scenario,
  { stopWhen, ...options }: RuinAssertionOptions,
  expectation: RuinExpectation & { readonly callSite: Error },
): Promise<string | undefined> {
  const { limit, verdict, callSite } = expectation;
  requireLimit(limit);
  const when = stopWhen === "decided" ? { limit } : stopWhen;
  const result = await recordedRuin({ callSite, wanted: verdict, limit }, async () =>
    siegeOf(scenario).ruin(target, scenario, {
      ...options,
      ...(when === undefined ? {} : { stopWhen: when }),
    }),
  );
  return ruinFailureOf(result, expectation);
}
