import type { AnyAbi } from "../../../src/target/abi.js";

import { expect } from "chai";
import { ethers } from "ethers";
import { erc20Abi, parseAbi } from "viem";

import { normaliseAbi } from "../../../src/target/abi.js";
import { failsWith } from "../../helpers/errors.js";

describe("normaliseAbi", () => {
  it("leaves an ABI in current form as it is", () => {
    expect(normaliseAbi(erc20Abi, "Token")).to.deep.equal(erc20Abi);
  });

  const ages: [what: string, flags: object, stateMutability: string][] = [
    ["no word about state", {}, "nonpayable"],
    ["neither flag", { constant: false, payable: false }, "nonpayable"],
    ["constant", { constant: true, payable: false }, "view"],
    ["payable", { constant: false, payable: true }, "payable"],
    ["a mutability, whatever the flags", { constant: false, payable: false, stateMutability: "pure" }, "pure"],
  ];
  for (const [what, flags, stateMutability] of ages) {
    it(`reads a function with ${what} as ${stateMutability}`, () => {
      const [item] = normaliseAbi([{ type: "function", name: "put", inputs: [], outputs: [], ...flags }], "Box");
      expect(item).to.deep.equal({ type: "function", name: "put", inputs: [], outputs: [], stateMutability });
    });
  }

  it("adds what old ABIs omit from a function", () => {
    expect(normaliseAbi([{ name: "put" }], "Box")).to.deep.equal([
      { type: "function", name: "put", inputs: [], outputs: [], stateMutability: "nonpayable" },
    ]);
  });

  it("knows constructors, fallback and receive", () => {
    const abi = [{ type: "constructor", inputs: [], payable: true }, { type: "fallback" }, { type: "receive" }];
    expect(normaliseAbi(abi, "Box")).to.deep.equal([
      { type: "constructor", inputs: [], stateMutability: "payable" },
      { type: "fallback", stateMutability: "nonpayable" },
      { type: "receive", stateMutability: "payable" },
    ]);
  });

  it("leaves events and errors alone", () => {
    const abi = parseAbi(["event Put(uint256 amount)", "error Full()"]);
    expect(normaliseAbi(abi, "Box")).to.deep.equal(abi);
  });

  it("reads what ethers writes as what viem parses", () => {
    const signatures = [
      "constructor(uint256 cap)",
      "function total() view returns (uint256)",
      "function put(uint256 amount)",
      "function pay() payable",
    ];
    const mutabilities = (abi: AnyAbi) =>
      normaliseAbi(abi, "Box").map((item) => ("stateMutability" in item ? item.stateMutability : undefined));
    const written = JSON.parse(new ethers.Interface(signatures).formatJson()) as AnyAbi;
    expect(mutabilities(written)).to.deep.equal(["nonpayable", "view", "nonpayable", "payable"]);
    expect(mutabilities(signatures)).to.deep.equal(mutabilities(written));
  });

  it("parses signatures, with structs among them", () => {
    const signatures = ["struct Order { uint256 amount; address maker; }", "function fill(Order order) payable"];
    expect(normaliseAbi(signatures, "Desk")).to.deep.equal(parseAbi(signatures as never));
  });

  it("counts a function once that stands there twice", () => {
    const get = { type: "function", name: "get", inputs: [], outputs: [], stateMutability: "view" };
    const put = { ...get, name: "put", inputs: [{ type: "uint256" }] };
    const other = { ...put, inputs: [{ type: "address" }] };
    expect(normaliseAbi([get, put, get, other], "Box")).to.deep.equal([get, put, other]);
  });

  const wrong: [what: string, abi: unknown[], message: string][] = [
    ["a signature that is none", ["funktion put()"], "The human-readable ABI of Box cannot be parsed:"],
    ["an item that is none", [5], "Item 0 of the ABI of Box is 5."],
    ["an item without a type or a name", [{ inputs: [] }], 'Item 0 of the ABI of Box has no type: {"inputs":[]}.'],
    [
      "a type that is none",
      [{ type: "func", name: "put" }],
      'Item 0 of the ABI of Box has the type "func", which is none.',
    ],
    [
      "one function in two ways",
      [
        "function put(uint256) view returns (uint256)",
        { type: "function", name: "put", inputs: [{ type: "uint256" }] },
      ],
      "The ABI of Box has put(uint256) twice, and differently: ",
    ],
    [
      "a mutability that is none",
      [{ type: "function", name: "put", stateMutability: "often" }],
      'Item 0 of the ABI of Box has the state mutability "often".',
    ],
  ];
  for (const [what, abi, message] of wrong) {
    it(`refuses ${what}`, async () => {
      const error = await failsWith("INVALID_TARGET", () => normaliseAbi(abi as AnyAbi, "Box"));
      expect(error.summary).to.include(message);
    });
  }
});
