import { expect } from "chai";

import { legible, legibleLines } from "../../../src/quantity/legible.js";

describe("legible text", () => {
  it("is left alone if it is ordinary", () => {
    for (const text of ["Vault", "ETH falls 12.5 %", "Müller's vault – 金庫", "👨‍👩‍👧 family", "שלום"]) {
      expect(legible(text, 80)).to.equal(text);
    }
  });

  const hostile: readonly (readonly [what: string, text: string, shown: string])[] = [
    ["an escape sequence", "\u001b[2J\u001b[31msurvived", "�[2J�[31msurvived"],
    ["an escape in its one-byte form", "\u009b31mred", "�31mred"],
    ["a bidi override", "transfer\u202edrawhtiw", "transfer�drawhtiw"],
    ["bidi isolates", "a\u2066b\u2069", "a�b�"],
    ["a line that passes for one of the report", "x\n  violated   nothing\r\n", "x   violated   nothing "],
    ["separators of lines and paragraphs", "a\u2028b\u2029c", "a b c"],
    ["backspaces and a bell", "bad\b\b\bgood\u0007", "bad���good�"],
    ["invisible tags", "a\u{e0041}b", "a�b"],
    ["half a surrogate pair", "a\ud800b", "a�b"],
    ["a tower of marks", `a${"\u0301".repeat(100)}b`, `a${"\u0301".repeat(4)}b`],
  ];
  for (const [what, text, shown] of hostile) {
    it(`shows ${what} as what it is`, () => {
      expect(legible(text, 80)).to.equal(shown);
    });
  }

  it("is cut to its width in whole characters", () => {
    expect(legible("x".repeat(81), 80)).to.equal(`${"x".repeat(79)}…`);
    expect(legible("😀".repeat(80), 80)).to.equal("😀".repeat(80));
    expect(legible("😀".repeat(81), 80)).to.equal(`${"😀".repeat(79)}…`);
    expect(legible("y".repeat(50_000_000), 10)).to.equal(`${"y".repeat(9)}…`);
  });

  it("keeps the lines of a text that has several", () => {
    expect(legibleLines("one\u001b\ntwo\r\nthree", 80)).to.equal("one�\ntwo \nthree");
  });
});
