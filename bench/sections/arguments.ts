import type { Section } from "../rows.js";
import type { Sizes } from "../sizes.js";

import { row } from "../rows.js";
import { argumentsCost } from "../siege/arguments.js";

/** What it costs that arguments are looked for in the state of the moment. */
export async function argumentsSection({ samples }: Sizes): Promise<Section> {
  const fixtures = ["SpotLendingVault", "CoupledVault"] as const;
  const measured = [];
  for (const fixture of fixtures) measured.push({ fixture, ...(await argumentsCost(fixture, samples)) });
  return {
    title: "Arguments that are accepted",
    about:
      "60 fresh runs against a fixed twin on one lane in the test runner, calls that came into a block a second; the peers are the same " +
      "calls with the arguments that were found, without a call that is tried first, and without the dictionary: no view of the target is " +
      "read but those that the condition reads. A ratio of 0.25 means that looking for arguments takes three quarters of the time. " +
      `Calls tried for each that was made: ${measured.map(({ fixture, trials }) => `${fixture} ${trials.toFixed(1)}`).join(", ")}.`,
    rows: measured.flatMap(({ fixture, searched, known, unread }) => [
      row({
        id: `arguments-${fixture}`,
        what: `${fixture}Fixed, arguments looked for`,
        unit: "calls/s",
        more: true,
        ours: searched,
        peer: { name: "arguments known", samples: known },
      }),
      row({
        id: `dictionary-${fixture}`,
        what: `${fixture}Fixed, arguments known`,
        unit: "calls/s",
        more: true,
        ours: known,
        peer: { name: "without the dictionary", samples: unread },
      }),
    ]),
  };
}
