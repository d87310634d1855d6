import type { Section } from "../rows.js";
import type { Sizes } from "../sizes.js";

import { row } from "../rows.js";
import { growth } from "../siege/growth.js";

/** How the cost of a campaign grows along its axes. */
export async function growthSection({ growthSamples }: Sizes): Promise<Section> {
  const points = await growth(growthSamples, (sample) => {
    console.error(`growth: ${sample} of ${growthSamples}`);
  });
  return {
    title: "How a campaign's cost grows",
    about:
      "A campaign against SpotLendingVaultFixed, which survives: 50 runs of 30 blocks with one attacker on one lane, and one of the four " +
      "made smaller or larger.",
    rows: points.map(({ axis, value, seconds }) =>
      row({ id: `growth-${axis}-${value}`, what: `${axis}: ${value}`, unit: "s", more: false, ours: [seconds] }),
    ),
  };
}
