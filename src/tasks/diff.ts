import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { DiffResult } from "../engine/diff/diff-result.js";
import type { CampaignFlags } from "./campaign-flags.js";

import { SiegeError } from "../errors.js";
import { toText } from "../report/reporters/json.js";

import { readFlags, toValues } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { interruptible } from "./interrupt.js";
import { onScenarioFile } from "./on-scenario-file.js";

interface DiffArguments extends Pick<CampaignFlags, "parameters" | "runs" | "seed" | "timeLimit"> {
  readonly file: string;
  readonly against: string | undefined;
  readonly againstParameters: string | undefined;
  readonly json: boolean;
  readonly noCompile: boolean;
}

/** `hardhat siege diff`: exits with 0 if no outcome changed, 1 if one did, 2 if it was stopped before one did. */
const diff: NewTaskActionFunction<DiffArguments> = (taskArguments, hre): Promise<Result<DiffResult, DiffResult>> =>
  undecidedIfItThrows(async () => {
    const { file, against = file, againstParameters, json, runs, seed, timeLimit, parameters } = taskArguments;
    if (taskArguments.against === undefined && againstParameters === undefined) {
      throw new SiegeError("INVALID_OPTION", {
        message: "siege diff was given nothing to compare with.",
        hint: "Name another scenario file, --against FILE, or other parameters, --against-parameters ltv=0.7.",
      });
    }
    const flags = readFlags({
      runs,
      seed,
      timeLimit,
      parameters,
      lanes: undefined,
      executor: undefined,
      findings: undefined,
    });
    const like = { what: "parameter", like: "ltv=0.7" };
    const set =
      againstParameters === undefined ? {} : { parameters: toValues("--against-parameters", againstParameters, like) };
    const result = await interruptible((signal) =>
      onScenarioFile(file, hre, taskArguments, ({ connection, target, scenario }) =>
        onScenarioFile(against, hre, { noCompile: true }, (other) => {
          const { siege } = other.connection;
          const second = { target: other.target, scenario: other.scenario, siege, ...set };
          return connection.siege.diff(target, scenario, second, { ...flags, signal });
        }),
      ),
    );
    const { renderDiff } = await import("../report/diff.js");
    console.log(json ? toText({ version: 1, file, against, diff: result }) : renderDiff(result));
    if (result.changed.length > 0) return { success: false, error: result };
    if (result.cut === undefined) return { success: true, value: result };
    exitUndecided();
    return { success: false, error: result };
  });

export default diff;
