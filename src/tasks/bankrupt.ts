import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { BankruptOptions } from "../training/bankruptcy/bankrupt-options.js";
import type { BankruptResult } from "../training/bankruptcy/bankrupt-result.js";

import { toText } from "../report/reporters/json.js";

import { readFlags, toNumber } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { requireDrawable, writeFigures } from "./figure-files.js";
import { measured } from "./measured.js";

interface BankruptArguments {
  readonly file: string;
  readonly campaigns: string | undefined;
  readonly runs: string | undefined;
  readonly seed: string | undefined;
  readonly timeLimit: string | undefined;
  readonly parameters: string | undefined;
  readonly figures: string | undefined;
  readonly json: boolean;
  readonly noCompile: boolean;
}

/** `hardhat siege bankrupt`: exits with 0 if nothing broke, 1 if something did, 2 if that is undecided. */
const bankrupt: NewTaskActionFunction<BankruptArguments> = (
  taskArguments,
  hre,
): Promise<Result<BankruptResult, BankruptResult>> =>
  undecidedIfItThrows(async () => {
    const { file, json, figures, campaigns, runs, seed, timeLimit, parameters } = taskArguments;
    const none = { lanes: undefined, executor: undefined, findings: undefined };
    const options: BankruptOptions = {
      ...readFlags({ ...none, runs, seed, timeLimit, parameters }),
      ...(campaigns === undefined ? {} : { campaigns: toNumber("--campaigns", campaigns) }),
    };
    await requireDrawable(figures);
    const result = await measured(taskArguments, hre, "campaign", ({ connection, target, scenario }, watched) =>
      connection.siege.bankrupt(target, scenario, { ...options, ...watched }),
    );
    const { renderBankruptcy } = await import("../report/bankruptcy.js");
    console.log(json ? toText({ version: 1, file, bankruptcy: result }) : renderBankruptcy(result));
    const drawn = await writeFigures(figures, async () => {
      const { bankruptcyFigures } = await import("../report/figures/bankruptcy-figures.js");
      return bankruptcyFigures(result);
    });
    // beside a document, not in it
    for (const figure of drawn) (json ? console.error : console.log)(figure);
    if (result.outcome === "survived") return { success: true, value: result };
    if (result.outcome !== "broken") exitUndecided();
    return { success: false, error: result };
  });

export default bankrupt;
