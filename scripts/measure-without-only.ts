/**
 * `npm run measure:without-only`: the five fixtures and those of the presets, with their scenarios as they are, and with no `only` or
 * `except` of any agent: calls and runs until the violation, which is not minimised. Prints a table. SIEGE_SEEDS: how many seeds of each (5).
 */
import type { Agent } from "../src/agents/agent.js";
import type { Scenario } from "../src/scenario/scenario.js";
import type { Drawn } from "../test/helpers/draws.js";

import { readdirSync } from "node:fs";

import { ALL } from "../test/helpers/draws.js";
import { createSiegeFork } from "../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../test/mini-mainnet/fork-source.js";

const SEEDS = Array.from({ length: Number(process.env.SIEGE_SEEDS ?? 5) }, (_value, index) => index + 1);

/** A campaign's default. */
const RUNS = 500;

/** How often, in milliseconds, we look whether something was found. */
const INTERVAL = 10;

interface Ended {
  readonly isFound: boolean;
  readonly runs: number;
  readonly calls: number;
}

const source = await miniMainnetSource();
console.log("| fixture | as it is: found | runs | calls | without `only`: found | runs | calls |");
console.log("| --- | --- | --- | --- | --- | --- | --- |");
for (const drawn of ALL) {
  const before: Ended[] = [];
  const after: Ended[] = [];
  for (const seed of SEEDS) {
    before.push(await campaign(drawn, seed, (scenario) => scenario));
    after.push(await campaign(drawn, seed, widened));
  }
  console.log(`| ${drawn.name} | ${cells(before)} | ${cells(after)} |`);
}
await source.close();

async function campaign({ deploy }: Drawn, seed: number, change: (scenario: Scenario) => Scenario): Promise<Ended> {
  const fork = await createSiegeFork(source);
  const found = new AbortController();
  const watch = setInterval(() => {
    if (hasFiles(fork.reproductions)) found.abort();
  }, INTERVAL);
  try {
    const { target, scenario } = await deploy(fork);
    const result = await fork.connection.siege.run(target, change(scenario), {
      seed,
      runs: RUNS,
      signal: found.signal,
    });
    const isFound = result.kind === "violation" || (result.kind === "incomplete" && result.finding !== undefined);
    return { isFound, runs: result.cost.runs, calls: result.cost.searchCalls };
  } finally {
    clearInterval(watch);
    await fork.close();
  }
}

/** The scenario with agents that may do all that their kind of moves allows. */
function widened(scenario: Scenario): Scenario {
  const agents = new Map(
    [...scenario.agents].map(([name, agent]): [string, Agent] => {
      if (agent.moves === undefined) return [name, agent];
      const { only: _only, except: _except, ...moves } = agent.moves;
      return [name, { ...agent, moves }];
    }),
  );
  return { ...scenario, agents };
}

function cells(ended: readonly Ended[]): string {
  const found = ended.filter(({ isFound }) => isFound);
  const range = (of: (one: Ended) => number): string => {
    const sorted = found.map(of).sort((a, b) => a - b);
    const [least = 0] = sorted;
    return `${number(sorted[Math.floor(sorted.length / 2)])} (${number(least)} to ${number(sorted.at(-1))})`;
  };
  return `${String(found.length)} of ${String(ended.length)} | ${range(({ runs }) => runs)} | ${range(({ calls }) => calls)}`;
}

function number(value = 0): string {
  return value.toLocaleString("en-US");
}

function hasFiles(directory: string): boolean {
  try {
    return readdirSync(directory).length > 0;
  } catch {
    // it is made for the first finding
    return false;
  }
}
