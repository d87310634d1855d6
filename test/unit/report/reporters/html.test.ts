import type { Entry } from "../../../../src/report/file-result.js";
import type { Reproduction } from "../../../../src/types.js";

import { expect } from "chai";

import { SiegeError } from "../../../../src/errors.js";
import { html } from "../../../../src/report/reporters/html.js";
import { partsOf } from "../../../helpers/html-page.js";
import { finding, results } from "../../../helpers/results.js";

const ABOUT_FAULT = new SiegeError("NO_CODE", { message: "There is no <contract>.", hint: "Deploy it." });

const reproduction: Reproduction = {
  format: "hardhat-siege reproduction",
  version: 2,
  status: "minimal",
  scenario: "flash crash",
  target: { name: "Vault", address: "0x0000000000000000000000000000000000000001" },
  forkBlock: 20,
  seed: 1,
  run: 3,
  finding,
  hermetic: null,
};

describe("the reporter html", () => {
  const violation = { kind: "violation", violation: finding.violation, trace: finding.trace } as const;
  const survived = { kind: "survived", blocks: 2, trace: finding.trace } as const;
  const badges: readonly (readonly [what: string, entry: Entry, badge: string])[] = [
    ["a pass", { file: "a.ts", result: results.survived }, "survived"],
    ["a finding", { file: "a.ts", result: results.violation }, "did not survive"],
    [
      "one that a test expects",
      { file: "a.ts", result: results.violation, wanted: "violation" },
      "did not survive, as expected",
    ],
    [
      "a survival where a test expects none",
      { file: "a.ts", result: results.survived, wanted: "violation" },
      "survived, but was expected not to",
    ],
    ["an inconclusive campaign", { file: "a.ts", result: results.inconclusive }, "inconclusive"],
    ["an incomplete one", { file: "a.ts", result: results.incomplete }, "incomplete"],
    [
      "a shard that found nothing",
      { file: "a.ts", result: results.inconclusive, shard: { index: 2, count: 3, saved: "siege/shards/2.json" } },
      "shard 2 of 3",
    ],
    ["a fault", { file: "a.ts", error: ABOUT_FAULT }, "error"],
    ["a replay that breaks", { file: "r.json", replay: violation, reproduction }, "reproduced as it was recorded"],
    ["one that survives", { file: "r.json", replay: survived, reproduction }, "survives now"],
  ];
  for (const [what, entry, badge] of badges) {
    it(`calls ${what} "${badge}"`, async () => {
      const page = await html([entry]);
      const { text, elements } = partsOf(page);
      expect(text).to.include(` ${badge} `);
      // nothing that is undecided looks like a pass
      const isGood = ["survived", "survives now", "did not survive, as expected"].includes(badge);
      expect(page.includes('class="badge is-good"')).to.equal(isGood);
      expect(elements.get("h1")).to.equal(1);
    });
  }

  it("tells what other shards found after what this one did", async () => {
    const other = { ...finding, violation: { ...finding.violation, cause: "solvent/other" } };
    const { text } = partsOf(await html([{ file: "a.ts", result: results.violation, further: [other] }]));
    expect(text).to.include("Finding 2 of 2: solvent/other");
  });

  it("is one page for all, with anchors of their own", async () => {
    const page = partsOf(await html(badges.map(([, entry]) => entry)));
    const ids = page.attributes.flatMap(({ name, value }) => (name === "id" ? [value] : []));
    expect(new Set(ids).size).to.equal(ids.length);
    expect(page.text).to.include("There is no <contract>.");
  });
});
