import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { SensitivityResult } from "../risk/sensitivity/sensitivity-result.js";

import path from "node:path";

import { toText } from "../report/reporters/json.js";

import { readFlags, toNumber } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { requireDrawable, writeFigures } from "./figure-files.js";
import { measured } from "./measured.js";

interface SensitivityArguments {
  readonly file: string;
  readonly of: string | undefined;
  readonly method: string | undefined;
  readonly samples: string | undefined;
  readonly margin: string | undefined;
  readonly resume: string | undefined;
  readonly runs: string | undefined;
  readonly seed: string | undefined;
  readonly lanes: string | undefined;
  readonly executor: string | undefined;
  readonly timeLimit: string | undefined;
  readonly parameters: string | undefined;
  readonly figures: string | undefined;
  readonly json: boolean;
  readonly noCompile: boolean;
}

/** `hardhat siege sensitivity`: exits with 0 if all samples were measured, 2 if it was stopped. */
const sensitivity: NewTaskActionFunction<SensitivityArguments> = (
  taskArguments,
  hre,
): Promise<Result<SensitivityResult, SensitivityResult>> =>
  undecidedIfItThrows(async () => {
    const { file, json, figures, of, method, samples, margin, resume } = taskArguments;
    const { runs, seed, timeLimit, lanes, executor, parameters } = taskArguments;
    const flags = { runs, seed, timeLimit, lanes, executor, parameters };
    const options = {
      ...readFlags({ ...flags, findings: undefined }),
      ...(of === undefined ? {} : { of: of.split(",").map((name) => name.trim()) }),
      // whether there is such a method is checked with the other options
      ...(method === undefined ? {} : { method: method as "morris" | "sobol" }),
      ...(samples === undefined ? {} : { samples: toNumber("--samples", samples) }),
      ...(margin === undefined ? {} : { output: { margin } }),
      // as typed: relative to the working directory
      ...(resume === undefined ? {} : { resume: path.resolve(resume) }),
    };
    await requireDrawable(figures);
    const result = await measured(taskArguments, hre, "point", ({ connection, target, scenario }, watched) =>
      connection.siege.sensitivity(target, scenario, { ...options, ...watched }),
    );
    const { renderSensitivity } = await import("../report/sensitivity.js");
    console.log(json ? toText({ version: 1, file, sensitivity: result }) : renderSensitivity(result));
    const drawn = await writeFigures(figures, async () => {
      const { sensitivityFigures } = await import("../report/figures/sensitivity-figures.js");
      return sensitivityFigures(result);
    });
    // beside a document, not in it
    for (const line of drawn) (json ? console.error : console.log)(line);
    if (result.cut === undefined) return { success: true, value: result };
    exitUndecided();
    return { success: false, error: result };
  });

export default sensitivity;
