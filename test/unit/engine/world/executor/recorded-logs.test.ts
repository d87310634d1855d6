import { expect } from "chai";
import * as fc from "fast-check";
import { encodeAbiParameters, parseAbiParameters } from "viem";

import { unpackLogs } from "../../../../../src/engine/world/executor/recorded-logs.js";

const LOGS = parseAbiParameters(["struct Log { bytes32[] topics; bytes data; address emitter; }", "Log[] logs"]);

const bytes = (least: number, most: number): fc.Arbitrary<`0x${string}`> =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((data) => `0x${Buffer.from(data).toString("hex")}` as const);

describe("logs that the test runner recorded", () => {
  it("are unpacked as they were encoded", () => {
    const log = fc.record({
      topics: fc.array(bytes(32, 32), { maxLength: 4 }),
      data: bytes(0, 100),
      address: bytes(20, 20),
    });
    fc.assert(
      fc.property(fc.array(log, { maxLength: 5 }), (logs) => {
        const encoded = encodeAbiParameters(LOGS, [
          logs.map(({ address: emitter, ...rest }) => ({ ...rest, emitter })),
        ]);
        expect(unpackLogs(encoded.slice(2))).to.deep.equal(logs);
      }),
    );
  });

  it("are none in an empty answer", () => {
    expect(unpackLogs("")).to.deep.equal([]);
  });
});
