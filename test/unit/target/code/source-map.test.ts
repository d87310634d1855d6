import { expect } from "chai";

import { instructionsIn } from "../../../../src/target/code/instructions.js";
import { unpackSourceMap } from "../../../../src/target/code/source-map.js";

describe("a source map", () => {
  it("repeats what an entry leaves out", () => {
    // the example of the compiler's documentation: its two forms are the same
    const packed = unpackSourceMap("1:2:1;:9;2:1:2;;");
    const plain = unpackSourceMap("1:2:1;1:9:1;2:1:2;2:1:2;2:1:2");
    expect(packed).to.deep.equal(plain);
  });

  it("has an entry for an instruction, not for a byte", () => {
    // PUSH2 0x0102, ADD, PUSH1 0x5b, STOP
    const places = instructionsIn("0x61010201605b00");
    expect([...places]).to.deep.equal([
      [0, 0],
      [3, 1],
      [4, 2],
      [6, 3],
    ]);
  });
});
