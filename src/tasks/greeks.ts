import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { GreeksOptions } from "../risk/greeks/greeks-options.js";
import type { GreeksResult } from "../risk/greeks/greeks-result.js";

import path from "node:path";

import { SiegeError } from "../errors.js";
import { toText } from "../report/reporters/json.js";

import { readFlags, toNumber } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { requireDrawable, writeFigures } from "./figure-files.js";
import { measured } from "./measured.js";

interface GreeksArguments {
  readonly file: string;
  readonly margin: string | undefined;
  readonly reads: string | undefined;
  readonly decimals: string | undefined;
  readonly of: string | undefined;
  readonly step: string | undefined;
  readonly paths: string | undefined;
  readonly seed: string | undefined;
  readonly lanes: string | undefined;
  readonly executor: string | undefined;
  readonly timeLimit: string | undefined;
  readonly parameters: string | undefined;
  readonly resume: string | undefined;
  readonly figures: string | undefined;
  readonly json: boolean;
  readonly noCompile: boolean;
}

/** `hardhat siege greeks`: exits with 0 if everything was measured, 2 if it was stopped. */
const greeks: NewTaskActionFunction<GreeksArguments> = (
  taskArguments,
  hre,
): Promise<Result<GreeksResult, GreeksResult>> =>
  undecidedIfItThrows(async () => {
    const { file, json, figures, of, step, paths, resume } = taskArguments;
    const { seed, timeLimit, lanes, executor, parameters } = taskArguments;
    const flags = { runs: undefined, seed, timeLimit, lanes, executor, parameters };
    const { runs: _runs, ...read } = readFlags({
      ...flags,
      findings: undefined,
    });
    const options: GreeksOptions = {
      ...read,
      output: outputOf(taskArguments),
      ...(of === undefined ? {} : { of: of.split(",").map((name) => name.trim()) }),
      ...(step === undefined ? {} : { step: toNumber("--step", step) }),
      ...(paths === undefined ? {} : { paths: toNumber("--paths", paths) }),
      // as typed: relative to the working directory
      ...(resume === undefined ? {} : { resume: path.resolve(resume) }),
    };
    await requireDrawable(figures);
    const result = await measured(taskArguments, hre, "run", ({ connection, target, scenario }, watched) =>
      connection.siege.greeks(target, scenario, { ...options, ...watched }),
    );
    const { renderGreeks } = await import("../report/greeks.js");
    console.log(json ? toText({ version: 1, file, greeks: result }) : renderGreeks(result));
    const drawn = await writeFigures(figures, async () => {
      const { greeksFigures } = await import("../report/figures/greeks-figures.js");
      return greeksFigures(result);
    });
    // beside a document, not in it
    for (const line of drawn) (json ? console.error : console.log)(line);
    if (result.cut === undefined) return { success: true, value: result };
    exitUndecided();
    return { success: false, error: result };
  });

function outputOf({ margin, reads, decimals }: GreeksArguments): GreeksOptions["output"] {
  if (margin !== undefined && reads === undefined && decimals === undefined) return { margin };
  if (reads !== undefined && margin === undefined) {
    return { reads, ...(decimals === undefined ? {} : { decimals: toNumber("--decimals", decimals) }) };
  }
  throw new SiegeError("INVALID_OPTION", {
    message: `siege greeks needs one of --margin and --reads${margin !== undefined ? ", not both" : ""}.`,
    hint: "Say which number responds: --margin noBadDebt, or --reads totalAssets --decimals 18.",
  });
}

export default greeks;
