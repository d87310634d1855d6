import type { Hex } from "viem";

import { expect } from "chai";
import { numberToHex, stringToHex } from "viem";

import { packedAddresses, storedValues } from "../../../src/target/stored-values.js";

const ORACLE = `0x${"ab".repeat(20)}` as const;
const word = (value: bigint): Hex => numberToHex(value, { size: 32 });
const isOracle = (address: string): boolean => address === ORACLE;

describe("the values of storage words", () => {
  it("are numbers below 2^112, without flags", () => {
    const words = [0n, 1n, 2n, 86_400n, 2n ** 112n - 1n].map(word);
    expect(storedValues(words, isOracle)).to.deep.equal({
      addresses: [],
      numbers: [2n, 86_400n, 2n ** 112n - 1n],
      words: [],
    });
  });

  it("are addresses, alone or packed with numbers in front and behind", () => {
    const address = BigInt(ORACLE);
    const alone = storedValues([word(address)], () => false);
    expect(alone).to.deep.equal({ addresses: [ORACLE], numbers: [], words: [] });
    const packed = word((4_242n << 184n) | (address << 24n) | 777n);
    expect(packedAddresses(packed)).to.include(ORACLE).and.to.have.length.below(14);
    expect(storedValues([packed], isOracle)).to.deep.equal({ addresses: [ORACLE], numbers: [4_242n, 777n], words: [] });
    // an account without code, behind a flag and in front of a number; a flag between two values
    const owner = word((4_242n << 168n) | (address << 8n) | 1n);
    expect(storedValues([owner], () => false)).to.deep.equal({ addresses: [ORACLE], numbers: [4_242n], words: [] });
    const flagged = word((((777n << 8n) | 1n) << 160n) | address);
    expect(storedValues([flagged], isOracle)).to.deep.equal({ addresses: [ORACLE], numbers: [777n], words: [] });
  });

  it("are two numbers in the halves of a word", () => {
    expect(storedValues([word(((10n ** 20n) << 128n) | (10n ** 18n))], isOracle).numbers).to.deep.equal([
      10n ** 20n,
      10n ** 18n,
    ]);
  });

  it("are hashes, and no texts", () => {
    const hash = `0x${"5e".repeat(32)}` as const;
    const text = `${stringToHex("a name", { size: 31 })}0c` as Hex;
    expect(storedValues([hash, text], isOracle)).to.deep.equal({ addresses: [], numbers: [], words: [hash] });
  });

  it("are at most 32 of a kind", () => {
    const many = Array.from({ length: 100 }, (_value, index) => word(BigInt(index + 2)));
    expect(storedValues(many, isOracle).numbers).to.have.lengthOf(32);
  });
});
