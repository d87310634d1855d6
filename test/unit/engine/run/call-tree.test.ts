import type { InnerCall } from "../../../../src/engine/events/call.js";
import type { ContractCall } from "../../../../src/protocols/call.js";

import { expect } from "chai";
import { keccak256, parseAbi, stringToHex } from "viem";

import { amountsOfCall, withAmountsOfCall } from "../../../../src/engine/events/call-amounts.js";
import { around, grown, keptParts, mappedParts, partsIn } from "../../../../src/engine/run/call-tree.js";
import { callbackOf, callbacksIn, callbacksOf } from "../../../../src/engine/run/callback-log.js";
import { calledBack, exhaustedCalls, madeCalls, simplerWaiting } from "../../../../src/engine/run/called-back.js";
import { encodeCall } from "../../../../src/protocols/call.js";

const SELF = "0x00000000000000000000000000000000000000a1";
const BANK = "0x00000000000000000000000000000000000000b1";

/** See contracts/Raider.sol. */
const TOPIC_OF_CALLBACKS = keccak256(stringToHex("hardhat-siege called back"));

function one(name: string, amount = 1n): InnerCall {
  const [item] = parseAbi([`function ${name}(uint256 amount)`] as readonly string[]);
  if (item?.type !== "function") throw new TypeError(name);
  return { to: BANK, function: item, args: [amount], value: 0n };
}

function waiting(callback: number, ...calls: readonly InnerCall[]): InnerCall {
  const [outer, ...inside] = calls;
  return { ...calledBack(SELF, outer!, { callback, answer: "true" }, inside).call, value: 0n } as InnerCall;
}

/** `a { b { c }; d }` */
const tree = waiting(1, one("a"), waiting(2, one("b"), one("c", 9n)), one("d"));

/** The transaction as it is told. */
function told(call: InnerCall): string {
  if (call.inner === undefined) return call.function.name;
  const [outer, ...inside] = call.inner.map(told);
  return `${outer ?? ""}{${inside.join()}}`;
}

const kept = (...places: readonly number[]): string => {
  const inner = keptParts(tree.inner!, places);
  return told({ ...tree, inner });
};

describe("calls inside calls inside calls", () => {
  it("are listed one after the other, those inside behind the one that calls back", () => {
    expect(partsIn(tree.inner).map(({ function: { name } }) => name)).to.deep.equal(["a", "b", "c", "d"]);
    expect(told(tree)).to.equal("a{b{c},d}");
    expect(encodeCall(tree).length).to.be.greaterThan(encodeCall(waiting(1, one("a"), one("b"), one("d"))).length);
  });

  it("leave what is inside to the callback around, or to the first", () => {
    expect(kept(0, 1, 2, 3)).to.equal("a{b{c},d}");
    expect(kept(0, 2, 3)).to.equal("a{c,d}");
    expect(kept(0, 1, 3)).to.equal("a{b,d}");
    expect(kept(1, 2, 3)).to.equal("b{c,d}");
    expect(kept(2)).to.equal("c{}");
    expect(kept(0, 2)).to.equal("a{c}");
  });

  it("have amounts, each in its place", () => {
    const amounts = amountsOfCall(tree);
    expect(amounts.map(({ inner, amount }) => [inner, amount])).to.deep.equal([
      [0, 1n],
      [1, 1n],
      [2, 9n],
      [3, 1n],
    ]);
    const less = withAmountsOfCall(tree, new Map([[amounts[2]!, 4n]]));
    expect(partsIn(less.inner).map(({ args }) => args[0])).to.deep.equal([1n, 1n, 4n, 1n]);
    expect(told({ ...tree, inner: mappedParts(tree.inner!, (call) => call) })).to.equal(told(tree));
  });

  it("become simpler one by one, those inside, too", () => {
    const waits = (call: InnerCall | undefined): unknown => call && [call.args, call.inner?.[1]?.args];
    const steps: unknown[] = [];
    for (let now = simplerWaiting(tree); now !== undefined; now = simplerWaiting(now)) steps.push(waits(now));
    expect(steps).to.deep.equal([
      [
        [1, 0],
        [2, 2],
      ],
      [
        [1, 0],
        [2, 0],
      ],
      [
        [1, 0],
        [1, 0],
      ],
    ]);
  });

  it("grow where the last one is", () => {
    const forest = ["b", "c", "d"].reduce<ReturnType<typeof grown<string>>>(
      (now, name, at) => grown(now, name, [0, 1, 5][at]!),
      [],
    );
    expect(forest).to.deep.equal([{ item: "b", inside: [{ item: "c", inside: [{ item: "d", inside: [] }] }] }]);
    expect(around(forest, 0)).to.equal(undefined);
    expect(around(forest, 2)?.item).to.equal("c");
    expect(around(grown(forest, "e", 0), 1)?.item).to.equal("e");
  });

  describe("in a receipt", () => {
    const CAME = 1n << 223n;
    const log = (selector: number, done: bigint, exhausted = 0n, came = CAME) =>
      ({
        address: SELF,
        topics: [TOPIC_OF_CALLBACKS],
        data: `0x${selector.toString(16).padStart(8, "0")}${(came | done).toString(16).padStart(56, "0")}${exhausted.toString(16).padStart(64, "0")}`,
      }) as const;
    const missing = { address: SELF, topics: [TOPIC_OF_CALLBACKS], data: "0x" } as const;
    const names = (calls: readonly { readonly call: ContractCall }[]) => calls.map(({ call }) => call.function.name);

    it("are told by the callback that each was made in, the innermost first", () => {
      const logs = [log(7, 1n), log(0, 3n)];
      const callbacks = callbacksOf(tree, SELF, callbacksIn(logs));
      expect(callbacks.get(tree)?.selector).to.equal("0x00000000");
      expect(callbacks.get(tree.inner![1]!)?.selector).to.equal("0x00000007");
      expect(names(madeCalls(tree, SELF, logs))).to.deep.equal(["a", "b", "c", "d"]);
      expect(callbackOf(SELF, callbacksIn(logs))?.selector).to.equal("0x00000000");
    });

    it("are not there if one around them reverted, or was not called back", () => {
      expect(names(madeCalls(tree, SELF, [log(0, 2n)]))).to.deep.equal(["a", "d"]);
      expect(names(madeCalls(tree, SELF, [missing, log(0, 3n)]))).to.deep.equal(["a", "b", "d"]);
      expect(names(madeCalls(tree, SELF, [missing]))).to.deep.equal(["a"]);
      expect(callbackOf(SELF, callbacksIn([missing]))?.selector).to.equal(undefined);
    });

    it("are told if they used all their gas, the one around them first", () => {
      const exhausted = (...logs: Parameters<typeof madeCalls>[2]) =>
        exhaustedCalls(tree, SELF, logs).map(({ function: { name } }) => name);
      expect(exhausted(log(7, 0n, 1n), log(0, 3n))).to.deep.equal(["c"]);
      expect(exhausted(log(0, 0n, 3n))).to.deep.equal(["b", "d"]);
      expect(exhausted(log(0, 3n))).to.deep.equal([]);
    });
  });
});
