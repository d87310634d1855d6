import type { FixtureName, TimeToViolation } from "../peers/measures.js";
import type { Row, Section } from "../rows.js";
import type { SiegeTimeToViolation } from "../siege/time-to-violation.js";
import type { Sizes } from "../sizes.js";

import { forgeTimeToViolation } from "../peers/forge.js";
import { hardhatTimeToViolation } from "../peers/hardhat-solidity.js";
import { FIXTURE_NAMES } from "../peers/measures.js";
import { row } from "../rows.js";
import { siegeTimeToViolation } from "../siege/time-to-violation.js";

interface Campaigns {
  readonly fixture: FixtureName;
  readonly ours: SiegeTimeToViolation[];
  readonly forge: TimeToViolation[];
  readonly hardhat: TimeToViolation[];
}

/** Seconds and calls to the violation, and the result of shrinking it. */
export async function violationSections({ seeds }: Sizes): Promise<readonly Section[]> {
  const all: Campaigns[] = [];
  for (const fixture of FIXTURE_NAMES) {
    const campaigns: Campaigns = { fixture, ours: [], forge: [], hardhat: [] };
    for (let seed = 1; seed <= seeds; seed++) {
      campaigns.ours.push(await siegeTimeToViolation(fixture, seed));
      campaigns.forge.push(await forgeTimeToViolation(fixture, seed));
      campaigns.hardhat.push(await hardhatTimeToViolation(fixture, seed));
    }
    all.push(campaigns);
    console.error(fixture);
  }
  return [
    {
      title: "Seconds to the violation",
      about:
        "The peers get the events and their ranges from a handler, written by hand for each fixture (40 to 120 lines of Solidity, " +
        "forge/solidity/); ours gets the target's ABI and the scenario. Ours starts by binding the scenario to the fork " +
        "and forking lanes from it, and ends when the violation has happened with one transaction per call.",
      rows: all.flatMap((campaigns) => rowsOf(campaigns, "seconds", "s", (campaign) => campaign.seconds)),
    },
    {
      title: "Calls to the violation",
      about: "Calls of agents or of the handler, including those that revert.",
      rows: all.flatMap((campaigns) => rowsOf(campaigns, "calls", "calls", (campaign) => campaign.calls)),
    },
    {
      title: "Length of the counterexample",
      about:
        "Steps of the minimal trace; for the peers, steps of the shrunk sequence that do more than advance blocks. The longest of " +
        "all seeds.",
      rows: all.flatMap(({ fixture, ours, forge, hardhat }) => {
        const longest = (values: readonly number[]): readonly number[] => [Math.max(...values)];
        const mine = longest(ours.map(({ steps }) => steps));
        const base = { what: fixture, unit: "steps", more: false, ours: mine };
        return [
          row({
            ...base,
            id: `steps-${fixture}-forge`,
            peer: { name: "forge", samples: longest(forge.map(({ events }) => events)) },
          }),
          row({
            ...base,
            id: `steps-${fixture}-hardhat`,
            peer: { name: "Hardhat's Solidity tests", samples: longest(hardhat.map(({ events }) => events)) },
          }),
        ];
      }),
    },
    {
      title: "Seconds from the violation to the counterexample",
      about:
        "Ours minimises to a trace from which no step can be removed, confirms it twice off the connection, bisects the " +
        "thresholds and writes the reproduction; the peers shrink.",
      rows: all.flatMap(({ fixture, ours, forge, hardhat }) => {
        const mine = ours.map(({ minimiseSeconds }) => minimiseSeconds);
        const base = { what: fixture, unit: "s", more: false, ours: mine };
        return [
          row({
            ...base,
            id: `shrink-${fixture}-forge`,
            peer: { name: "forge", samples: forge.map(({ shrinkSeconds }) => shrinkSeconds) },
          }),
          row({
            ...base,
            id: `shrink-${fixture}-hardhat`,
            peer: { name: "Hardhat's Solidity tests", samples: hardhat.map(({ shrinkSeconds }) => shrinkSeconds) },
          }),
        ];
      }),
    },
  ];
}

function rowsOf(
  { fixture, ours, forge, hardhat }: Campaigns,
  kind: string,
  unit: string,
  of: (campaign: SiegeTimeToViolation | TimeToViolation) => number,
): readonly Row[] {
  const found = (campaigns: readonly (SiegeTimeToViolation | TimeToViolation)[]): number =>
    campaigns.filter((campaign) => campaign.found).length;
  const what = `${fixture} (${found(ours)} of ${ours.length})`;
  const base = { what, unit, more: false, ours: ours.map(of) };
  return [
    row({
      ...base,
      id: `${kind}-${fixture}-forge`,
      peer: { name: `forge (${found(forge)} of ${forge.length})`, samples: forge.map(of) },
    }),
    row({
      ...base,
      id: `${kind}-${fixture}-hardhat`,
      peer: { name: `Hardhat's Solidity tests (${found(hardhat)} of ${hardhat.length})`, samples: hardhat.map(of) },
    }),
  ];
}
