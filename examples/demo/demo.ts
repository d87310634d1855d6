/**
 * `npm run demo`: lays siege to three vaults on a fork of the mini mainnet, and replays the failures without it.
 * Takes about half a minute; needs no RPC endpoint.
 */
import type { CampaignResult } from "../../src/engine/campaign/campaign-result.js";
import type { ScenarioDefinition } from "../../src/scenario/scenario.js";
import type { Fixture } from "../../test/fixtures/fixture.js";

import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import siegePlugin from "../../src/index.js";
import { renderResult } from "../../src/report/terminal.js";
import { deployCoupledVault } from "../../test/fixtures/coupled-vault.js";
import { fallInSilence, spotPriceManipulation } from "../../test/fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../test/fixtures/spot-lending-vault.js";
import { miniMainnetSource } from "../../test/mini-mainnet/fork-source.js";
import { createFork } from "../../test/mini-mainnet/fork.js";

const ROOT = path.resolve(import.meta.dirname, "../..");
const REPRODUCTIONS = ".demo/reproductions";

const startedAt = performance.now();
await rm(path.join(ROOT, ".demo"), { recursive: true, force: true });
await mkdir(path.join(ROOT, REPRODUCTIONS), { recursive: true });

say("1. A mini mainnet with real bytecode: Uniswap V2, Aave V3, Chainlink");
const source = await miniMainnetSource();
const fork = await createFork({
  source,
  root: ROOT,
  plugins: [siegePlugin],
  config: { siege: { reproductions: REPRODUCTIONS } },
});
console.log(`   served on ${source.url}, forked in this process at block ${String(source.blockNumber)}`);

say("2. A lending vault that values collateral at Uniswap V2's spot price");
const spot = await deploySpotLendingVault(fork, "flawed");
const first = await lay(spot, spotPriceManipulation(fork));

say("3. Its fixed twin, which reads a Chainlink feed");
const twin = await deploySpotLendingVault(fork, "fixed");
const second = await lay(twin, spotPriceManipulation(fork));

say("4. A vault that breaks only if a price fall and a silent oracle come together");
const coupled = await deployCoupledVault(fork, "flawed");
const third = await lay(coupled, fallInSilence(fork));

await fork.close();
await source.close();

say("5. Both reproductions again, in another process, without the mini mainnet");
for (const result of [first, third]) {
  if (result.kind !== "violation" || result.finding.reproduction === undefined) continue;
  console.log(await replay(result.finding.reproduction));
}

const expected = [first.kind, second.kind, third.kind].join(", ") === "violation, survived, violation";
say(expected ? "Done" : "This is not the expected result");
console.log(`   reproductions, each with a test that replays it: ${REPRODUCTIONS}/
   contracts: contracts/test-fixtures/   scenarios: test/fixtures/scenarios.ts
   ${((performance.now() - startedAt) / 1000).toFixed(0)} seconds in all`);
process.exitCode = expected ? 0 : 1;

async function lay(vault: Fixture, definition: ScenarioDefinition): Promise<CampaignResult> {
  const { siege } = fork.connection;
  const result = await siege.run(vault, siege.scenario(definition));
  console.log(indent(renderResult(result)));
  return result;
}

async function replay(reproduction: string): Promise<string> {
  const cli = path.join(ROOT, "node_modules/hardhat/dist/src/cli.js");
  const run = promisify(execFile)(process.execPath, [cli, "siege", "replay", reproduction], { cwd: ROOT });
  // a replayed violation is a failure of the target, and so of the command
  const { stdout } = await run.catch((error: unknown) => error as { readonly stdout: string });
  return indent(stdout.trim());
}

function say(title: string): void {
  console.log(`\n${title}`);
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "   ");
}
