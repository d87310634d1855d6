import type { Asked } from "../../helpers/stand-in.js";

import { AssertionError, expect } from "chai";

import { SiegeError } from "../../../src/errors.js";
import { registerMatchers } from "../../../src/matchers/register.js";
import { failsWith } from "../../helpers/errors.js";
import { finding, results } from "../../helpers/results.js";
import { scenarioThatEnds } from "../../helpers/stand-in.js";

describe("toSurviveScenario", () => {
  before(() => registerMatchers());

  it("passes if the target survived", async () => {
    await expect({}).toSurviveScenario(scenarioThatEnds(results.survived));
    await expect({}).to.toSurviveScenario(scenarioThatEnds(results.survived));
  });

  it("forwards target, scenario and options", async () => {
    const asked: Asked[] = [];
    const target = { name: "vault" };
    const scenario = scenarioThatEnds(results.survived, asked);
    await expect(target).toSurviveScenario(scenario, { runs: 3 });
    expect(asked).to.deep.equal([{ target, scenario, options: { runs: 3 } }]);
    expect(asked[0]?.target).to.equal(target);
  });

  it("fails with the report of the violation", async () => {
    const error = await assertionError(() => expect({}).toSurviveScenario(scenarioThatEnds(results.violation)));
    expect(error.message).to.match(/^Vault did not survive "flash crash"/);
    expect(error.message).to.include("assets 8 WETH < liabilities 10 WETH");
  });

  it("prefixes the report with the message of expect()", async () => {
    const error = await assertionError(() =>
      expect({}, "after the upgrade").toSurviveScenario(scenarioThatEnds(results.violation)),
    );
    expect(error.message).to.match(/^after the upgrade: Vault did not survive/);
  });

  it("points to the line of the test", async () => {
    const error = await assertionError(() => expect({}).toSurviveScenario(scenarioThatEnds(results.violation)));
    expect(error.stack?.split("\n").find((line) => /^ {4}at /.test(line))).to.include("to-survive-scenario.test.ts");
  });

  it("passes with `not` if the target broke", async () => {
    await expect({}).not.toSurviveScenario(scenarioThatEnds(results.violation));
    await expect({}).to.not.toSurviveScenario(scenarioThatEnds(results.violation));
  });

  it("fails with `not` if the target survived", async () => {
    const error = await assertionError(() => expect({}).not.toSurviveScenario(scenarioThatEnds(results.survived)));
    expect(error.message).to.equal('Vault survived "flash crash" in 5 runs with seed 1, but was expected not to.');
  });

  for (const negated of [false, true]) {
    describe(`with an incomplete campaign${negated ? ", with `not`" : ""}`, () => {
      const assertion = () => (negated ? expect({}).not : expect({}));

      it("throws an error", async () => {
        await failsWith("INCOMPLETE", () => assertion().toSurviveScenario(scenarioThatEnds(results.incomplete)));
      });

      it("shows what was found", async () => {
        const withFinding = { ...results.incomplete, finding };
        const error = await failsWith("INCOMPLETE", () => assertion().toSurviveScenario(scenarioThatEnds(withFinding)));
        expect(error.message).to.include("assets 8 WETH < liabilities 10 WETH");
      });

      it("keeps the fault that stopped it", async () => {
        const fault = new SiegeError("RPC_FAILED", { message: "The upstream is gone.", hint: "Try again." });
        const stopped = { ...results.incomplete, reason: "error" as const, error: fault };
        const error = await failsWith("INCOMPLETE", () => assertion().toSurviveScenario(scenarioThatEnds(stopped)));
        expect(error.cause).to.equal(fault);
      });
    });
  }

  it("throws an error with the reasons if the campaign was inconclusive, negated or not", async () => {
    for (const assertion of [() => expect({}), () => expect({}).not]) {
      const error = await failsWith("INCONCLUSIVE", () =>
        assertion().toSurviveScenario(scenarioThatEnds(results.inconclusive)),
      );
      expect(error.message).to.include("No call that changes the state of Vault succeeded.");
      expect(error.message).to.not.include("survived");
    }
  });

  it("rethrows errors, negated or not", async () => {
    const error = new SiegeError("NO_CODE", { message: "There is no code.", hint: "Deploy it." });
    await failsWith("NO_CODE", () => expect({}).toSurviveScenario(scenarioThatEnds(error)));
    await failsWith("NO_CODE", () => expect({}).not.toSurviveScenario(scenarioThatEnds(error)));
  });

  it("works wherever a promise does", async () => {
    const passing = () => expect({}).toSurviveScenario(scenarioThatEnds(results.survived));
    const failing = () => expect({}).toSurviveScenario(scenarioThatEnds(results.violation));
    await Promise.all([passing(), passing()]);
    expect((await Promise.allSettled([passing(), failing()])).map(({ status }) => status)).to.deep.equal([
      "fulfilled",
      "rejected",
    ]);
    expect(await failing().catch(() => "caught")).to.equal("caught");
    let done = false;
    await passing().finally(() => (done = true));
    expect(done).to.equal(true);
  });
});

async function assertionError(work: () => Promise<void>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AssertionError) return error;
    throw error;
  }
  throw new Error("Nothing failed; expected an AssertionError.");
}
