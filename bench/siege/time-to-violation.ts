import type { CampaignOptions } from "../../src/types.js";
import type { FixtureName } from "../peers/measures.js";

import { FIXTURES } from "../../test/fixtures/all.js";
import { createSiegeFork } from "../../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../../test/mini-mainnet/fork-source.js";

/** The result of a campaign against a flawed fixture. */
export interface SiegeTimeToViolation {
  readonly found: boolean;
  /** From the call of `siege.run` to the confirmed violation, or to the end of the search. */
  readonly seconds: number;
  /** Calls of agents up to the violation, including those that reverted. */
  readonly calls: number;
  /** Runs up to it. */
  readonly runs: number;
  /** Steps of the minimal trace. */
  readonly steps: number;
  /** Additional time for minimising, confirming and writing. */
  readonly minimiseSeconds: number;
  /** Runs of the minimiser and of the confirmation. */
  readonly replays: number;
}

/** The most runs before a campaign without a finding counts as a miss. */
const MAX_RUNS = 5_000;

/** One campaign on a fresh fork; its time includes binding, lanes and reading forked state. */
export async function siegeTimeToViolation(
  name: FixtureName,
  seed: number,
  options: Pick<CampaignOptions, "lanes" | "executor"> = {},
): Promise<SiegeTimeToViolation> {
  const fixture = FIXTURES.find((candidate) => candidate.name === name);
  if (fixture === undefined) throw new Error(`There is no fixture ${name}.`);
  const source = await miniMainnetSource();
  const fork = await createSiegeFork(source);
  try {
    const vault = await fixture.deploy(fork, "flawed");
    const { siege } = fork.connection;
    const scenario = siege.scenario(fixture.scenario(fork, vault));
    const result = await siege.run(vault, scenario, { seed, runs: MAX_RUNS, ...options });
    if (result.kind === "incomplete") throw result.error ?? new Error(result.reason);
    if (result.kind === "inconclusive") throw new Error(result.doubts.map(({ message }) => message).join(" "));
    const { runs, totalRuns, searchCalls, seconds, searchSeconds } = result.cost;
    return {
      found: result.kind === "violation",
      seconds: searchSeconds,
      calls: searchCalls,
      runs,
      steps: result.kind === "violation" ? result.finding.steps.length : 0,
      minimiseSeconds: seconds - searchSeconds,
      replays: totalRuns - runs,
    };
  } finally {
    await fork.close();
    await source.close();
  }
}
