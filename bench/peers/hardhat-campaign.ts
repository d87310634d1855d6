import type { SuiteResult } from "@nomicfoundation/edr";

/** A process for one campaign of Hardhat's runner: `hardhat-campaign.ts <campaign> <a folder, for its outcome.json>`. */
import type { Campaign, CampaignOutcome } from "./measures.js";

import { writeFile } from "node:fs/promises";
import path from "node:path";

import { handlerProject, PROJECT } from "./hardhat-project.js";

const [asked = "", folder = ""] = process.argv.slice(2);
// written by hardhat-solidity.ts
const campaign = JSON.parse(asked) as Campaign;

const hre = await handlerProject(campaign, path.join(folder, "failures"));
const result = (await hre.tasks.getTask(["test", "solidity"]).run({
  testFiles: [path.join(PROJECT, `forge/solidity/${campaign.file}.t.sol`)],
  noCompile: true,
})) as { readonly value?: Results; readonly error?: Results };
await writeFile(path.join(folder, "outcome.json"), JSON.stringify(outcomeOf(result.value ?? result.error)));

/** The task's result. */
interface Results {
  readonly suiteResults: readonly SuiteResult[];
}

function outcomeOf(results: Results | undefined): CampaignOutcome {
  const suite = results?.suiteResults[0];
  const test = suite?.testResults[0];
  if (suite === undefined || test === undefined) throw new Error(`Hardhat ran no test of ${campaign.file}.`);
  const { kind, counterexample } = test;
  // a reverting setUp() is a failure, too, but not the one we look for
  if (!("metrics" in kind)) throw new Error(`${campaign.file}: ${test.reason ?? test.status}`);
  const sequence = counterexample !== undefined && "sequence" in counterexample ? counterexample.sequence : [];
  return {
    status: test.status,
    seconds: Number(suite.durationNs) / 1e9,
    calls: Number(kind.calls),
    reverts: Number(kind.reverts),
    callsInAll: Object.values(kind.metrics).reduce((sum, { calls }) => sum + Number(calls), 0),
    sequence: sequence.map(({ signature = "" }) => signature.split("(")[0] ?? ""),
  };
}
