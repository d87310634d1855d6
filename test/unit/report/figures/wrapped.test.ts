import { expect } from "chai";
import fc from "fast-check";

import { fitted, wrapped } from "../../../../src/report/figures/wrapped.js";

describe("texts in figures", () => {
  it("are broken between words", () => {
    expect(wrapped("how likely ruin is by each block", 12)).to.deep.equal(["how likely", "ruin is by", "each block"]);
    expect(wrapped("", 12)).to.deep.equal([]);
  });

  it("are broken within a word that is longer than a line, wide characters counted twice", () => {
    expect(wrapped("a 0123456789", 4)).to.deep.equal(["a", "0123", "4567", "89"]);
    expect(wrapped("長い名前", 4)).to.deep.equal(["長い", "名前"]);
  });

  it("lose nothing but spaces, and no line is too long", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrapped(text, width);
        expect(lines.join("").replaceAll(" ", "")).to.equal(text.replaceAll(" ", ""));
        for (const line of lines) expect(Array.from(line).length).to.be.at.most(width);
      }),
    );
  });

  it("are cut if they have one line", () => {
    expect(fitted("price (US dollars) of X", 30)).to.equal("price (US dollars) of X");
    expect(fitted("price (US dollars) of X", 20)).to.equal("price (US dollars)…");
  });
});
