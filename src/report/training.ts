import type { TrainResult } from "../training/adversary/train-result.js";

import { legible } from "../quantity/legible.js";

import { count, row, toText } from "./lines.js";

/** The widest name. */
const WIDTH = 80;

/**
 * A training as text: what each stage found, and with how many runs.
 *
 * @param result - of `siege.train(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderTraining(result: TrainResult): string {
  const { campaigns, learntFrom, policy, seconds, cut } = result;
  const stages = [...new Set(campaigns.map(({ stage }) => stage))];
  const missed = [...new Set(campaigns.flatMap(({ target, found }) => (found ? [] : [target])))].filter((target) =>
    campaigns.every((campaign) => campaign.target !== target || !campaign.found),
  );
  return toText([
    `A policy from ${count(campaigns.length, "campaign")} against ${count(new Set(campaigns.map(({ target }) => target)).size, "target")}`,
    ...(cut === undefined ? [] : [row("stopped", cut)]),
    ...stages.map((stage) => {
      const own = campaigns.filter((campaign) => campaign.stage === stage);
      const found = own.filter((campaign) => campaign.found);
      const runs = own.reduce((sum, campaign) => sum + campaign.runs, 0);
      return row(
        `stage ${stage}`,
        `${found.length} of ${own.length} broken, ${count(runs, "run")} of up to ${own[0]?.budget ?? 0} each`,
      );
    }),
    ...(missed.length === 0 ? [] : [row("survived", missed.map((target) => legible(target, WIDTH)).join(", "))]),
    row(
      "learnt",
      `from ${count(learntFrom.violations, "violation")} and ${learntFrom.nearMisses} near ${learntFrom.nearMisses === 1 ? "miss" : "misses"}`,
    ),
    `  seed ${policy.trained.seed}, ${seconds.toFixed(1)} s`,
  ]);
}
