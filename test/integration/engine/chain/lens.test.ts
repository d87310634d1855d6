import type { NetworkConnection } from "hardhat/types/network";
import type { Address, Hex } from "viem";

import type { ReadCall, ReadPlan } from "../../../../src/protocols/read-plan.js";

import { expect } from "chai";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { encodeFunctionData, parseAbi, zeroAddress } from "viem";

import { Chain } from "../../../../src/engine/chain/chain.js";
import { LensReader } from "../../../../src/engine/chain/lens-reader.js";
import { list, simulate } from "../../../../src/protocols/read-plan.js";

// a counter: with calldata it adds the first word to slot 0, stores its caller in slot 1 and returns slot 0;
// without, it reverts with one word, 0x2a
const COUNTER_CODE: Hex = "0x3615601c5760003560005401806000553360015560005260206000f35b602a60005260206000fd";
const COUNTER: Address = "0x00000000000000000000000000000000000c0c0c";
const ALICE: Address = "0x00000000000000000000000000000000000a11ce";

const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, "0")}`;
const add = (amount: bigint, more: Partial<ReadCall> = {}): ReadCall => ({ to: COUNTER, data: word(amount), ...more });
const plain = (call: ReadCall): ReadPlan<{ readonly success: boolean; readonly data: Hex } | undefined> => ({
  calls: [call],
  simulations: [],
  decode: ([result]) => result,
});

describe("the lens", () => {
  let connection: NetworkConnection<"l1">;
  let reader: LensReader;

  before(async () => {
    const hre = await createHardhatRuntimeEnvironment({
      networks: { local: { type: "edr-simulated", chainType: "l1" } },
    });
    connection = await hre.network.create({ network: "local", chainType: "l1" });
    const chain = new Chain(connection.provider);
    await chain.setCode(COUNTER, COUNTER_CODE);
    await chain.setStorage(COUNTER, word(0n), word(100n));
    await chain.setBalance(ALICE, 7n);
    reader = new LensReader(chain);
  });

  after(() => connection.close());

  it("returns each call's success and data", async () => {
    const [good, bad] = await reader.read(list([plain(add(5n)), plain({ to: COUNTER, data: "0x" })]));
    expect(good).to.deep.equal({ success: true, data: word(105n) });
    expect(bad).to.deep.equal({ success: false, data: word(0x2an) });
  });

  it("reads native balances", async () => {
    const [balance] = await reader.read(list([plain({ to: zeroAddress, data: ALICE })]));
    expect(balance?.data).to.equal(word(7n));
  });

  it("runs each simulation on its own copy of the state and leaves no trace", async () => {
    const [first, second] = await reader.read(list([simulate([add(1n), add(1n)]), simulate([add(1n)])]));
    expect(first?.map(({ data }) => BigInt(data))).to.deep.equal([101n, 102n]);
    expect(second?.map(({ data }) => BigInt(data))).to.deep.equal([101n]);
    const [again] = await reader.read(list([plain(add(0n))]));
    expect(again?.data).to.equal(word(100n));
  });

  it("acts as another account, which receives the value sent to it", async () => {
    const results = await reader.read(simulate([add(3n, { from: ALICE })]));
    expect(results[0]).to.deep.equal({ success: true, data: word(103n) });
  });

  it("splices a result into a later call", async () => {
    // 100 + 5 = 105, then 105 + 105
    const results = await reader.read(simulate([add(5n), add(0n, { splice: { from: 0, offset: 0 } })]));
    expect(BigInt(results[1]?.data ?? "0x0")).to.equal(210n);
  });

  it("separates results of any length", async () => {
    const abi = parseAbi(["function f(bytes data)"]);
    // the identity precompile returns its input
    const identity: Address = "0x0000000000000000000000000000000000000004";
    const inputs = [0, 1, 31, 32, 33, 500].map((length) =>
      encodeFunctionData({ abi, functionName: "f", args: [`0x${"ab".repeat(length)}`] }),
    );
    const results = await reader.read(list(inputs.map((data) => plain({ to: identity, data }))));
    expect(results.map((result) => result?.data)).to.deep.equal(inputs);
  });
});
