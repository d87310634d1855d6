import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { TuneOptions } from "../training/tuning/tune-options.js";
import type { TuneResult } from "../training/tuning/tune-result.js";

import { SiegeError } from "../errors.js";
import { toText } from "../report/reporters/json.js";

import { readFlags, toNumber } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { measured } from "./measured.js";

interface TuneArguments {
  readonly file: string;
  readonly limit: string | undefined;
  readonly confidence: string | undefined;
  readonly of: string | undefined;
  readonly candidates: string | undefined;
  readonly paths: string | undefined;
  readonly points: string | undefined;
  readonly fresh: string | undefined;
  readonly attacks: string | undefined;
  readonly seed: string | undefined;
  readonly timeLimit: string | undefined;
  readonly parameters: string | undefined;
  readonly json: boolean;
  readonly noCompile: boolean;
}

/** `hardhat siege tune`: exits with 0 if a point was accepted, 1 if none was, 2 if it was stopped before that. */
const tune: NewTaskActionFunction<TuneArguments> = (taskArguments, hre): Promise<Result<TuneResult, TuneResult>> =>
  undecidedIfItThrows(async () => {
    const { file, json } = taskArguments;
    const options = optionsOf(taskArguments);
    const result = await measured(taskArguments, hre, "point", ({ connection, target, scenario }, watched) =>
      connection.siege.tune(target, scenario, { ...options, ...watched }),
    );
    const { renderTuning } = await import("../report/tuning.js");
    console.log(json ? toText({ version: 1, file, tuning: result }) : renderTuning(result));
    if (result.outcome === "tuned") return { success: true, value: result };
    if (result.outcome === "incomplete") exitUndecided();
    return { success: false, error: result };
  });

/** @throws SiegeError `INVALID_OPTION`; ranges are checked with the options */
function optionsOf(flags: TuneArguments): TuneOptions {
  const { limit, confidence, of, seed, timeLimit, parameters } = flags;
  if (limit === undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: "siege tune was not told how likely ruin may be.",
      hint: "Give the limit, like --limit 0.01.",
    });
  }
  const none = { lanes: undefined, executor: undefined, findings: undefined, runs: undefined };
  const counts = (["candidates", "paths", "points", "fresh", "attacks"] as const).flatMap((name) => {
    const text = flags[name];
    return text === undefined ? [] : [[name, toNumber(`--${name}`, text)] as const];
  });
  return {
    ...readFlags({ ...none, seed, timeLimit, parameters }),
    ruin: {
      limit: toNumber("--limit", limit),
      ...(confidence === undefined ? {} : { confidence: toNumber("--confidence", confidence) }),
    },
    ...(of === undefined ? {} : { of: of.split(",").map((name) => name.trim()) }),
    ...Object.fromEntries(counts),
  };
}

export default tune;
