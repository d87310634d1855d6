import type { Section } from "../rows.js";
import type { Sizes } from "../sizes.js";

import { row } from "../rows.js";
import { ruin } from "../siege/ruin.js";

/** How long a risk run takes, and whether its memory grows. */
export async function ruinSection({ paths }: Sizes): Promise<Section> {
  const { seconds, rssMB } = await ruin(paths);
  const [first, last] = rssMB;
  const what = `${paths.toLocaleString("en-US")} paths of 30 blocks with 5 calls each`;
  return {
    title: "A probability of ruin",
    about:
      "`siege.ruin` on Aave V3 and Uniswap V2: two accounts trade, three lend, borrow or repay, each in every block of every path. " +
      "As many lanes as by default. Memory is that of the process after a quarter of the paths, and after the last.",
    rows: [
      row({ id: "ruin-seconds", what, unit: "s", more: false, ours: [seconds] }),
      row({
        id: "ruin-memory-first",
        what: "memory of the process, first quarter",
        unit: "MB",
        more: false,
        ours: [first],
      }),
      row({ id: "ruin-memory-last", what: "memory of the process, at the end", unit: "MB", more: false, ours: [last] }),
    ],
  };
}
