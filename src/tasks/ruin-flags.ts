import type { RareOptions } from "../risk/rare/rare-options.js";
import type { RuinOptions } from "../risk/ruin/ruin-options.js";

import { requireLimit } from "../plugin/ruin-verdict.js";
import { DEFAULT_PATHS } from "../risk/ruin/ruin-options.js";

import { readFlags, toNumber, toValues } from "./campaign-flags.js";

/** The flags of `siege ruin`, as typed. */
export interface RuinFlags {
  readonly paths: string | undefined;
  readonly confidence: string | undefined;
  readonly below: string | undefined;
  /** Deviations by asset. */
  readonly tilt?: string | undefined;
  readonly minimise: string | undefined;
  readonly resume: string | undefined;
  readonly seed: string | undefined;
  readonly timeLimit: string | undefined;
  readonly lanes: string | undefined;
  readonly executor: string | undefined;
  readonly parameters?: string | undefined;
  /** Whether it stops as soon as the limit of `below` is decided. */
  readonly early: boolean;
}

/** What the flags ask for. */
interface RuinRequest {
  readonly options: RuinOptions & Required<Pick<RuinOptions, "paths">>;
  /** The limit that decides the exit code. */
  readonly below: number | undefined;
}

/**
 * Parses the flags; most ranges are checked with the options.
 *
 * @throws SiegeError `INVALID_OPTION`
 */
export function readRuinFlags(flags: RuinFlags): RuinRequest {
  const { paths, confidence, tilt, minimise, resume, seed, timeLimit, lanes, executor, parameters, early } = flags;
  const below = flags.below === undefined ? undefined : toNumber("--below", flags.below);
  if (below !== undefined || early) requireLimit(below);
  const shared = readFlags({ runs: undefined, findings: undefined, seed, timeLimit, lanes, executor, parameters });
  return {
    below,
    options: {
      ...shared,
      paths: paths === undefined ? DEFAULT_PATHS : toNumber("--paths", paths),
      ...(confidence === undefined ? {} : { confidence: toNumber("--confidence", confidence) }),
      ...(tilt === undefined ? {} : { rare: { assets: toTilts(tilt) } }),
      ...(minimise === undefined ? {} : { minimise: toNumber("--minimise", minimise) }),
      ...(resume === undefined ? {} : { resume }),
      ...(early && below !== undefined ? { stopWhen: { limit: below } } : {}),
    },
  };
}

/** Reads `ETH=-4`. */
function toTilts(text: string): RareOptions["assets"] {
  const deviations = toValues("--tilt", text, { what: "asset", like: "ETH=-4" });
  return Object.fromEntries(Object.entries(deviations).map(([asset, value]) => [asset, { deviations: value }]));
}
