import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { Outcome } from "../engine/run/outcome.js";
import type { Entry } from "../report/file-result.js";
import type { ReportFlags } from "./reporting.js";

import path from "node:path";

import { exists } from "@nomicfoundation/hardhat-utils/fs";

import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { Reporting } from "./reporting.js";

interface ReplayArguments extends ReportFlags {
  readonly file: string;
}

/** `hardhat siege replay`: exits with 0 if the target survives now, 1 if it still breaks, 2 if that could not be decided. */
const replay: NewTaskActionFunction<ReplayArguments> = (taskArguments, hre): Promise<Result<Outcome, Outcome>> =>
  undecidedIfItThrows(async () => {
    const { file, reporter } = taskArguments;
    const root = hre.config.paths.root;
    // those of the config tell of campaigns
    const reporting = await Reporting.of(taskArguments, hre.config, { only: "flags" });
    // reports name files relative to the project root; in a subfolder, shell completion gives paths relative to that folder
    const here = path.resolve(file);
    const source = (await exists(here)) ? here : path.resolve(root, file);

    const { replayReproduction } = await import("../engine/reproduction/replay.js");
    const { playApart } = await import("../plugin/play-apart.js");
    const outcome = await replayReproduction(source, root, playApart).catch(async (error: unknown) => {
      // a file that does not replay is in the report, too
      await reporting.deliver([{ file, error: error instanceof Error ? error : new Error(String(error)) }]);
      throw error;
    });
    if (reporting.isSpoken) {
      const { renderReplay } = await import("../report/replay.js");
      console.log(renderReplay(outcome, file));
    }
    const entries: readonly Entry[] = reporter === undefined ? [] : [await told(file, source, outcome)];
    const areReported = await reporting.deliver(entries);
    if (outcome.kind === "survived" && areReported) return { success: true, value: outcome };
    if (outcome.kind !== "violation") exitUndecided();
    // built by hand: Hardhat's errorResult() does not accept a union
    return { success: false, error: outcome };
  });

export default replay;

async function told(file: string, source: string, outcome: Outcome): Promise<Entry> {
  const { readReproduction } = await import("../engine/reproduction/store.js");
  return { file, replay: outcome, reproduction: await readReproduction(source) };
}
