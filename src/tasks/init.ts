import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { DraftedScenario } from "../plugin/first-scenario/first-scenario.js";

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { errorResult, successfulResult } from "hardhat/utils/result";

import { reasonOf } from "../engine/reproduction/file-errors.js";
import { SiegeError } from "../errors.js";
import { draftScenario } from "../plugin/first-scenario/first-scenario.js";
import { legible } from "../quantity/legible.js";

import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { onScenarioFile } from "./on-scenario-file.js";

interface InitArguments {
  readonly contract: string | undefined;
  readonly noCompile: boolean;
}

/** Where scenario files are, relative to the project's root. */
const FOLDER = "siege";

const SHAPES = {
  vault: "an ERC-4626 vault",
  lending: "a lending market",
  other: "a contract",
} as const satisfies Readonly<Record<DraftedScenario["shape"], string>>;

/** `hardhat siege init`: exits with 0 if the scenario that it has written runs, 2 if it is still to be completed. */
const init: NewTaskActionFunction<InitArguments> = ({ contract, noCompile }, hre): Promise<Result<string, string>> =>
  undecidedIfItThrows(async () => {
    if (!noCompile) {
      const noTests = hre.config.solidity.splitTestsCompilation;
      await hre.tasks.getTask("build").run({ quiet: true, noTests });
    }
    const drafted = await draftScenario(contract, hre);
    const file = await written(drafted, hre);
    console.log(
      `Wrote ${file}, for ${legible(drafted.name, 100)}: ${SHAPES[drafted.shape]}, as far as its functions tell`,
    );
    for (const guess of drafted.guessed) console.log(`  guessed    ${legible(guess, 200)}`);
    const fault = await tried(path.join(hre.config.paths.root, file), hre);
    if (fault === undefined) {
      if (drafted.toComplete !== undefined) {
        console.log("  tried      it sets up its target; nothing is judged yet");
        console.log(
          `  next       say in ${drafted.toComplete} of ${file} what must hold of ${legible(drafted.name, 100)}: neither token nor coin is`,
        );
        console.log("             there to be gained, so no built-in condition fits");
        console.log(`             then npx hardhat siege run ${file}`);
        exitUndecided();
        return errorResult(file);
      }
      console.log("  tried      it sets up its target, and its conditions hold at the start");
      console.log(`  next       npx hardhat siege run ${file}`);
      console.log("             look at its prices, capital and conditions: they are a first guess");
      return successfulResult(file);
    }
    console.log(`  tried      it does not run yet: ${legible(messageOf(fault), 1_000)}`);
    console.log(`  next       complete ${file}, then npx hardhat siege run ${file}`);
    exitUndecided();
    return errorResult(file);
  });

export default init;

/**
 * Writes the file, which must not be there yet.
 *
 * @returns its path, relative to the project's root
 */
async function written(
  { name, text }: DraftedScenario,
  { config }: Pick<HardhatRuntimeEnvironment, "config">,
): Promise<string> {
  const file = `${FOLDER}/${fileNameOf(name)}.scenario.ts`;
  const absolute = path.join(config.paths.root, file);
  try {
    await mkdir(path.dirname(absolute), { recursive: true });
    await writeFile(absolute, text, { flag: "wx" });
    return file;
  } catch (cause) {
    const isThere = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    if (!isThere) {
      throw new SiegeError("RESULT_UNWRITABLE", {
        message: `The scenario could not be written to ${file}: ${reasonOf(cause)}.`,
        hint: "Make the folder one that this process may write to.",
        cause,
      });
    }
    throw new SiegeError("SCENARIO_FILE_EXISTS", {
      message: `There is a file ${file} already, and siege init overwrites none.`,
      hint: `Run it with npx hardhat siege run ${file}, or rename it first.`,
    });
  }
}

/** `LeveragedVault` is `leveraged-vault`; what is no name is a number. */
function fileNameOf(name: string): string {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-").toLowerCase();
  return words.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "contract";
}

/** What viem says of a call is mostly its calldata: the cause is in the details. */
function messageOf(error: Error): string {
  return "details" in error && typeof error.details === "string" && error.details !== ""
    ? error.details
    : error.message;
}

/** Sets the scenario up and plays a single path of it; what was found along the way is left for a campaign to find. */
async function tried(file: string, hre: HardhatRuntimeEnvironment): Promise<Error | undefined> {
  try {
    await onScenarioFile(file, hre, { noCompile: true }, ({ connection, target, scenario }) =>
      connection.siege.ruin(target, scenario, { paths: 1, lanes: 1 }),
    );
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
