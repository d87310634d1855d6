import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { RuinOptions } from "../risk/ruin/ruin-options.js";
import type { RuinResult } from "../risk/ruin/ruin-result.js";
import type { RuinFlags } from "./ruin-flags.js";

import path from "node:path";

import { SiegeError } from "../errors.js";
import { requireWritable, writeDocument } from "../plugin/reports/write-document.js";
import { requireSimulated } from "../plugin/simulated-network.js";
import { toText } from "../report/reporters/json.js";

import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { requireDrawable, writeFigures } from "./figure-files.js";
import { interruptible } from "./interrupt.js";
import { CountDisplay } from "./progress/count-display.js";
import { readRuinFlags } from "./ruin-flags.js";
import { loadScenarioFile } from "./scenario-files.js";

interface RuinArguments extends RuinFlags {
  readonly files: string[];
  readonly figures: string | undefined;
  readonly json: string | undefined;
  readonly noCompile: boolean;
}

/**
 * `hardhat siege ruin`: exits with 0 if no path was ruined, 1 if one was, 2 if that could not be decided. With `--below`, the
 * interval decides: 0 if it lies below the limit, 1 if it does not, 2 if the limit lies within it.
 */
const ruin: NewTaskActionFunction<RuinArguments> = (taskArguments, hre): Promise<Result<RuinResult, RuinResult>> =>
  undecidedIfItThrows(async () => {
    const { files, json, figures, noCompile } = taskArguments;
    const { below, options } = readRuinFlags(taskArguments);
    const [file] = files;
    if (file === undefined || files.length > 1) {
      throw new SiegeError("NO_SCENARIO_FILE", {
        message: `siege ruin was given ${file === undefined ? "no scenario file" : `${String(files.length)} scenario files`}.`,
        hint: "Name one: npx hardhat siege ruin siege/crash.scenario.ts.",
      });
    }
    // not after an hour of paths
    if (json !== undefined) await requireWritable(json);
    await requireDrawable(figures);
    if (!noCompile) {
      const noTests = hre.config.solidity.splitTestsCompilation;
      await hre.tasks.getTask("build").run({ quiet: true, noTests });
    }
    const result = await interruptible((signal) => played(file, { ...options, signal }, hre));
    const { renderRuin } = await import("../report/ruin.js");
    console.log(renderRuin(result));
    if (json !== undefined) await writeDocument(json, toText({ version: 1, file, result }));
    const drawn = await writeFigures(figures, async () => {
      const { ruinFigures } = await import("../report/figures/ruin-figures.js");
      return ruinFigures(result);
    });
    for (const line of drawn) console.log(line);
    const end = endOf(result, below);
    if (end === "undecided") exitUndecided();
    // built by hand: Hardhat's functions for it do not accept a union
    return end === "survived" ? { success: true, value: result } : { success: false, error: result };
  });

export default ruin;

async function played(
  file: string,
  options: RuinOptions & Required<Pick<RuinOptions, "paths">>,
  hre: HardhatRuntimeEnvironment,
): Promise<RuinResult> {
  const factory = await loadScenarioFile(file);
  const connection = await hre.network.create();
  const line = new CountDisplay(process.stderr, "path");
  try {
    // before the file's own code sees the connection: it may send transactions
    requireSimulated(connection);
    const { target, scenario } = await factory(connection);
    const { resume } = options;
    return await connection.siege.ruin(target, scenario, {
      ...options,
      // as typed: relative to the working directory
      ...(resume === undefined ? {} : { resume: path.resolve(resume) }),
      progress: (finished, ruined) => {
        line.show(finished, options.paths, `${ruined.toLocaleString("en-US")} ruined`);
      },
    });
  } finally {
    line.clear();
    await connection.close();
  }
}

function endOf(result: RuinResult, below: number | undefined): "survived" | "ruined" | "undecided" {
  const { kind, ruined, doubts, unconfirmed, probability } = result;
  if (kind === "incomplete" || unconfirmed.length > 0) return "undecided";
  const { lower, upper } = probability.interval;
  const isRuined = below === undefined ? ruined.length > 0 : lower >= below;
  const isSurvived = below === undefined ? ruined.length === 0 : upper < below;
  // an interval that few paths decide bounds nothing
  const isVague = below !== undefined && doubts.some(({ code }) => code === "FEW_EFFECTIVE_PATHS");
  if (isRuined) return isVague ? "undecided" : "ruined";
  return isSurvived && doubts.length === 0 ? "survived" : "undecided";
}
