import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import path from "node:path";

import { exists } from "@nomicfoundation/hardhat-utils/fs";

import { oneOf, SiegeError } from "../errors.js";
import { writeDocument } from "../plugin/reports/write-document.js";
import { legible } from "../quantity/legible.js";

import { undecidedIfItThrows } from "./exit-code.js";

/** What reproductions can be written for. */
const FRAMEWORKS = ["foundry"] as const;

/** The widest path in a message. */
const WIDTH = 300;

interface ExportArguments {
  readonly file: string;
  readonly to: string | undefined;
  readonly out: string | undefined;
}

/** `hardhat siege export`: exits with 0 if the file was written, 2 if it was not. */
const exportTask: NewTaskActionFunction<ExportArguments> = (
  { file, to, out },
  hre,
): Promise<Result<string, undefined>> =>
  undecidedIfItThrows(async () => {
    requireFramework(to);
    const { root } = hre.config.paths;
    // as siege replay finds it
    const here = path.resolve(file);
    const source = (await exists(here)) ? here : path.resolve(root, file);

    const { loadReproduction } = await import("../engine/reproduction/load.js");
    const { exportFoundry } = await import("../report/foundry/export-foundry.js");
    const { reproduction } = await loadReproduction(source, root);
    const written = out ?? source.replace(/(\.json)?$/, ".t.sol");
    await writeDocument(written, exportFoundry(reproduction).trimEnd());
    const shown = legible(path.relative(process.cwd(), path.resolve(written)), WIDTH);
    console.log(`written: ${shown}\n  forge test --match-path ${shown}`);
    return { success: true, value: written };
  });

/** @throws SiegeError `INVALID_OPTION` */
function requireFramework(to: string | undefined): void {
  if (FRAMEWORKS.some((known) => known === to)) return;
  throw new SiegeError("INVALID_OPTION", {
    message:
      to === undefined
        ? "siege export is not told what to write."
        : `siege export cannot write for "${legible(to, WIDTH)}".`,
    hint: oneOf(
      FRAMEWORKS.map((known) => `--to ${known}`),
      "",
    ),
  });
}

export default exportTask;
