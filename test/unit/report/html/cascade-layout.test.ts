import type { Cascade } from "../../../../src/engine/explain/cascade.js";

import { expect } from "chai";

import { layoutOf, wrapped } from "../../../../src/report/html/cascade-layout.js";

describe("the drawing of a cascade", () => {
  const node = (id: string, step?: number) => ({
    id,
    label: id,
    block: 1,
    kind: "call",
    ...(step === undefined ? {} : { step }),
  });
  const cascade: Cascade = {
    nodes: [node("fall", 0), node("silence", 1), node("price"), node("loan", 2), node("end")],
    edges: [
      { from: "fall", to: "price", because: "moved" },
      { from: "price", to: "loan", because: "read" },
      { from: "fall", to: "loan", because: "stale" },
      { from: "silence", to: "loan", because: "stale" },
      { from: "loan", to: "end", because: "changed" },
    ],
  };
  const { boxes, width, height } = layoutOf(
    cascade,
    new Map([
      [0, 1],
      [1, 2],
      [2, 3],
    ]),
  );
  const boxOf = (id: string): (typeof boxes)[number] => {
    const found = boxes.find((box) => box.node.id === id);
    if (found === undefined) throw new Error(`no box of ${id}`);
    return found;
  };

  it("has every cause above what it caused", () => {
    for (const { from, to } of cascade.edges) expect(boxOf(from).y + boxOf(from).height).to.be.lessThan(boxOf(to).y);
  });

  it("has no box on another, and all within its size", () => {
    for (const one of boxes) {
      expect(one.y + one.height).to.be.at.most(height);
      expect(one.x + 268).to.be.at.most(width);
      for (const other of boxes) {
        if (one === other) continue;
        const apart =
          one.y + one.height <= other.y || other.y + other.height <= one.y || Math.abs(one.x - other.x) >= 268;
        expect(apart).to.equal(true);
      }
    }
  });

  it("puts a cause that has none itself right above its effect", () => {
    expect(boxOf("silence").layer).to.equal(boxOf("price").layer);
  });

  it("tells by the steps' numbers what led to a box, a shared reason once", () => {
    expect(boxOf("loan").why.map((lines) => lines.join(" "))).to.have.members(["a: read", "1, 2: stale"]);
    expect(boxOf("loan").tag).to.equal("3");
  });

  it("breaks labels between words, and words that are too long after a dot", () => {
    expect(wrapped("one two three", 7, 3)).to.deep.equal(["one two", "three"]);
    expect(wrapped("Vault.depositEverything", 20, 3)).to.deep.equal(["Vault.", "depositEverything"]);
    expect(wrapped("x".repeat(100), 10, 2)).to.deep.equal(["x".repeat(10), `${"x".repeat(9)}…`]);
  });
});
