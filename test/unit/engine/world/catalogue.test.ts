import type { FreeMoves } from "../../../../src/agents/agent.js";
import type { CatalogueEntry } from "../../../../src/engine/world/catalogue.js";

import { expect } from "chai";

import { defineAgent } from "../../../../src/agents/index.js";
import { movesOf } from "../../../../src/engine/world/catalogue.js";

const NAMES = ["pool.swap", "pool.addLiquidity", "WETH.transfer", "target.borrow", "target.transfer"];

const catalogue: ReadonlyMap<string, CatalogueEntry> = new Map(
  NAMES.map((name) => {
    const gives = name === "WETH.transfer" ? { gives: true as const } : {};
    const action = { name, operands: 0, ordinary: name !== "target.borrow", ...gives, build: () => undefined };
    return [name, { name, protocol: undefined, action }];
  }),
);

const chosen = (moves: FreeMoves): readonly string[] =>
  movesOf(defineAgent({ role: "x", moves }), catalogue).map(({ name }) => name);

describe("movesOf", () => {
  it("contains everything, or what ordinary users do", () => {
    expect(chosen({ kind: "any" })).to.deep.equal(NAMES);
    expect(chosen({ kind: "ordinary" })).to.deep.equal(NAMES.filter((name) => name !== "target.borrow"));
  });

  it("leaves out what only gives away, for who acts for itself", () => {
    const kept = NAMES.filter((name) => name !== "WETH.transfer");
    expect(chosen({ kind: "any", actsFor: "itself" })).to.deep.equal(kept);
    expect(chosen({ kind: "any", actsFor: "anyone" })).to.deep.equal(NAMES);
  });

  it("accepts names, all actions of a protocol, and one action of all protocols", () => {
    expect(chosen({ kind: "any", only: ["pool.swap", "target.*"] })).to.deep.equal([
      "pool.swap",
      "target.borrow",
      "target.transfer",
    ]);
    expect(chosen({ kind: "any", only: ["*.transfer"] })).to.deep.equal(["WETH.transfer", "target.transfer"]);
  });

  it("leaves out exceptions, also from a selection", () => {
    expect(chosen({ kind: "any", except: ["*.transfer", "pool.*"] })).to.deep.equal(["target.borrow"]);
    expect(chosen({ kind: "any", only: ["target.*"], except: ["target.borrow"] })).to.deep.equal(["target.transfer"]);
  });
});
