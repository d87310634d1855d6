import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { readSnapshot } from "../engine/fork-snapshot/store.js";
import { renderSnapshot } from "../report/snapshot.js";

import { undecidedIfItThrows } from "./exit-code.js";

/** `hardhat siege snapshot show`: what a snapshot holds. Exits with 2 if it is none. */
const show: NewTaskActionFunction<{ readonly file: string }> = ({ file }): Promise<void> =>
  undecidedIfItThrows(async () => {
    console.log(renderSnapshot(file, await readSnapshot(file)));
  });

export default show;
