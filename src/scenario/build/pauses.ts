import type { PauseModel, Scenario } from "../scenario.js";

import { check, isRecord, requireKeys, requireNumber, requireValue } from "./check.js";

const HOUR = 3_600;
const MONTH = 30 * 24 * HOUR;
const YEAR = 365 * 24 * HOUR;

const DEFAULT_PAUSES = 2;
const MAX_PAUSES = 10;

/** Checks how time may pass. */
export function buildPauses(pauses: unknown, orderFlow: Scenario["orderFlow"]): PauseModel {
  const usual = orderFlow.length === 0 ? DEFAULT_PAUSES : 0;
  if (pauses === undefined) return Object.freeze({ most: usual, seconds: [HOUR, MONTH] as const, watched: true });
  requireValue(
    "pauses",
    pauses,
    isRecord(pauses),
    "Say how many, and how long: pauses: { most: 1, seconds: [3_600, 604_800] }; pauses: { most: 0 } for none.",
  );
  requireKeys("pauses", pauses, ["most", "seconds", "watched"]);
  const { most = usual, seconds = [HOUR, MONTH], watched = true } = pauses;
  requireNumber("pauses.most", most, { min: 0, max: MAX_PAUSES, kind: "integer" });
  check(most === 0 || orderFlow.length === 0, {
    message: `pauses.most is ${most} in a scenario with recorded order flow.`,
    hint: "Recorded blocks follow each other as they did: leave out pauses, or the order flow.",
  });
  requireValue(
    "pauses.seconds",
    seconds,
    Array.isArray(seconds) && seconds.length === 2,
    "Give the shortest and the longest, seconds: [3_600, 604_800].",
  );
  const [least, longest] = seconds as readonly unknown[];
  requireNumber("pauses.seconds[0]", least, { min: 1, max: YEAR, kind: "integer" });
  requireNumber("pauses.seconds[1]", longest, { min: least, max: YEAR, kind: "integer" });
  requireValue(
    "pauses.watched",
    watched,
    typeof watched === "boolean",
    "Set it to false to count attacks that anybody could have prevented at a profit while time passed.",
  );
  return Object.freeze({ most, watched, seconds: Object.freeze([least, longest] as const) });
}
