import type { CampaignResult } from "../engine/campaign/campaign-result.js";
import type { Finding } from "../engine/campaign/finding.js";
import type { RuinOptions } from "../risk/ruin/ruin-options.js";
import type { RuinResult } from "../risk/ruin/ruin-result.js";
import type { ParameterValues } from "../scenario/parameters/setter.js";
import type { CandidatePaths } from "../training/tuning/measure-candidate.js";
import type { TunePlan } from "../training/tuning/tune-options.js";
import type { TuneAttack } from "../training/tuning/tune-result.js";
import type { TuneWork } from "../training/tuning/tune.js";

import { Stop } from "../engine/campaign/stop.js";
import { SiegeError } from "../errors.js";

/** What a connection does for a tuning; all values of parameters are those of the call, the fixed ones included. */
interface OnConnection {
  readonly measure: (
    values: ParameterValues,
    paths: { readonly paths: number; readonly seed: number },
  ) => Promise<CandidatePaths>;
  readonly ruin: (options: RuinOptions) => Promise<RuinResult>;
  readonly campaign: (values: ParameterValues, runs: number) => Promise<CampaignResult>;
  /** Seconds that are left; absent without a limit. */
  readonly left: () => { readonly timeLimit?: number };
}

/** What only chance brings about: prices, feeds, the gas market. */
const CHANCE: ReadonlySet<string> = new Set(["market", "oracle", "gas"]);

/** Errors of values that a contract or a condition does not take: such a point is no candidate, and others may be. */
const REFUSALS: ReadonlySet<string> = new Set(["PARAMETER_REFUSED", "BROKEN_AT_START"]);

/** What a tuning needs of a connection. */
export function tuneWork(
  { parameters, attacks }: Pick<TunePlan, "parameters" | "attacks">,
  { measure, ruin, campaign, left }: OnConnection,
): Pick<TuneWork, "measure" | "judge" | "attack" | "reproduce"> {
  const all = (values: ParameterValues): ParameterValues => ({ ...parameters, ...values });
  return {
    measure: async (values, paths) => {
      try {
        return await measure(all(values), paths);
      } catch (error) {
        if (SiegeError.isSiegeError(error) && REFUSALS.has(error.code)) return error.summary;
        throw error;
      }
    },
    judge: async (values, { seed, paths, limit, confidence }) => {
      const options = { parameters: all(values), seed, paths, confidence, stopWhen: { limit }, ...left() };
      const result = complete(await ruin(options));
      const { paths: played, ruined, doubts, probability } = result;
      const why = doubts.length === 0 ? {} : { doubts: doubts.map(({ message }) => message) };
      return { paths: played, ruined: ruined.length, interval: probability.interval, ...why };
    },
    attack: async (values) => attackOf(await campaign(all(values), attacks)),
    reproduce: async (values, path, seed) => {
      const options = { parameters: all(values), seed, paths: path, ...left() };
      const { ruined, findings } = complete(await ruin({ ...options, minimise: MOST_MINIMISED }));
      const index = ruined.findIndex((one) => one.path === path);
      return index === -1 ? undefined : findings[0]?.reproduction;
    },
  };
}

/** The path that is wanted is the first one that is ruined, so one is enough. */
const MOST_MINIMISED = 1;

/** @throws Stop, or the error that stopped it */
function complete(result: RuinResult): RuinResult {
  if (result.kind === "estimated") return result;
  if (result.reason === "error") throw result.error ?? new SiegeError("INTERNAL", STOPPED);
  throw new Stop(result.reason);
}

const STOPPED = { message: "Paths stopped without an error.", hint: "Please report it." };

/** @throws Stop, or the error that stopped it */
function attackOf(result: CampaignResult): TuneAttack {
  if (result.kind === "violation") return brokeBy(result.finding);
  if (result.kind === "survived") return { kind: "survived", runs: result.cost.runs };
  if (result.kind === "inconclusive") {
    return { kind: "undecided", reason: result.doubts.map(({ message }) => message).join(" ") };
  }
  if (result.reason === "error") throw result.error ?? new SiegeError("INTERNAL", STOPPED);
  throw new Stop(result.reason);
}

function brokeBy({ violation, trace, reproduction }: Finding): TuneAttack {
  return {
    kind: "broke",
    condition: violation.condition,
    summary: violation.evidence.summary,
    atWill: trace.steps.every(({ kind }) => !CHANCE.has(kind)),
    ...(reproduction === undefined ? {} : { reproduction }),
  };
}
