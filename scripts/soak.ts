/**
 * Runs campaigns in one process for a while and prints how its memory develops: `npm run soak -- --seconds 480`. As in a user's
 * tests, every campaign has a connection of its own, which is closed after it, and all belong to one runtime environment.
 */
import { parseArgs } from "node:util";

import { boxScenario } from "../test/fixture-projects/shell/siege/box-scenario.js";
import { shellEnvironment } from "../test/helpers/shell-project.js";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "480" },
    runs: { type: "string", default: "200" },
    /** `one` for all campaigns, or a `fresh` one for each. */
    connections: { type: "string", default: "fresh" },
    executor: { type: "string", default: "batched" },
  },
});

const MIB = 2 ** 20;
/** Between two lines, seconds. */
const EVERY = 30;

const executor = values.executor === "faithful" ? "faithful" : "batched";
const hre = await shellEnvironment();
const startedAt = performance.now();
const elapsed = (): number => (performance.now() - startedAt) / 1_000;
let campaigns = 0;
let runs = 0;
let printedAt = -Infinity;

function print(): void {
  // what is left when nothing is in use
  globalThis.gc?.();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const mib = (bytes: number): string => (bytes / MIB).toFixed(0).padStart(5);
  console.log(
    `${elapsed().toFixed(0).padStart(5)} s ${String(campaigns).padStart(4)} campaigns ${String(runs).padStart(6)} runs: ` +
      `rss${mib(rss)} MiB, heap${mib(heapUsed)}, external${mib(external)}, of it buffers${mib(arrayBuffers)}`,
  );
  printedAt = elapsed();
}

let connection = await hre.network.create();
while (elapsed() < Number(values.seconds)) {
  const { target, scenario } = await boxScenario("CappedBox")(connection);
  const options = { runs: Number(values.runs), seed: campaigns + 1, executor } as const;
  const result = await connection.siege.run(target, scenario, options);
  if (result.kind !== "survived") throw new Error(`A sound box ended as ${result.kind}.`);
  campaigns += 1;
  runs += result.cost.runs;
  if (values.connections === "fresh") {
    await connection.close();
    connection = await hre.network.create();
  }
  if (campaigns <= 2 || elapsed() - printedAt >= EVERY) print();
}
print();
await connection.close();
