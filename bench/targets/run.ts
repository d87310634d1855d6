/**
 * `npm run bench:targets -- [flags]`: tries tools on the targets and writes bench/TARGETS.md. What is in the results already is
 * not run again. Flags are in bench/targets/README.md.
 */
import type { Campaign, Outcome, Runner, Tool } from "./campaign.js";
import type { Options } from "./options.js";
import type { Key } from "./results.js";
import type { Target } from "./target.js";

import { writeFile } from "node:fs/promises";

import { format } from "prettier";

import { machine } from "../machine.js";

import { forgeRunner } from "./forge.js";
import { hardhatRunner } from "./hardhat.js";
import { readOptions } from "./options.js";
import { Results } from "./results.js";
import { siegeRunner } from "./siege.js";
import { renderTable } from "./table.js";
import { targetsIn } from "./target.js";

interface Job {
  readonly key: Key;
  readonly campaign: Campaign;
  readonly runner: Runner;
}

const options = readOptions(process.argv.slice(2));
const all = await targetsIn(options.targets);
const targets = all.filter(({ name }) => options.only?.includes(name) ?? true);
const missing = options.only?.filter((name) => !all.some((target) => target.name === name)) ?? [];
if (missing.length > 0) throw new Error(`${options.targets} has no ${missing.join(", ")}; it has ${namesOf(all)}.`);

const results = await Results.open(options.results);
if (!options.tableOnly) await runAll(targets, options);
const table = renderTable(results.all, all, options, await machine());
await writeFile(options.table, await format(table, { parser: "markdown", printWidth: 128 }));
console.log(`${options.table}\n`);

/** Seeds outermost, so that a run that is stopped early has something of every target. */
async function runAll(chosen: readonly Target[], { seeds, variants, tools, jobs, settingsOf }: Options): Promise<void> {
  const waiting: Job[] = [];
  const runners = new Map<Tool, Runner>();
  for (const tool of tools) runners.set(tool, await runnerOf(tool, chosen, options));
  for (const seed of seeds) {
    for (const target of chosen) {
      for (const variant of variants) {
        for (const [tool, runner] of runners) {
          const settings = settingsOf(tool);
          const { name, digest } = target;
          const key: Key = { target: name, digest, variant, seed, tool, build: runner.build, settings };
          if (!results.has(key)) waiting.push({ key, campaign: { target, variant, seed, settings }, runner });
        }
      }
    }
  }
  const count = waiting.length;
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const { key, campaign, runner } = job;
      const { tool, target, variant, seed } = key;
      const name = `${count - waiting.length}/${count} ${tool} ${target} ${variant} ${seed}`;
      try {
        const outcome = await runner.run(campaign);
        await results.add({ ...key, ...(runner.commit === undefined ? {} : { commit: runner.commit }), outcome });
        console.log(`${name}: ${lineOf(outcome)}`);
      } catch (error) {
        // no result: the next start tries it again
        console.error(`${name}:`, error);
        process.exitCode = 1;
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

async function runnerOf(
  tool: Tool,
  chosen: readonly Target[],
  { packageRoot, targets: folder, minimise, policy }: Options,
): Promise<Runner> {
  switch (tool) {
    case "siege":
      return siegeRunner(packageRoot, folder, chosen, minimise, policy);
    case "forge":
      return forgeRunner(folder, chosen);
    case "hardhat":
      return hardhatRunner(packageRoot, folder, chosen);
  }
}

function lineOf({ found, verdict, what = "", cpuToFind, cpu, runs, calls, steps }: Outcome): string {
  const spent = `${runs ?? "?"} runs, ${calls ?? "?"} calls, ${cpu.toFixed(1)} CPU s in all`;
  if (found) return `found after ${cpuToFind?.toFixed(1) ?? "?"} CPU s, ${steps ?? "?"} steps: ${what} (${spent})`;
  return `${verdict} ${what.slice(0, 200)} (${spent})`;
}

function namesOf(list: readonly Target[]): string {
  return list.map(({ name }) => name).join(", ");
}
