import { expect } from "chai";
import * as fc from "fast-check";

import { fromJson, toJson } from "../../../src/engine/json.js";

describe("canonical JSON", () => {
  it("does not depend on the order in which keys were set", () => {
    expect(toJson({ b: 1n, a: [{ d: 2, c: "x" }] })).to.equal(toJson({ a: [{ c: "x", d: 2 }], b: 1n }));
  });

  it("reads back what it wrote, including big integers", () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.bigInt(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        // a string that looks like a big integer is read as one: no field of the engine's data may hold arbitrary strings
        fc.string().filter((text) => !/^-?\d+n$/.test(text)),
        fc.array(tie("node"), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          tie("node"),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    })).node;
    fc.assert(
      fc.property(value, (data) => {
        expect(fromJson(toJson(data))).to.deep.equal(data);
      }),
      { seed: 3 },
    );
  });
});
