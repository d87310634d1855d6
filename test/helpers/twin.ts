import type { CampaignResult, Scenario, Target } from "../../src/types.js";
import type { SiegeFork } from "./siege-fork.js";

import { expect } from "chai";

import { renderResult } from "../../src/report/terminal.js";

/** Runs of the short search that a fixed twin has to survive; `npm run test:deep` gives each twin the whole budget. */
export const SHORT_SEARCH = 20;

/**
 * Runs of a search that has to find nothing. A run takes a tenth of a second, so `npm test` has few of them; test/deep imports the
 * same specifications, and has them all.
 *
 * @param whole - as many as the specification asks for
 * @param short - as many as `npm test` has
 */
export function runsOf(whole: number, short: number = SHORT_SEARCH): number {
  return isDeep() ? whole : Math.min(whole, short);
}

/** Whether specifications that are made shorter for `npm test` are to be checked as a whole: see test/deep/whole.ts. */
export function isDeep(): boolean {
  return process.env.SIEGE_DEEP === "1";
}

/**
 * The whole proof that a twin is fixed: the minimal trace that broke its flawed sibling is replayed on it, and then it is
 * searched for a little. The flawed one must have been broken by a scenario of the same name on this fork before, and nothing
 * else: a campaign starts with the saved reproductions of its scenario and target.
 *
 * @param sibling - the flawed contract's name, under which the reproduction is saved
 */
export async function survivesItsSiblingsTrace(
  fork: SiegeFork,
  { target, scenario, sibling, runs = SHORT_SEARCH, refuses = false }: Twin,
): Promise<CampaignResult> {
  const result = await fork.connection.siege.run({ ...target, name: sibling }, scenario, { seed: 1, runs });
  expect(result.kind, renderResult(result)).to.equal(refuses ? "inconclusive" : "survived");
  expect(result.cost.runs).to.equal(runs);
  // the replayed trace, the first run once as transactions, and the search
  expect(result.cost.totalRuns - result.cost.runs, "runs besides the search").to.be.at.least(2);
  return result;
}

/** A fixed twin, and how it is besieged. */
export interface Twin {
  readonly target: Exclude<Target, string>;
  readonly scenario: Scenario;
  readonly sibling: string;
  readonly runs?: number;
  /** Whether it refuses every call of the search, so that nothing is known from it but the replay. */
  readonly refuses?: boolean;
}

/** Does something to a fork, of which nothing is left on its chain: who deploys again gets the same addresses. */
export async function undone<T>({ connection: { provider } }: SiegeFork, act: () => Promise<T>): Promise<T> {
  const snapshot: unknown = await provider.request({ method: "evm_snapshot" });
  const result = await act();
  await provider.request({ method: "evm_revert", params: [snapshot] });
  return result;
}
