import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { Outcome } from "../engine/run/outcome.js";

import path from "node:path";

import { exists } from "@nomicfoundation/hardhat-utils/fs";

import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";

interface ReplayArguments {
  readonly file: string;
}

/** `hardhat siege replay`: exits with 0 if the target survives now, 1 if it still breaks, 2 if that could not be decided. */
const replay: NewTaskActionFunction<ReplayArguments> = ({ file }, hre): Promise<Result<Outcome, Outcome>> =>
  undecidedIfItThrows(async () => {
    const root = hre.config.paths.root;
    // reports name files relative to the project root; in a subfolder, shell completion gives paths relative to that folder
    const here = path.resolve(file);
    const source = (await exists(here)) ? here : path.resolve(root, file);

    const { replayReproduction } = await import("../engine/reproduction/replay.js");
    const { playApart } = await import("../plugin/play-apart.js");
    const { renderReplay } = await import("../report/replay.js");
    const outcome = await replayReproduction(source, root, playApart);
    console.log(renderReplay(outcome, file));
    if (outcome.kind === "survived") return { success: true, value: outcome };
    if (outcome.kind === "invalid") exitUndecided();
    // built by hand: Hardhat's errorResult() does not accept a union
    return { success: false, error: outcome };
  });

export default replay;
