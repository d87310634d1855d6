import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { RareRuinOptions } from "../risk/rare/rare-ruin-options.js";
import type { RareRuinResult } from "../risk/rare/rare-ruin.js";

import { requireLimit } from "../plugin/ruin-verdict.js";
import { toText } from "../report/reporters/json.js";

import { readFlags, toNumber } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { measured } from "./measured.js";

interface RareArguments {
  readonly file: string;
  readonly trees: string | undefined;
  readonly pilots: string | undefined;
  readonly confidence: string | undefined;
  readonly below: string | undefined;
  readonly minimise: string | undefined;
  readonly seed: string | undefined;
  readonly lanes: string | undefined;
  readonly executor: string | undefined;
  readonly timeLimit: string | undefined;
  readonly parameters: string | undefined;
  readonly json: boolean;
  readonly noCompile: boolean;
}

/**
 * `hardhat siege rare`: exits with 1 if a path was ruined and with 2 if none was, which says nothing of the probability, or if it was
 * stopped. With `--below`, the interval decides: 0 if it lies below the limit, 1 if it does not, 2 if that is open, or if the interval
 * rests on few trees.
 */
const rare: NewTaskActionFunction<RareArguments> = (
  taskArguments,
  hre,
): Promise<Result<RareRuinResult, RareRuinResult>> =>
  undecidedIfItThrows(async () => {
    const { file, json, trees, pilots, confidence, minimise } = taskArguments;
    const { seed, lanes, executor, timeLimit, parameters } = taskArguments;
    const below = taskArguments.below === undefined ? undefined : toNumber("--below", taskArguments.below);
    if (below !== undefined) requireLimit(below);
    const { runs: _runs, ...shared } = readFlags({
      ...{ runs: undefined, findings: undefined },
      ...{ seed, lanes, executor, timeLimit, parameters },
    });
    const options: RareRuinOptions = {
      ...shared,
      ...(trees === undefined ? {} : { trees: toNumber("--trees", trees) }),
      ...(pilots === undefined ? {} : { pilots: toNumber("--pilots", pilots) }),
      ...(confidence === undefined ? {} : { confidence: toNumber("--confidence", confidence) }),
      ...(minimise === undefined ? {} : { minimise: toNumber("--minimise", minimise) }),
    };
    const { DEFAULT_TREES } = await import("../risk/rare/tree-splitting.js");
    const wanted = options.trees ?? DEFAULT_TREES;
    const result = await measured(taskArguments, hre, "tree", ({ connection, target, scenario }, watched) => {
      const progress = (finished: number): void => {
        watched.progress(finished, wanted);
      };
      return connection.siege.rareRuin(target, scenario, { ...options, signal: watched.signal, progress });
    });
    const { FEWEST_EFFECTIVE_TREES } = await import("../risk/rare/rare-ruin.js");
    const { renderRareRuin } = await import("../report/rare-ruin.js");
    console.log(json ? toText({ version: 1, file, rare: result }) : renderRareRuin(result));
    const end = endOf(result, below, FEWEST_EFFECTIVE_TREES);
    if (end === "undecided") exitUndecided();
    return end === "survived" ? { success: true, value: result } : { success: false, error: result };
  });

export default rare;

function endOf(
  { kind, ruined, unconfirmed, probability }: RareRuinResult,
  below: number | undefined,
  fewest: number,
): "survived" | "ruined" | "undecided" {
  if (kind === "incomplete" || unconfirmed.length > 0) return "undecided";
  if (below === undefined) return ruined.length > 0 ? "ruined" : "undecided";
  if (probability.effective < fewest) return "undecided";
  const { lower, upper } = probability.interval;
  if (lower >= below) return "ruined";
  return upper < below ? "survived" : "undecided";
}
