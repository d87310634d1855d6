import type { AbiFunction } from "viem";

import { expect } from "chai";
import { parseAbi, parseAbiItem } from "viem";

import { operandsOf } from "../../../../src/target/arguments/arguments.js";
import { subjectsOf } from "../../../../src/target/arguments/subjects.js";
import { NO_THINGS } from "../../../../src/target/arguments/things.js";

function named(signature: string): readonly string[] {
  const [item] = parseAbi([signature]) as readonly AbiFunction[];
  return subjectsOf(item ?? { inputs: [] }, NO_THINGS).map(
    ({ kind, words, at, operands }) => `${kind} ${words.join(" ")} ${at}+${operands}`,
  );
}

describe("what a call is about", () => {
  it("is what its numbers name, not how much", () => {
    expect(named("function borrow(uint256 sub, uint256 amount)")).to.deep.equal(["id sub 0+3"]);
    expect(named("function move(uint256 fromSub, uint256 toSub, uint256 tokenId, uint256 amount)")).to.deep.equal([
      "id from sub 0+3",
      "id to sub 3+3",
      "id token id 6+3",
    ]);
    expect(named("function write(uint256 strike, uint64 expiry, uint256 amount, uint256 minPremium)")).to.deep.equal([
      "number strike 0+3",
      "number expiry 3+3",
    ]);
  });

  it("is a contract or a word, not an account", () => {
    expect(named("function supply(address asset, uint256 amount, address onBehalfOf)")).to.deep.equal([
      "contract asset 0+2",
    ]);
    expect(named("function repay(address borrower, bytes32 marketId, uint256 assets)")).to.deep.equal([
      "word market id 2+2",
    ]);
  });

  it("is found inside structs, at its place, and not in lists or without a name", () => {
    expect(
      named("function open((address owner, uint256 positionId, uint256 size) order, uint256 poolId)"),
    ).to.deep.equal(["id position id 2+3", "id pool id 8+3"]);
    expect(named("function claim(uint256[] ids, uint256 positionId)")).to.deep.equal(["id position id 2+3"]);
    expect(named("function claim(uint256, uint256)")).to.deep.equal([]);
  });

  it("ends where the operands of the function end", () => {
    const item = parseAbiItem("function close(string why, bytes data, bool all, uint256 id) payable");
    const [subject] = subjectsOf(item, NO_THINGS);
    // the value of a payable call comes last
    expect((subject?.at ?? 0) + (subject?.operands ?? 0)).to.equal(operandsOf(item) - 3);
  });
});
