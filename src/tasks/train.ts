import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { Siege } from "../siege.js";
import type { Lesson, TrainOptions } from "../training/adversary/train-options.js";
import type { TrainResult } from "../training/adversary/train-result.js";

import { SiegeError } from "../errors.js";
import { toText } from "../report/reporters/json.js";

import { readFlags, toNumber } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { interruptible } from "./interrupt.js";
import { onScenarioFile } from "./on-scenario-file.js";
import { CountDisplay } from "./progress/count-display.js";

interface TrainArguments {
  readonly files: readonly string[];
  readonly out: string | undefined;
  readonly runs: string | undefined;
  readonly stages: string | undefined;
  readonly seed: string | undefined;
  readonly timeLimit: string | undefined;
  readonly json: boolean;
  readonly noCompile: boolean;
}

/** Where the policy goes if nobody says. */
const OUT = "siege/policy.json";

/** `hardhat siege train`: exits with 0 if the training came to its end, 2 if it was stopped; the policy is written in both cases. */
const train: NewTaskActionFunction<TrainArguments> = (taskArguments, hre): Promise<Result<TrainResult, TrainResult>> =>
  undecidedIfItThrows(async () => {
    const { files, out = OUT, json, seed, timeLimit, runs, stages } = taskArguments;
    if (files.length === 0) {
      throw new SiegeError("NO_SCENARIO_FILE", {
        message: "siege train was given no scenario files.",
        hint: "Name them: npx hardhat siege train siege/*.scenario.ts --out policy.json.",
      });
    }
    const none = { lanes: undefined, executor: undefined, findings: undefined };
    const line = new CountDisplay(process.stderr, "campaign");
    const options: TrainOptions = {
      ...readFlags({ ...none, runs, seed, timeLimit }),
      ...(stages === undefined ? {} : { stages: toNumber("--stages", stages) }),
      progress: (done, wanted) => {
        line.show(done, wanted);
      },
    };
    const result = await interruptible((signal) =>
      onAll(files, [], hre, taskArguments, (siege, lessons) => siege.train(lessons, { ...options, signal })),
    ).finally(() => {
      line.clear();
    });
    const { writePolicy } = await import("../training/adversary/policy-file.js");
    writePolicy(out, result.policy);
    const { renderTraining } = await import("../report/training.js");
    console.log(
      json ? toText({ version: 1, files, training: result }) : `${renderTraining(result)}\n  written to ${out}`,
    );
    if (result.cut === undefined) return { success: true, value: result };
    exitUndecided();
    return { success: false, error: result };
  });

export default train;

/** Opens a connection for each file; all are open while one works on them. */
async function onAll(
  files: readonly string[],
  opened: readonly Lesson<Siege>[],
  hre: HardhatRuntimeEnvironment,
  { noCompile }: Pick<TrainArguments, "noCompile">,
  work: (siege: Siege, lessons: readonly Lesson<Siege>[]) => Promise<TrainResult>,
): Promise<TrainResult> {
  const [file = "", ...others] = files;
  // the project is compiled once
  return onScenarioFile(
    file,
    hre,
    { noCompile: noCompile || opened.length > 0 },
    ({ connection, target, scenario }) => {
      const lessons = [...opened, { target, scenario, siege: connection.siege }];
      return others.length === 0 ? work(connection.siege, lessons) : onAll(others, lessons, hre, { noCompile }, work);
    },
  );
}
