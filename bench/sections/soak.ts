import type { Section } from "../rows.js";
import type { Sizes } from "../sizes.js";

import { LANE_LIFE } from "../../src/engine/search/lanes/crew.js";
import { row } from "../rows.js";
import { soak } from "../siege/soak.js";

/** Whether a lane's memory grows, or the lane slows down. */
export async function soakSection({ reverts }: Sizes): Promise<Section> {
  const stretches = await soak(reverts);
  const figures = [
    { id: "memory", what: "memory of the process", unit: "MB", of: "rssMB" },
    { id: "restore", what: "revert and snapshot", unit: "ms", of: "restoreMs" },
    { id: "run", what: "a run of 3 blocks with up to 2 calls each", unit: "ms", of: "runMs" },
  ] as const;
  return {
    title: `${reverts.toLocaleString("en-US")} reverts`,
    about:
      `A lane plays and reverts, in a process of its own; it is replaced after ${LANE_LIFE.toLocaleString("en-US")} blocks, as in a ` +
      "campaign. The first tenth and the last.",
    rows: figures.flatMap(({ id, what, unit, of }) => {
      const values = stretches.map((stretch) => stretch[of]);
      return [
        row({ id: `soak-${id}-first`, what: `${what}, first tenth`, unit, more: false, ours: values.slice(0, 1) }),
        row({ id: `soak-${id}-last`, what: `${what}, last tenth`, unit, more: false, ours: values.slice(-1) }),
      ];
    }),
  };
}
