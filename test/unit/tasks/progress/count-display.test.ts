import { expect } from "chai";

import { CountDisplay } from "../../../../src/tasks/progress/count-display.js";

describe("the progress of a risk run", () => {
  let written: string;
  let now: number;

  beforeEach(() => {
    written = "";
    now = 0;
  });

  const displayOn = (isTTY: boolean): CountDisplay =>
    new CountDisplay({ isTTY, write: (text: string) => (written += text) !== "" }, "path", () => now);

  it("is one line, with the time that is left at the speed so far", () => {
    const display = displayOn(true);
    for (let finished = 1; finished <= 400; finished++) {
      now += 20;
      display.show(finished, 2_000, `${Math.floor(finished / 4)} ruined`);
    }
    const shown = written.split("\r");
    expect(shown[1]).to.equal("1 of 2,000 paths, 0 ruined");
    // 50 a second
    expect(shown.at(-1)?.trimEnd()).to.equal("391 of 2,000 paths, 97 ruined, about 32 s left");
    // every 200 ms
    expect(shown).to.have.length(1 + 40);
    display.clear();
    expect(written.endsWith("\r")).to.equal(true);
    expect(written.split("\r").at(-2)?.trim()).to.equal("");
  });

  it("is left out where nobody watches", () => {
    const display = displayOn(false);
    display.show(1, 2_000);
    display.clear();
    expect(written).to.equal("");
  });
});
