// Five campaigns at once in this process, beside those of others in the same folder; prints how each ended, as JSON.
import type { BoxCampaign } from "./box-project.js";

import { besiegeBox } from "./box-project.js";

const [folder = "", process_ = "0"] = process.argv.slice(2);

const campaigns: readonly BoxCampaign[] = [
  // two that find the same, as those of every other process
  {},
  {},
  { seed: 2 },
  { scenario: `only in process ${process_}` },
  { contract: "CappedBox", target: "CappedBox" },
];

const results = await Promise.all(campaigns.map((campaign) => besiegeBox(folder, campaign)));
console.log(
  JSON.stringify(
    results.map((result) => ({
      kind: result.kind,
      ...(result.kind === "violation"
        ? {
            steps: result.finding.steps.length,
            certificate: result.finding.certificate?.kind,
            unsaved: result.finding.unsaved,
            file: result.finding.reproduction,
          }
        : {}),
    })),
  ),
);
process.exit();
