import type { Scenario } from "../scenario.js";

import { isRecord, requireKeys, requireNumber, requireValue } from "./check.js";

const MOST = 86_400;
const DEFAULT = 12;

/** Checks when blocks come. */
export function buildBlockTime(given: unknown = DEFAULT): Pick<Scenario, "blockTime" | "intervals"> {
  if (!isRecord(given)) {
    requireNumber("blockTime", given, { min: 1, max: MOST, kind: "integer" });
    return { blockTime: given, intervals: "fixed" };
  }
  requireKeys("blockTime", given, ["mean", "distribution"]);
  const { mean, distribution } = given;
  requireNumber("blockTime.mean", mean, { min: 1, max: MOST, kind: "integer" });
  requireValue(
    "blockTime.distribution",
    distribution,
    distribution === "exponential",
    'It must be "exponential": blockTime: { mean: 12, distribution: "exponential" }. For intervals that are all the same, give their seconds: blockTime: 12.',
  );
  return { blockTime: mean, intervals: "exponential" };
}
