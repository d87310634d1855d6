import type { CampaignResult, Scenario, Siege } from "../../../../src/types.js";

import { expect } from "chai";
import { network } from "hardhat";

import { claim } from "../../../../src/plugin/connections/open-sieges.js";

/** A scenario whose campaign ends like this after a moment. The matcher's own behaviour is what is tested. */
function scenarioThatEnds(end: () => Promise<CampaignResult>): Scenario {
  const scenario = { name: "test" } as Scenario;
  const siege: Partial<Siege> = { run: end };
  claim(scenario, siege as Siege);
  return scenario;
}

const survived = { kind: "survived", scenario: "test", target: "box", seed: 1, cost: { runs: 5 } } as CampaignResult;

describe("a matcher that is not awaited", function () {
  before(async function () {
    await network.create();
  });

  for (const test of (process.env.CASE ?? "").split(",")) {
    it(test, () => play(test));
  }
});

async function play(test: string): Promise<void> {
  switch (test) {
    case "passing":
      // eslint-disable-next-line @typescript-eslint/no-floating-promises
      expect({}).toSurviveScenario(scenarioThatEnds(() => Promise.resolve(survived)));
      break;
    case "failing":
      // eslint-disable-next-line @typescript-eslint/no-floating-promises
      expect({}).not.toSurviveScenario(scenarioThatEnds(() => Promise.resolve(survived)));
      break;
    case "endless":
      // eslint-disable-next-line @typescript-eslint/no-floating-promises
      expect({}).toSurviveScenario(scenarioThatEnds(() => new Promise(() => undefined)));
      break;
    case "late": {
      const pending = expect({}).toSurviveScenario(scenarioThatEnds(() => Promise.resolve(survived)));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await pending;
      break;
    }
    case "awaited":
      await expect({}).toSurviveScenario(scenarioThatEnds(() => Promise.resolve(survived)));
      break;
    default:
      throw new Error("CASE says which of these to run");
  }
}
