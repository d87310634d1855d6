import type { AbiFunction } from "viem";

import { expect } from "chai";
import * as fc from "fast-check";
import { encodeAbiParameters, getAddress } from "viem";

import { plainArguments } from "../../../src/protocols/plain-arguments.js";

const hex = (bytes: number): fc.Arbitrary<`0x${string}`> =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((data) => `0x${Buffer.from(data).toString("hex")}` as const);

const bits = fc.integer({ min: 1, max: 32 }).map((bytes) => 8 * bytes);

/** A type with a value of it. */
const argument: fc.Arbitrary<readonly [type: string, value: unknown]> = fc.oneof(
  hex(20).map((address) => ["address", getAddress(address)] as const),
  hex(20).map((address) => ["address", address] as const),
  fc.boolean().map((value) => ["bool", value] as const),
  bits.chain((size) => fc.bigInt(0n, 2n ** BigInt(size) - 1n).map((value) => [`uint${size}`, value] as const)),
  fc.bigInt(0n, 2n ** 256n - 1n).map((value) => ["uint", value] as const),
  bits.chain((size) =>
    fc.bigInt(-(2n ** BigInt(size - 1)), 2n ** BigInt(size - 1) - 1n).map((value) => [`int${size}`, value] as const),
  ),
  fc.integer({ min: 1, max: 32 }).chain((size) => hex(size).map((value) => [`bytes${size}`, value] as const)),
);

const taking = (...types: readonly string[]): AbiFunction => ({
  type: "function",
  name: "take",
  inputs: types.map((type) => ({ type })),
  outputs: [],
  stateMutability: "nonpayable",
});

describe("arguments of single words", () => {
  it("are encoded as a library encodes them", () => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 6 }), (list) => {
        const item = taking(...list.map(([type]) => type));
        const values = list.map(([, value]) => value);
        expect(`0x${plainArguments(item, values) ?? ""}`).to.equal(encodeAbiParameters(item.inputs, values));
      }),
    );
  });

  for (const [what, type, value] of [
    ["too large", "uint8", 256n],
    ["negative", "uint8", -1n],
    ["too small", "int8", -129n],
    ["too large for its sign", "int8", 128n],
    ["of another type", "uint256", "1"],
    ["an address with a wrong checksum", "address", "0xd8da6BF26964aF9D7eEd9e03E53415D37aA96045"],
    ["too short", "bytes4", "0x1122"],
    ["a list", "uint256[]", [1n]],
    ["of any length", "bytes", "0x11"],
    ["a text", "string", "a"],
    ["a function", "function", `0x${"11".repeat(24)}`],
  ] as const) {
    it(`are left to the library if one is ${what}`, () => {
      expect(plainArguments(taking("bool", type), [true, value])).to.equal(undefined);
    });
  }

  it("are left to the library if there are too many or too few", () => {
    expect(plainArguments(taking("bool"), [])).to.equal(undefined);
    expect(plainArguments(taking("bool"), [true, true])).to.equal(undefined);
  });
});
