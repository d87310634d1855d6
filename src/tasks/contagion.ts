import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { ContagionOptions, Fragmentation } from "../risk/contagion/contagion-options.js";
import type { ContagionResult } from "../risk/contagion/contagion-result.js";

import path from "node:path";

import { SiegeError } from "../errors.js";
import { toText } from "../report/reporters/json.js";

import { readFlags, toNumber } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { requireDrawable, writeFigures } from "./figure-files.js";
import { measured } from "./measured.js";

interface ContagionArguments {
  readonly file: string;
  readonly protocols: string | undefined;
  readonly paths: string | undefined;
  readonly at: string | undefined;
  readonly tolerance: string | undefined;
  readonly fragmentation: string | undefined;
  readonly minimise: string | undefined;
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

/** `hardhat siege contagion`: exits with 0 if all paths were played, 2 if it was stopped. */
const contagion: NewTaskActionFunction<ContagionArguments> = (
  taskArguments,
  hre,
): Promise<Result<ContagionResult, ContagionResult>> =>
  undecidedIfItThrows(async () => {
    const { file, json, figures } = taskArguments;
    const options = readOptions(taskArguments);
    await requireDrawable(figures);
    const result = await measured(taskArguments, hre, "run", ({ connection, target, scenario }, watched) =>
      connection.siege.contagion(target, scenario, { ...options, ...watched }),
    );
    const { renderContagion } = await import("../report/contagion.js");
    console.log(json ? toText({ version: 1, file, contagion: result }) : renderContagion(result));
    const drawn = await writeFigures(figures, async () => {
      const { contagionFigures } = await import("../report/figures/contagion-figures.js");
      return contagionFigures(result);
    });
    // beside a document, not in it
    for (const line of drawn) (json ? console.error : console.log)(line);
    if (result.cut === undefined) return { success: true, value: result };
    exitUndecided();
    return { success: false, error: result };
  });

function readOptions(taskArguments: ContagionArguments): ContagionOptions {
  const { protocols, paths, at, tolerance, fragmentation, minimise, resume } = taskArguments;
  const { seed, lanes, executor, timeLimit, parameters } = taskArguments;
  const flags = { seed, lanes, executor, timeLimit, parameters, runs: undefined, findings: undefined };
  return {
    ...readFlags(flags),
    ...(protocols === undefined ? {} : { protocols: protocols.split(",").map((name) => name.trim()) }),
    ...(paths === undefined ? {} : { paths: toNumber("--paths", paths) }),
    ...(at === undefined ? {} : { at: toNumber("--at", at) }),
    ...(tolerance === undefined ? {} : { tolerance: toNumber("--tolerance", tolerance) }),
    ...(minimise === undefined ? {} : { minimise: toNumber("--minimise", minimise) }),
    ...(fragmentation === undefined ? {} : { fragmentation: toFragmentation(fragmentation) }),
    // as typed: relative to the working directory
    ...(resume === undefined ? {} : { resume: path.resolve(resume) }),
  };
}

/** `venues=1:4` */
function toFragmentation(text: string): Fragmentation {
  const [, parameter, whole, parts] = /^\s*([\w-]+)=([^\s:]+):([^\s:]+)\s*$/.exec(text) ?? [];
  if (parameter !== undefined && whole !== undefined && parts !== undefined) {
    return {
      parameter,
      whole: toNumber("--fragmentation", whole),
      parts: toNumber("--fragmentation", parts),
    };
  }
  throw new SiegeError("INVALID_OPTION", {
    message: `The flag --fragmentation is "${text}".`,
    hint: "Name a parameter, its value with the liquidity in one venue, and in several: --fragmentation venues=1:4.",
  });
}

export default contagion;
