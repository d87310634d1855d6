/**
 * `npm run measure:draws`: what the search draws and finds, as hashes, in test/fixtures/draws.json. What is meant to leave the
 * search as it is leaves this file as it is; test/integration/draws.test.ts looks at a part of it.
 * `npm run measure:draws -- /tmp/draws.json` writes to another file, to compare. SIEGE_SEEDS: how many seeds of each (20).
 */
import type { CampaignDraws } from "../test/helpers/draws.js";

import { writeFile } from "node:fs/promises";
import path from "node:path";

import { toJson } from "../src/engine/json.js";
import { ALL, campaignDraws, CORE, DRAWS, freshDraws } from "../test/helpers/draws.js";
import { miniMainnetSource } from "../test/mini-mainnet/fork-source.js";

const SEEDS = Array.from({ length: Number(process.env.SIEGE_SEEDS ?? 20) }, (_value, index) => index + 1);

const [, , argument] = process.argv;
const file = argument === undefined ? DRAWS : path.resolve(argument);

const source = await miniMainnetSource();
const fresh: Record<string, Readonly<Record<string, string>>> = {};
for (const drawn of ALL) {
  const startedAt = performance.now();
  fresh[drawn.name] = await freshDraws(source, drawn, SEEDS);
  console.log(`${drawn.name}: ${seconds(startedAt)}`);
}
const campaigns: Record<string, Readonly<Record<string, CampaignDraws>>> = {};
for (const drawn of CORE) {
  const ended: Record<string, CampaignDraws> = {};
  for (const seed of SEEDS) {
    const startedAt = performance.now();
    const campaign = await campaignDraws(source, drawn, seed);
    ended[seed] = campaign;
    const { run, steps } = campaign;
    console.log(
      `${drawn.name}, seed ${String(seed)}: run ${String(run)}, ${String(steps)} steps, ${seconds(startedAt)}`,
    );
  }
  campaigns[drawn.name] = ended;
}
await source.close();
await writeFile(file, `${toJson({ fresh, campaigns }, 2)}\n`);

function seconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
