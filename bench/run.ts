/**
 * `npm run bench`: measures ours and the peers in turn and writes bench/results.json and bench/RESULTS.md. Takes about half an
 * hour; nothing else should run meanwhile. BENCH_QUICK=1 tries everything with tiny sizes and writes nothing.
 */
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { machine } from "./machine.js";
import { prepareForge } from "./peers/forge.js";
import { prepareHardhat } from "./peers/hardhat-solidity.js";
import { renderResults } from "./rows.js";
import { argumentsSection } from "./sections/arguments.js";
import { countingSection } from "./sections/counting.js";
import { growthSection } from "./sections/growth.js";
import { minimisingSection } from "./sections/minimising.js";
import { ruinSection } from "./sections/ruin.js";
import { soakSection } from "./sections/soak.js";
import { throughputSections } from "./sections/throughput.js";
import { violationSections } from "./sections/violation.js";
import { SIZES } from "./sizes.js";

await prepareForge();
await prepareHardhat();
const sections = [
  ...(await throughputSections(SIZES)),
  ...(await violationSections(SIZES)),
  await minimisingSection(SIZES),
  await soakSection(SIZES),
  await countingSection(SIZES),
  await argumentsSection(SIZES),
  await growthSection(SIZES),
  await ruinSection(SIZES),
];
const where = await machine();
const results = { machine: where, rows: sections.flatMap(({ rows }) => rows) };
if (process.env.BENCH_QUICK === "1") {
  console.log(renderResults(where, sections));
} else {
  await writeFile(path.join(import.meta.dirname, "results.json"), `${JSON.stringify(results, undefined, 2)}\n`);
  await writeFile(path.join(import.meta.dirname, "RESULTS.md"), renderResults(where, sections));
}
