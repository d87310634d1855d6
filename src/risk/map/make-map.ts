import type { CampaignResult } from "../../engine/campaign/campaign-result.js";
import type { Finding } from "../../engine/campaign/finding.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { PointsFile } from "../points-file.js";
import type { MapPlan } from "./map-options.js";
import type { SiegeMap } from "./map-result.js";
import type { Probe } from "./point.js";
import type { SavedPoint } from "./saved-point.js";

import { seekFrontier } from "./frontier.js";
import { outcomeOf } from "./map-result.js";
import { probed } from "./point.js";
import { seekThreshold } from "./threshold.js";

/** What a map is made of. */
interface MapWork {
  readonly scenario: string;
  readonly seed: number;
  readonly runs: number;
  /** Those that are the same at every point. */
  readonly parameters?: ParameterValues | undefined;
  /** Milliseconds from any origin. */
  readonly clock: () => number;
  /** A campaign with the parameters of a point. */
  readonly play: (values: ParameterValues) => Promise<CampaignResult>;
  /** Points that are known, and where others are kept. */
  readonly file?: PointsFile<SavedPoint> | undefined;
  /** Whether what was found with these parameters lasts. */
  readonly lasts: (values: ParameterValues, finding: Finding) => Promise<boolean | undefined>;
}

/** Makes a map: along one parameter, or in two. */
export async function makeMap(
  plan: MapPlan,
  { scenario, seed, runs, parameters = {}, clock, play, lasts, file }: MapWork,
): Promise<SiegeMap> {
  const startedAt = clock();
  // no campaign names it if all break before their first block
  let about: { readonly target: string; readonly forkBlock?: number } = { target: "The target" };
  const probe: Probe = async (values) => {
    const known = file?.at(values);
    if (known !== undefined) {
      const { about: campaign, ...point } = known;
      about = campaign ?? about;
      return { point };
    }
    const found = await probed(
      values,
      async () => {
        const result = await play({ ...parameters, ...values });
        about = { target: result.target, forkBlock: result.forkBlock };
        return result;
      },
      (finding) => lasts({ ...parameters, ...values }, finding),
    );
    // what was stopped, or says nothing, is tried again
    if (found.point.end !== "undecided") file?.add({ ...found.point, about });
    return found;
  };
  const base = () => ({
    scenario,
    ...about,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    seed,
    runs,
    first: plan.points,
    ...(plan.rest === 0 ? {} : { rest: plan.rest }),
    seconds: (clock() - startedAt) / 1000,
  });
  const [one, other] = plan.axes;
  if (other === undefined) {
    const { precision } = plan;
    const found = await seekThreshold(one, probe, plan);
    return {
      kind: "threshold map",
      along: [one],
      ...base(),
      precision,
      outcome: outcomeOf(found.points, found.edges.length),
      ...found,
    };
  }
  const { refinements } = plan;
  const found = await seekFrontier([one, other], probe, plan);
  return {
    kind: "frontier map",
    along: [one, other],
    ...base(),
    refinements,
    outcome: outcomeOf(found.points),
    ...found,
  };
}
