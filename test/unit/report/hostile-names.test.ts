import { expect } from "chai";

import { SiegeError } from "../../../src/errors.js";
import { renderReplay } from "../../../src/report/replay.js";
import { renderFailure, renderIncomplete, renderInconclusive, renderSurvived } from "../../../src/report/terminal.js";
import { finding, results } from "../../helpers/results.js";

const ODD = "\u001b[2J\u202eevil\r\n  survived\u2028\u0007";

/** The value with something odd in place of every text. */
function withOddTexts(value: unknown): unknown {
  if (typeof value === "string") return `${ODD}${value}`;
  if (Array.isArray(value)) return value.map(withOddTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    // what a report switches on stays
    Object.entries(value).map(([key, item]) => [
      key,
      ["kind", "reason", "unit"].includes(key) ? item : withOddTexts(item),
    ]),
  );
}

describe("names in reports", () => {
  const regression = { ...finding, run: 0, coupling: ["market", "call"] as const };
  const violation = { ...results.violation, finding: regression, findings: [regression] };
  const reports: readonly (readonly [kind: string, text: () => string])[] = [
    ["a survival", () => renderSurvived(withOddTexts(results.survived) as typeof results.survived)],
    ["a violation", () => renderFailure(withOddTexts(violation) as typeof results.violation)],
    [
      "an inconclusive siege",
      () => renderInconclusive(withOddTexts(results.inconclusive) as typeof results.inconclusive),
    ],
    [
      "an incomplete siege",
      () => renderIncomplete(withOddTexts({ ...results.incomplete, finding }) as typeof results.incomplete),
    ],
    [
      "a replay",
      () =>
        renderReplay(
          withOddTexts({ kind: "violation", violation: finding.violation, trace: finding.trace }) as Parameters<
            typeof renderReplay
          >[0],
          ODD,
        ),
    ],
    [
      "an error",
      () => new SiegeError("INTERNAL", { message: ODD.replace("\n", " "), hint: ODD.replace("\n", " ") }).message,
    ],
  ];
  for (const [kind, text] of reports) {
    it(`cannot rewrite that of ${kind}`, () => {
      const shown = text();
      expect(shown).to.include("evil");
      expect(shown).not.to.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      // no line of the report's own
      for (const line of shown.split("\n")) expect(line).not.to.match(/^\s*survived/);
    });
  }

  it("are cut to a width", () => {
    const long = { ...results.survived, target: "x".repeat(100_000), scenario: "y".repeat(100_000) };
    for (const line of renderSurvived(long).split("\n")) expect(line.length).to.be.lessThan(700);
  });

  it("and claims of a file are marked as recorded", () => {
    const report = renderFailure(violation);
    expect(report).to.match(/\n {2}recorded {3}\S/);
    expect(renderFailure(results.violation)).not.to.match(/recorded {3}/);
  });
});
