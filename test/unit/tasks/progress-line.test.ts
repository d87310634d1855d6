import { expect } from "chai";

import { ProgressLine } from "../../../src/tasks/progress-line.js";

describe("the progress of a risk run", () => {
  let written: string;
  let now: number;

  beforeEach(() => {
    written = "";
    now = 0;
  });

  const lineOn = (isTTY: boolean): ProgressLine =>
    new ProgressLine({ isTTY, write: (text: string) => (written += text) !== "" }, 2_000, () => now);

  it("is one line, with the time that is left at the speed so far", () => {
    const line = lineOn(true);
    for (let finished = 1; finished <= 400; finished++) {
      now += 20;
      line.show(finished, Math.floor(finished / 4));
    }
    const shown = written.split("\r");
    expect(shown[1]).to.equal("1 of 2,000 paths, 0 ruined");
    // 50 a second
    expect(shown.at(-1)?.trimEnd()).to.equal("391 of 2,000 paths, 97 ruined, about 32 s left");
    // every 200 ms
    expect(shown).to.have.length(1 + 40);
    line.clear();
    expect(written.endsWith("\r")).to.equal(true);
    expect(written.split("\r").at(-2)?.trim()).to.equal("");
  });

  it("is left out where nobody watches", () => {
    const line = lineOn(false);
    line.show(1, 0);
    line.clear();
    expect(written).to.equal("");
  });
});
