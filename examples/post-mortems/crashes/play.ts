/**
 * `npm run crashes -- prices.csv 2020-03-12T00:00:00Z 36`: plays recorded hours on Aave V3, with liquidators who are in time and
 * with such who are late, and draws what happened. The file has the columns `timestamp_ms` and `close`, hour by hour; it needs
 * no RPC endpoint. The figure is written to the present folder.
 */
import { readFile, writeFile } from "node:fs/promises";

import { fromCsv } from "../../../src/market/history/from-csv.js";
import { createSiegeFork } from "../../../test/helpers/siege-fork.js";
import { miniMainnetSource } from "../../../test/mini-mainnet/fork-source.js";

import { crashFigure } from "./crash-figure.js";
import { playCrash } from "./play-crash.js";

/** How many hours liquidators are late. */
const LATE = [0, 3, 48];

const [file, from, hours = "24"] = process.argv.slice(2);
if (file === undefined || from === undefined) {
  console.error("Usage: npm run crashes -- prices.csv 2020-03-12T00:00:00Z 36");
  process.exit(2);
}

const history = fromCsv(await readFile(file, "utf8"), { time: "timestamp_ms", price: "close", gaps: "keep" });
const start = Date.parse(from) / 1_000;
const price = history.prices[(history.times ?? []).findLastIndex((time) => time <= start)] ?? 0;
const source = await miniMainnetSource();
const crashes = [];
for (const late of LATE) {
  const fork = await createSiegeFork(source);
  try {
    const moments = await playCrash(fork, { history, from, hours: Number(hours), late });
    crashes.push({ late, moments });
    const first = moments.find(({ accounts }) => accounts > 0);
    const last = moments.at(-1);
    console.log(
      `${late} hours late: first liquidation in block ${first?.block ?? "none"}, ${last?.accounts ?? 0} accounts, ${(last?.seized ?? 0).toFixed(0)} ether seized, bad debt of $${Math.max(...moments.map(({ badDebt }) => badDebt)).toFixed(0)} at its highest, $${(last?.badDebt ?? 0).toFixed(0)} at the end`,
    );
  } finally {
    await fork.close();
  }
}
await source.close();
const day = new Date(start * 1_000).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
const name = `crash-on-aave-${from.slice(0, 10)}.svg`;
await writeFile(name, await crashFigure({ day, price, crashes }));
console.log(name);
