import { expect } from "chai";
import { encodeErrorResult, maxUint256, parseAbi } from "viem";

import { reasonOf } from "../../../../src/engine/activity/reasons.js";

const abi = parseAbi([
  "struct Order { address maker; string memo; uint256 amount; }",
  "error Insolvent(uint256 short)",
  "error BadOrder(Order order)",
  "error Note(string text, bytes data)",
  "error Locked()",
  "error Error(string)",
]);
const ALICE = "0x01e3E67382d6b06d104552210B985b4c36a856b0";

describe("the revert reasons that are counted", () => {
  it("are custom errors by name, whatever their arguments", () => {
    const insolvent = [5n, 6n, maxUint256].map((short) =>
      encodeErrorResult({ abi, errorName: "Insolvent", args: [short] }),
    );
    const orders = [1n, maxUint256].map((amount) =>
      encodeErrorResult({ abi, errorName: "BadOrder", args: [{ maker: ALICE, memo: ") or (".repeat(20), amount }] }),
    );
    const notes = ["", "two\nlines", "x".repeat(500)].map((text) =>
      encodeErrorResult({ abi, errorName: "Note", args: [text, "0x"] }),
    );
    const reasons = [insolvent, orders, notes].map((list) => [...new Set(list.map((data) => reasonOf(data, { abi })))]);
    expect(reasons).to.deep.equal([["Insolvent(…)"], ["BadOrder(…)"], ["Note(…)"]]);
    expect(reasonOf(encodeErrorResult({ abi, errorName: "Locked" }), { abi })).to.equal("Locked()");
  });

  it("are those of contracts that the target calls, too", () => {
    const known = parseAbi(["error ERC4626ExceededMaxRedeem(address, uint256, uint256)"]);
    for (const args of [
      [ALICE, 3n, 0n],
      [ALICE, maxUint256, maxUint256],
    ] as const) {
      const data = encodeErrorResult({ abi: known, errorName: "ERC4626ExceededMaxRedeem", args });
      expect(reasonOf(data, { abi })).to.equal("ERC4626ExceededMaxRedeem(…)");
    }
  });

  it("are texts as they are, up to a length", () => {
    const text = (reason: string): string =>
      reasonOf(encodeErrorResult({ abi, errorName: "Error", args: [reason] }), { abi });
    expect(text("too late (3)")).to.equal('"too late (3)"');
    expect(text("x".repeat(200))).to.have.length(80);
  });
});
