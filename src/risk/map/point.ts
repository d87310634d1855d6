import type { CampaignResult, Interruption } from "../../engine/campaign/campaign-result.js";
import type { Finding } from "../../engine/campaign/finding.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";

import { SiegeError } from "../../errors.js";

/** What broke at a point of a map. */
export interface PointViolation {
  /** The condition's id. */
  readonly condition: string;
  /** Its evidence, in a sentence: of the minimal reproduction. */
  readonly summary: string;
  /** The reproduction's file, relative to the project's root; absent if it holds no block, or could not be written. */
  readonly reproduction?: string;
  /**
   * Whether it lasts: `true` if it still does not hold after all prices have returned to those of the start and everybody has
   * rested, so that what is lost is lost; `false` if it holds again. Absent if that was not tried, or could not be.
   */
  readonly lasts?: boolean;
}

/** One campaign of a map. Plain data. */
export interface MapPoint {
  /** What its parameters were set to. */
  readonly values: ParameterValues;
  /** `undecided`: its campaign was incomplete or inconclusive, so that the point is neither. */
  readonly end: "survived" | "broke" | "undecided";
  /** Runs of its search: fewer than the map's if it broke or was stopped. */
  readonly runs: number;
  /** If it broke. */
  readonly violation?: PointViolation;
  /** If it is undecided: why. If it broke before the first block: that it did. */
  readonly why?: string;
}

/** A point, and why the map ends with it, if it does. */
export interface Probed {
  readonly point: MapPoint;
  readonly cut?: Interruption["reason"];
}

/** Tests values of parameters. */
export type Probe = (values: ParameterValues) => Promise<Probed>;

/**
 * Plays the campaign of a point.
 *
 * @param lasts - whether what it found lasts; `undefined` if that is not asked

 * @throws what the campaign throws, apart from `BROKEN_AT_START`: values at which a condition never held are values that break it
 */
export async function probed(
  values: ParameterValues,
  play: () => Promise<CampaignResult>,
  lasts: (finding: Finding) => Promise<boolean | undefined>,
): Promise<Probed> {
  try {
    const result = await play();
    const cut = result.kind === "incomplete" && result.reason !== "error" ? result.reason : undefined;
    const end = endOf(result, result.kind === "violation" ? await told(() => lasts(result.finding)) : undefined);
    return { point: { values, runs: result.cost.runs, ...end }, ...(cut === undefined ? {} : { cut }) };
  } catch (error) {
    if (!SiegeError.isSiegeError(error) || error.code !== "BROKEN_AT_START") throw error;
    return { point: { values, end: "broke", runs: 0, why: error.summary } };
  }
}

/** What is not known because of a fault of the chain is left open; what broke has broken. */
async function told(lasts: () => Promise<boolean | undefined>): Promise<boolean | undefined> {
  try {
    return await lasts();
  } catch (error) {
    if (SiegeError.isSiegeError(error) && error.policy === "infrastructure") return undefined;
    throw error;
  }
}

function endOf(result: CampaignResult, lasts: boolean | undefined): Pick<MapPoint, "end" | "violation" | "why"> {
  switch (result.kind) {
    case "survived":
      return { end: "survived" };
    case "violation": {
      const { violation, reproduction } = result.finding;
      const { condition, evidence } = violation;
      const file = reproduction === undefined ? {} : { reproduction };
      const lasting = lasts === undefined ? {} : { lasts };
      return { end: "broke", violation: { condition, summary: evidence.summary, ...file, ...lasting } };
    }
    case "inconclusive":
      return { end: "undecided", why: `inconclusive: ${result.doubts[0]?.message ?? "nothing is known"}` };
    case "incomplete":
      return { end: "undecided", why: `incomplete: ${result.error?.summary ?? `stopped by the ${result.reason}`}` };
  }
}
