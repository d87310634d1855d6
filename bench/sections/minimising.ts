import type { Section } from "../rows.js";
import type { MinimisedTwice } from "../siege/minimising.js";
import type { Sizes } from "../sizes.js";

import { FIXTURE_NAMES } from "../peers/measures.js";
import { row } from "../rows.js";
import { minimising } from "../siege/minimising.js";

/** The same findings, minimised by us and shrunk by fast-check alone. */
export async function minimisingSection({ minimisedSeeds }: Sizes): Promise<Section> {
  const all = await minimising({
    seeds: minimisedSeeds,
    progress: ({ fixture, seed }) => {
      console.error(`minimising ${fixture}, seed ${seed}`);
    },
  });
  const capped = all.filter(({ fastCheck }) => fastCheck.capped).length;
  return {
    title: "Minimising, against fast-check alone",
    about:
      "The same findings: ours on lanes, as in a campaign. fast-check shrinks the genome through its own arbitraries, with one transaction per " +
      "call, and with our snapshots of shared prefixes where they make it faster; " +
      (capped === 0
        ? "it was never stopped."
        : `it was stopped after 5,000 replays in ${capped} of ${all.length} findings.`) +
      " Replays are runs that were played; ours include the proof that no step can be left out and the thresholds, which fast-check does " +
      "not have.",
    rows: FIXTURE_NAMES.flatMap((fixture) => {
      const of = (pick: (minimised: MinimisedTwice) => number): readonly number[] =>
        all.filter((minimised) => minimised.fixture === fixture).map(pick);
      return (["replays", "seconds", "steps"] as const).map((kind) =>
        row({
          id: `minimising-${fixture}-${kind}`,
          what: fixture,
          unit: kind === "seconds" ? "s" : kind,
          more: false,
          ours: of(({ ours }) => ours[kind]),
          peer: { name: "fast-check", samples: of(({ fastCheck }) => fastCheck[kind]) },
        }),
      );
    }),
  };
}
