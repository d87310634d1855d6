import type { Hex } from "viem";

import { expect } from "chai";

import { constantsIn } from "../../../src/target/constants.js";

/** Code that pushes these, as hex digits. */
const pushing = (...pushed: readonly string[]): Hex =>
  `0x${pushed.map((digits) => (0x5f + digits.length / 2).toString(16) + digits).join("")}00`;
const constantsOf = (code: Hex, selectors: readonly string[] = []) =>
  constantsIn([{ code, selectors: new Set(selectors) }]);

const NOTHING = { numbers: [], words: [], texts: [], addresses: [], left: 0 };

describe("the constants of a contract's code", () => {
  it("are numbers, hashes and texts, in the order in which the code pushes them", () => {
    const hash = "b7".repeat(32);
    const text = `${Buffer.from("hello").toString("hex")}${"00".repeat(27)}`;
    expect(constantsOf(pushing("0f4240", hash, "01e13380", text))).to.deep.equal({
      numbers: [1_000_000n, 31_536_000n],
      words: [`0x${hash}`],
      texts: ["hello"],
      addresses: [],
      left: 0,
    });
  });

  it("are what the code shifts to the left, as it writes short texts, unless that is a selector", () => {
    const name = BigInt(`0x${Buffer.from("AmpTokensRecipient").toString("hex")}`);
    // the last letter ends in two zero bits, which the compiler saves
    const text = pushing((name >> 2n).toString(16), "72").replace(/00$/, "1b");
    expect(constantsOf(`${text as Hex}00`)).to.deep.equal({ ...NOTHING, texts: ["AmpTokensRecipient"] });
    const selector = pushing("a9059cbb", "e0").replace(/00$/, "1b");
    expect(constantsOf(`${selector as Hex}00`)).to.deep.equal(NOTHING);
  });

  it("are not selectors, destinations of jumps, masks, or single bytes", () => {
    // a JUMPDEST at 10
    const code = pushing("000a");
    expect(constantsOf(`${code}${"00".repeat(6)}5b`).numbers).to.deep.equal([]);
    expect(constantsOf(code).numbers).to.deep.equal([10n]);
    expect(constantsOf(pushing("a9059cbb", "64"), ["0xa9059cbb"])).to.deep.equal(NOTHING);
    expect(constantsOf(pushing("a9059cbb")).numbers).to.deep.equal([0xa9059cbbn]);
    expect(constantsOf(pushing("ffffffff", "ff".repeat(20), `${"ff".repeat(31)}00`))).to.deep.equal(NOTHING);
  });

  it("are addresses, and immutables, which are pushed as whole words", () => {
    const address = `ab${"12".repeat(19)}`;
    const word = (digits: string): string => digits.padStart(64, "0");
    const found = constantsOf(pushing(address, word("0f4240"), word("cd".repeat(20))));
    expect(found).to.deep.equal({
      ...NOTHING,
      numbers: [1_000_000n],
      addresses: [`0x${address}`, `0x${"cd".repeat(20)}`],
    });
  });

  it("are numbers also where their bytes are letters: 85 % in basis points is an exclamation mark and a four", () => {
    const { numbers, texts } = constantsOf(pushing("2134", "2328"));
    expect(numbers).to.deep.equal([8_500n, 9_000n]);
    expect(texts).to.deep.equal(["!4", "#("]);
  });

  it("are those of all contracts, each once, and no more than 48 of a kind", () => {
    const many = Array.from({ length: 200 }, (_value, index) => (10_000 + index).toString(16).padStart(6, "0"));
    const one = { code: pushing(...many), selectors: new Set<string>() };
    const found = constantsIn([one, one]);
    expect(found.numbers).to.deep.equal(many.slice(0, 48).map((digits) => BigInt(`0x${digits}`)));
    expect(found.left).to.equal(152);
    // a large contract does not take the place of a small one
    expect(constantsIn([one, { ...one, code: pushing("0f4240") }]).numbers.slice(0, 2)).to.deep.equal([
      10_000n,
      1_000_000n,
    ]);
    // no code, and code that ends within what it pushes
    expect(constantsOf("0x")).to.deep.equal(NOTHING);
    expect(constantsOf("0x7f5e5e").words).to.have.length.below(2);
  });
});
