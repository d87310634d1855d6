import type { CampaignOptions, CampaignResult, Scenario, Siege } from "../../src/types.js";

import { claim } from "../../src/plugin/connections/open-sieges.js";

/** What a campaign was asked to do. */
export interface Asked {
  target: unknown;
  scenario: Scenario;
  options: CampaignOptions | undefined;
}

/**
 * A scenario whose campaign ends in a given result, for what is about the matcher and not about the campaign.
 * `asked` collects what the matcher passed on.
 */
export function scenarioThatEnds(end: CampaignResult | Error, asked: Asked[] = []): Scenario {
  // never read
  const scenario = { name: "stand-in" } as Scenario;
  const run: Siege["run"] = async (target, same, options) => {
    asked.push({ target, scenario: same, options });
    if (end instanceof Error) throw end;
    return end;
  };
  claim(scenario, { run } as Siege);
  return scenario;
}
