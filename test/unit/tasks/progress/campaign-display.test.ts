import type { SearchProgress } from "../../../../src/types.js";

import { stripVTControlCharacters } from "node:util";

import { expect } from "chai";

import { columnsOf } from "../../../../src/report/columns.js";
import { CampaignDisplay } from "../../../../src/tasks/progress/campaign-display.js";
import { finding } from "../../../helpers/results.js";

describe("the progress of a campaign", () => {
  let written: string;
  let now: number;

  beforeEach(() => {
    written = "";
    now = 0;
  });

  /** A stream like the process's own, as a terminal or not. */
  const display = (stream: { isTTY: boolean; columns?: number }, isSpoken = true): CampaignDisplay => {
    const terminal = Object.assign(Object.create(process.stderr) as NodeJS.WriteStream, {
      columns: undefined,
      ...stream,
      write: (text: string): boolean => (written += text) !== "",
      getColorDepth: () => (process.env.NO_COLOR === undefined ? 8 : 1),
    });
    const shown = new CampaignDisplay(terminal, { isSpoken }, () => now);
    shown.begin("crash");
    return shown;
  };

  const searching = (finished: number): SearchProgress => ({
    phase: "searching",
    finished,
    runs: 500,
    lanes: 2,
    calls: 10 * finished,
    succeeded: 8 * finished,
    closest: { condition: "solvent", margin: 0.031 },
  });

  const found = { phase: "found", violation: finding.violation, run: 37, steps: 118 } as const;

  it("says how far it is, how fast, what succeeds, how near it came, and how long the rest takes", () => {
    const { progress } = display({ isTTY: true, columns: 160 });
    for (let finished = 1; finished <= 100; finished++) {
      now += 20;
      progress(searching(finished));
    }
    expect(written.split("\r").at(-1)?.trimEnd()).to.equal(
      "crash: 91 of 500 runs, 50/s, about 8 s left, 2 lanes, 80 % of calls succeed, least margin solvent 3.1 %",
    );
  });

  it("announces a finding at once, in a line that stays, and shows how it gets smaller", () => {
    const { progress } = display({ isTTY: true });
    progress(searching(1));
    progress(found);
    progress({ phase: "minimising", violation: finding.violation, steps: 4, from: 118 });
    const lines = stripVTControlCharacters(written).split("\n");
    expect(lines[0]?.split("\r").at(-1)).to.match(
      /found.* solvent: assets 8 WETH .* \(run 37, 118 steps; minimising\)$/,
    );
    expect(lines[1]).to.equal("\rcrash: minimising solvent: 4 steps of 118 left");
  });

  it("is a line for each finding and nothing else where nobody watches, and nothing beside a document", () => {
    const { progress } = display({ isTTY: false });
    progress({ phase: "opening" });
    progress(searching(1));
    progress(found);
    expect(written).to.equal("found solvent: assets 8 WETH < liabilities 10 WETH (run 37, 118 steps; minimising)\n");
    written = "";
    display({ isTTY: false }, false).progress(found);
    expect(written).to.equal("");
  });

  it("never is wider than the terminal, whatever the symbols", () => {
    const shown = display({ isTTY: true, columns: 40 });
    shown.begin("資産の暴落🚨");
    shown.progress({ ...searching(1), closest: { condition: "支払能力", margin: 0.5 } });
    const [, line = ""] = written.split("\r");
    expect(columnsOf(line.trimEnd())).to.be.within(37, 39);
    expect(line).to.match(/^資産の暴落🚨.*…$/);
    shown.clear();
    // as many columns as the line had
    expect(written.split("\r").at(-2)).to.have.length(columnsOf(line));
  });

  it("writes no control characters that come from names", () => {
    const shown = display({ isTTY: false });
    const condition = "sol\u001b[2Jvent\r\n";
    shown.progress({ ...found, violation: { ...finding.violation, condition } });
    expect(written).to.match(/^found sol�\[2Jvent : /);
  });

  for (const [env, isColoured] of [
    [{}, true],
    [{ NO_COLOR: "1" }, false],
  ] as const) {
    it(`is ${isColoured ? "coloured on a terminal" : "not coloured with NO_COLOR"}`, () => {
      const before = { ...process.env };
      delete process.env.FORCE_COLOR;
      delete process.env.NODE_DISABLE_COLORS;
      delete process.env.NO_COLOR;
      Object.assign(process.env, env);
      try {
        display({ isTTY: true }).progress(found);
        expect(written.includes("\u001b[31m")).to.equal(isColoured);
      } finally {
        process.env = before;
      }
    });
  }
});
