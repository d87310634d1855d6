import type { Hex } from "viem";

import { expect } from "chai";
import { encodeAbiParameters, encodeEventTopics, encodeFunctionData, parseAbi, parseAbiItem } from "viem";

import { encodeCall, selectorOf } from "../../../../src/protocols/call.js";
import { differenceOf, ordersOf } from "../../../../src/risk/proposal/judge-proposals.js";
import { readProposal } from "../../../../src/risk/proposal/read-proposal.js";
import { codeOf } from "../../../helpers/errors.js";
import { payloadLog } from "../../../helpers/payload-log.js";

const TARGET = "0x1111111111111111111111111111111111111111";
const GOVERNOR = "0x2222222222222222222222222222222222222222";

const setFee = parseAbiItem("function setFee(uint256 fee, address to)");
const calldata = encodeFunctionData({ abi: [setFee], args: [500n, TARGET] });
const words: Hex = `0x${calldata.slice(10)}`;
const known = new Map([[selectorOf(setFee), setFee]]);

const created = parseAbi([
  "event ProposalCreated(uint256 id, address proposer, address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, uint256 start, uint256 end, string description)",
]);

/** A log of a governor. */
function logOf(signatures: readonly string[], calldatas: readonly Hex[]): object {
  const data = encodeAbiParameters(created[0].inputs, [
    7n,
    GOVERNOR,
    [TARGET],
    [3n],
    [...signatures],
    [...calldatas],
    1n,
    2n,
    "# Lower the fee\n\nBecause.",
  ]);
  return { address: GOVERNOR, topics: encodeEventTopics({ abi: created, eventName: "ProposalCreated" }), data };
}

const seatbelt = {
  type: "new",
  daoName: "DAO",
  governorType: "bravo",
  governorAddress: GOVERNOR,
  targets: [TARGET],
  values: ["0"],
  signatures: ["setFee(uint256,address)"],
  calldatas: [words],
  description: "Lower the fee",
};

describe("readProposal", () => {
  for (const [format, given] of [
    ["a config of Seatbelt, with a signature beside calldata", seatbelt],
    ["a config of Seatbelt, with a selector in it", { ...seatbelt, signatures: [""], calldatas: [calldata] }],
    ["a log of Governor Bravo", logOf(["setFee(uint256,address)"], [words])],
    ["a log of OpenZeppelin's Governor", logOf([""], [calldata])],
    [
      "a list of calls",
      {
        name: "Lower the fee",
        calls: [{ target: TARGET, signature: "setFee(uint256,address)", args: ["500", TARGET] }],
      },
    ],
  ] as const) {
    it(`reads ${format}`, () => {
      const { name, calls } = readProposal(given, known, "proposal 1");
      expect(name).to.equal("Lower the fee");
      const [{ call, delegates } = {}] = calls;
      expect([call!.to, call!.function.name, call!.args, delegates]).to.deep.equal([
        TARGET,
        "setFee",
        [500n, TARGET],
        false,
      ]);
      expect(encodeCall(call!)).to.equal(calldata);
    });
  }

  it("reads a log of Aave's payloads controller, whose actions are delegated", () => {
    const { name, id, calls } = readProposal(payloadLog(GOVERNOR, TARGET), new Map(), "proposal 1");
    expect([name, id]).to.deep.equal(["payload 42", 42n]);
    expect(calls[0]).to.deep.include({ delegates: true });
    expect(calls[0]!.call.function.name).to.equal("execute");
  });

  it("calls what nobody knows by its selector, with the same calldata", () => {
    const { calls } = readProposal({ ...seatbelt, signatures: [""], calldatas: [calldata] }, new Map(), "x");
    expect(calls[0]!.call.function.name).to.equal(calldata.slice(0, 10));
    expect(encodeCall(calls[0]!.call)).to.equal(calldata);
  });

  it("keeps what is hostile in a description from being more than text", () => {
    const { name } = readProposal({ ...seatbelt, description: `# \u001b[31m${"x".repeat(500)}` }, known, "x");
    expect(name).to.have.lengthOf.at.most(121);
    expect(name).to.not.include("\u001b");
  });

  for (const [what, given] of [
    ["nothing", null],
    ["an object of another kind", { hello: 1 }],
    ["no calls", []],
    ["lists of different lengths", { ...seatbelt, values: [] }],
    ["calldata that is too short", { ...seatbelt, calldatas: ["0x01"] }],
    ["calldata with more in it", { ...seatbelt, calldatas: [`${words}00`] }],
    ["calldata shorter than a selector", { ...seatbelt, signatures: [""], calldatas: ["0x010203"] }],
    ["a signature that is none", { ...seatbelt, signatures: ["set fee"] }],
    ["an address that is none", { ...seatbelt, targets: ["0x12"] }],
    ["arguments of another number", [{ target: TARGET, signature: "setFee(uint256,address)", args: [1] }]],
    ["an argument of another type", [{ target: TARGET, signature: "setFee(uint256,address)", args: ["many", TARGET] }]],
    ["a log of another event", { address: GOVERNOR, topics: [`0x${"1".repeat(64)}`], data: "0x" }],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(codeOf(() => readProposal(given, known, "x"))).to.equal("PROPOSAL_INVALID");
    });
  }
});

describe("judging proposals", () => {
  it("takes every order", () => {
    expect(ordersOf(1)).to.deep.equal([[0]]);
    expect(ordersOf(3)).to.have.deep.members([
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]);
  });

  it("bounds a difference by the paths that only one side ruins", () => {
    // scipy: the differences of beta quantiles at 1.25 %
    const { value, lower, upper } = differenceOf(30, 5, 200, 0.95);
    expect(value).to.equal(0.125);
    expect([lower, upper].map((bound) => bound.toFixed(3))).to.deep.equal(["0.035", "0.209"]);
    expect(differenceOf(0, 0, 200, 0.95).lower).to.be.within(-0.03, 0);
  });
});
