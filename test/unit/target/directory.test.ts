import type { Address, Hex } from "viem";

import type { ReadResult } from "../../../src/protocols/read-plan.js";

import { expect } from "chai";
import { decodeFunctionData, encodeFunctionResult, parseAbi, zeroAddress } from "viem";

import { directoryPlan } from "../../../src/target/directory.js";

const CONTRACT: Address = "0x00000000000000000000000000000000000000c0";
const LISTED: Address = "0x00000000000000000000000000000000000000a1";
const UNLISTED: Address = "0x00000000000000000000000000000000000000a2";
const FEED: Address = "0x00000000000000000000000000000000000000f1";
const GUARDIAN: Address = "0x00000000000000000000000000000000000000f2";

const abi = parseAbi([
  "function oracleData(address rToken) view returns (address)",
  "function heartbeat(address rToken) view returns (uint256)",
  "function guardian() view returns (address)",
  "function debtOf(address user) view returns (uint256)",
  "function markets(uint256) view returns (address)",
  "function fee() view returns (uint256)",
]);

/** What the contract says; a view that is not asked as expected fails the test. */
function answer(data: Hex): ReadResult {
  const { functionName, args } = decodeFunctionData({ abi, data });
  const said = (result: bigint | Address): ReadResult => ({
    success: true,
    data: encodeFunctionResult({ abi, functionName, result: result }),
  });
  switch (functionName) {
    case "guardian":
      return said(GUARDIAN);
    case "oracleData":
      return said(isListed(args[0]) ? FEED : zeroAddress);
    case "heartbeat":
      return said(isListed(args[0]) ? 3_600n : 0n);
    case "markets":
      return args[0] === 0n ? said(LISTED) : { success: false, data: "0x" };
    case "debtOf":
    case "fee":
      throw new Error(`${functionName} says nothing of contracts`);
  }
}

/** Decoded addresses have checksums. */
function isListed(value: unknown): boolean {
  return String(value).toLowerCase() === LISTED;
}

describe("the directory", () => {
  const { plan, left } = directoryPlan([{ name: "market", address: CONTRACT, abi }], [LISTED, UNLISTED]);
  const [asked = []] = plan.simulations;
  const directory = plan.decode([], [asked.map(({ data }) => answer(data))]);

  it("has what contracts name, and not what they do not have", () => {
    expect([...directory.addresses].sort()).to.deep.equal([LISTED, FEED, GUARDIAN].sort());
  });

  it("finds what a view of the parameter's name returns", () => {
    expect(directory.named("oracle")).to.deep.equal([FEED]);
    expect(directory.named("_guardian")).to.deep.equal([GUARDIAN]);
    expect(directory.named("market")).to.deep.equal([LISTED]);
  });

  it("finds what a view that takes a parameter of that name has an answer for", () => {
    expect(directory.named("rToken")).to.deep.equal([LISTED]);
  });

  it("finds nothing for other names, short parts of names among them", () => {
    for (const name of ["strategy", "or", "", "user"]) expect(directory.named(name), name).to.deep.equal([]);
  });

  it("asks contracts in turn, and counts what it does not ask, by contract", () => {
    expect(left).to.deep.equal({});
    const feeds = (prefix: string, count: number) =>
      parseAbi(
        Array.from({ length: count }, (_, at) => `function ${prefix}${String(at)}() view returns (address)`) as never,
      );
    const [large, small] = [
      "0x00000000000000000000000000000000000000e1",
      "0x00000000000000000000000000000000000000e2",
    ] as const;
    const many = directoryPlan(
      [
        { name: "large", address: large, abi: feeds("a", 300) },
        { name: "small", address: small, abi: feeds("b", 20) },
      ],
      [],
    );
    expect(many.plan.simulations[0]?.filter(({ to }) => to === small)).to.have.lengthOf(20);
    expect(many.left).to.deep.equal({ large: 220 });
  });

  it("asks no more than one read has gas for, if each view takes all that it may", () => {
    const many = parseAbi(
      Array.from({ length: 300 }, (_, at) => `function feed${String(at)}() view returns (address)`),
    );
    const [questions = []] = directoryPlan([{ name: "many", address: CONTRACT, abi: many }], []).plan.simulations;
    expect(questions.length).to.be.above(50);
    // the cap of a transaction (EIP-7825)
    expect(questions.reduce((sum, { gas = Infinity }) => sum + gas, 0)).to.be.below(16_777_216);
  });
});
