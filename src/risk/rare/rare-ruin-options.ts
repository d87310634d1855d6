import type { World } from "../../engine/world/world.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { ChainScore } from "./chain-branches.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, shown } from "../../options.js";
import { requireOnLanes } from "../on-lanes.js";
import { randomnessOf } from "../ruin/randomness.js";

/** Options of `siege.rareRuin`. */
export interface RareRuinOptions {
  /**
   * How close a state is to ruin, see {@link ChainScore}. It decides how expensive the estimate is, and never whether it is right. Best is
   * what says how likely ruin is in the blocks that are left. Default: the least margin of the conditions.
   */
  readonly score?: ChainScore;
  /** Independent trees of branches, 2 to 1,000,000. Default 1,000. */
  readonly trees?: number;
  /** Paths of the pilot that places the levels, 4 to 100,000. Default 50. */
  readonly pilots?: number;
  /** The confidence of the interval, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
  /** Minimises the first of the ruined paths into reproductions, as many as this says, 0 to 1,000. Default 0. */
  readonly minimise?: number;
  /** How many worlds trees grow on in parallel, 1 to 64, or `"auto"`. The result does not depend on it. Default `"auto"`. */
  readonly lanes?: number | "auto";
  /** How blocks are executed, as in a campaign; the result does not depend on it. Default `batched`. */
  readonly executor?: "batched" | "faithful";
  /** Values of the scenario's parameters, by name. Default: none is set. */
  readonly parameters?: ParameterValues;
  /** Seed of all branches. Default 1. */
  readonly seed?: number;
  /** Seconds after which it stops, incomplete. Default: none. */
  readonly timeLimit?: number;
  /** Aborts it: the trees that are finished are reported, as incomplete. */
  readonly signal?: AbortSignal;
  /** Called with the number of trees that are finished, after each. */
  readonly progress?: (finished: number) => void;
}

const KNOWN = [
  "score",
  "trees",
  "pilots",
  "confidence",
  "minimise",
  "lanes",
  "executor",
  "parameters",
  "seed",
  "timeLimit",
  "signal",
  "progress",
];

/** Checks what the sampling itself does not. @throws SiegeError `INVALID_OPTION` */
export function requireRareRuin(options: RareRuinOptions): void {
  requireKnown("rareRuin", options, KNOWN);
  const { score, minimise = 0 } = options;
  requireInRange("rareRuin", "minimise", minimise, { min: 0, max: 1_000, kind: "integer" });
  requireOnLanes("rareRuin", options);
  if (score !== undefined && typeof (score as unknown) !== "function") {
    throw new SiegeError("INVALID_OPTION", {
      message: `rareRuin: "score" is ${shown(score)}.`,
      hint: 'It must be a function: ({ view }) => -view.price("ETH").',
    });
  }
}

/**
 * Whatever is drawn in a block must not depend on what was drawn in others, or a branch would not be a path of the scenario.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function requireBranchable(world: World): void {
  const { scenario } = world;
  const { drawnCalls, events: drawn } = randomnessOf(world);
  // when a block comes does not depend on the others
  const events = drawn.filter((kind) => kind !== "interval");
  for (const [name, { process }] of scenario.assets) {
    if (process === undefined || process.independent === true) continue;
    throw unbranchable(
      `The price of ${name} (${process.kind}) remembers more than where it is`,
      "Use gbm, merton, kou, path or replay, or one of your own with independent: true; or play the scenario with siege.ruin.",
    );
  }
  if (drawnCalls.length > 0) {
    throw unbranchable(
      `The calls of ${drawnCalls.join(", ")} are drawn for a whole path`,
      "Give it a policy (act), or leave it out.",
    );
  }
  if (events.length > 0) {
    throw unbranchable(
      `Events are drawn for a whole path (${events.join(", ")})`,
      "Leave out oracleFaults, gas.demand, builder and events, or play the scenario with siege.ruin.",
    );
  }
}

function unbranchable(message: string, hint: string): SiegeError {
  return new SiegeError("INVALID_OPTION", { message: `${message}: it cannot be branched.`, hint });
}
