import type { Address } from "viem";

import { expect } from "chai";
import { parseAbi } from "viem";

import { questionsFor } from "../../../src/target/dictionary.js";

const views = (prefix: string, count: number) =>
  parseAbi(
    Array.from({ length: count }, (_, at) => `function ${prefix}${String(at)}() view returns (uint256)`) as never,
  );

const large: Address = "0x00000000000000000000000000000000000000aa";
const small: Address = "0x00000000000000000000000000000000000000bb";

describe("the views that are asked in each block", () => {
  it("are those of all contracts in turn, if there are too many", () => {
    const { asked, left } = questionsFor(
      [
        { address: large, abi: views("a", 200) },
        { address: small, abi: views("b", 10) },
      ],
      [],
    );
    expect(asked.filter(({ to }) => to === small)).to.have.lengthOf(10);
    expect(asked.length + left).to.equal(210);
  });

  it("are in the order of the contracts, if there are few", () => {
    const { asked, left } = questionsFor(
      [
        { address: large, abi: views("a", 2) },
        { address: small, abi: views("b", 2) },
      ],
      [],
    );
    expect(asked.map(({ item }) => item.name)).to.deep.equal(["a0", "a1", "b0", "b1"]);
    expect(left).to.equal(0);
  });
});
