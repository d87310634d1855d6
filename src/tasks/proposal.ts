import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";
import type { Address } from "viem";

import type { ProposalResult } from "../risk/proposal/proposal-result.js";

import { readFile, stat } from "node:fs/promises";

import { SiegeError } from "../errors.js";
import { requireAddress } from "../options.js";
import { toText } from "../report/reporters/json.js";

import { readFlags, toNumber } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { interruptible } from "./interrupt.js";
import { onScenarioFile } from "./on-scenario-file.js";

interface ProposalArguments {
  readonly files: string[];
  readonly scenario: string | undefined;
  readonly executor: string | undefined;
  readonly governor: string | undefined;
  readonly voters: string | undefined;
  readonly signatures: string | undefined;
  readonly paths: string | undefined;
  readonly runs: string | undefined;
  readonly attacks: string | undefined;
  readonly seed: string | undefined;
  readonly timeLimit: string | undefined;
  readonly parameters: string | undefined;
  readonly json: boolean;
  readonly noCompile: boolean;
}

/** A larger file is no proposal. */
const MOST_BYTES = 5_000_000;

/** `hardhat siege proposal`: exits with 0 for no alarm, 1 if it is harmful or reverts, 2 if it was stopped. */
const proposal: NewTaskActionFunction<ProposalArguments> = (
  taskArguments,
  hre,
): Promise<Result<ProposalResult, ProposalResult>> =>
  undecidedIfItThrows(async () => {
    const { files, scenario: file, json, executor, governor, voters: named, signatures } = taskArguments;
    if (file === undefined || files.length === 0) {
      throw new SiegeError("NO_SCENARIO_FILE", {
        message: file === undefined ? "siege proposal was given no scenario." : "siege proposal was given no proposal.",
        hint: "Name both: npx hardhat siege proposal proposal.json --scenario siege/market.scenario.ts.",
      });
    }
    if (executor !== undefined) requireAddress("siege proposal", "executor", executor);
    if (governor !== undefined) requireAddress("siege proposal", "governor", governor);
    const voters = named?.split(",").map((one) => addressOf("voters", one.trim()));
    const { seed, timeLimit, parameters } = taskArguments;
    const none = { runs: undefined, lanes: undefined, executor: undefined, findings: undefined };
    const counts = (["paths", "runs", "attacks"] as const).flatMap((name) => {
      const text = taskArguments[name];
      return text === undefined ? [] : [[name, toNumber(`--${name}`, text)] as const];
    });
    const { executor: _executor, ...shared } = readFlags({ ...none, seed, timeLimit, parameters });
    const options = {
      ...shared,
      ...Object.fromEntries(counts),
      // checked just now
      ...(executor === undefined ? {} : { executor: executor }),
      ...(governor === undefined ? {} : { governor }),
      ...(voters === undefined ? {} : { voters }),
      ...(signatures === undefined ? {} : { signatures: signatures.split(";").map((one) => one.trim()) }),
    };
    const proposals = await Promise.all(files.map(read));
    const result = await interruptible((signal) =>
      onScenarioFile(file, hre, taskArguments, ({ connection, target, scenario }) =>
        connection.siege.proposal(target, scenario, proposals, { ...options, signal }),
      ),
    );
    const { renderProposal } = await import("../report/proposal.js");
    console.log(json ? toText({ version: 1, file, proposal: result }) : renderProposal(result));
    if (result.verdict === "no alarm") return { success: true, value: result };
    if (result.verdict === "incomplete") exitUndecided();
    return { success: false, error: result };
  });

export default proposal;

/** @throws SiegeError `INVALID_OPTION` */
function addressOf(option: string, text: string): Address {
  requireAddress("siege proposal", option, text);
  return text;
}

/** @throws SiegeError `PROPOSAL_INVALID` */
async function read(file: string): Promise<unknown> {
  try {
    if ((await stat(file)).size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES} bytes`);
    return JSON.parse(await readFile(file, "utf8")) as unknown;
  } catch (cause) {
    throw new SiegeError("PROPOSAL_INVALID", {
      message: `The proposal "${file}" cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: "Give a JSON file, by its path relative to the working directory.",
      cause,
    });
  }
}
