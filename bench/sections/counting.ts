import type { Section } from "../rows.js";
import type { Sizes } from "../sizes.js";

import { row } from "../rows.js";
import { counting } from "../siege/counting.js";

/** What the counts in a campaign's report cost. */
export async function countingSection({ samples }: Sizes): Promise<Section> {
  const measured = await counting(2 * samples);
  return {
    title: "Counting calls",
    about:
      "60 runs against SpotLendingVaultFixed on one lane, with the counts that reports print; the peer is the same without them. A " +
      "ratio of 0.97 is an overhead of 3 %.",
    rows: measured.map(({ executor, counted, plain }) =>
      row({
        id: `counting-${executor}`,
        what: executor === "batched" ? "batched" : "one transaction per call",
        unit: "s",
        more: false,
        ours: counted,
        peer: { name: "without counting", samples: plain },
      }),
    ),
  };
}
