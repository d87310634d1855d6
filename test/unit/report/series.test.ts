import type { StepDescription, Trace } from "../../../src/types.js";

import { expect } from "chai";

import { inSeries } from "../../../src/report/series.js";

/** A slow fall of so many blocks, in each of which a keeper looks and an arbitrageur trades. */
function slowFall(blocks: number): { readonly steps: readonly StepDescription[]; readonly trace: Trace } {
  const steps: StepDescription[] = [];
  const trace: Trace["steps"][number][] = [];
  for (let block = 1; block <= blocks; block++) {
    const reaction = { block, reaction: true as const, consequence: undefined };
    trace.push({ kind: "market", block, asset: "ETH", change: -10_000 });
    steps.push({ step: steps.length, block, actor: "market", action: "ETH falls 1.0 %", consequence: undefined });
    for (const [actor, action] of [
      ["keeper", "Vault.poke()"],
      ["arbitrageur", `router.swap(${String(block)} WETH)`],
    ] as const) {
      // what kind of step it is does not matter, as long as it is no price move
      trace.push({ kind: "gas", block, change: 1 });
      steps.push({ step: steps.length, actor, action, ...reaction });
    }
  }
  return { steps, trace: { steps: trace, blocks } };
}

const told = (steps: readonly StepDescription[], trace: Trace): readonly string[] =>
  inSeries(steps, trace).map(({ number, block, actor, action }) => [number, block, actor, action].join(" "));

describe("inSeries", () => {
  it("makes one line of what happens in the same way in block after block", () => {
    const { steps, trace } = slowFall(30);
    expect(told(steps, trace)).to.deep.equal([
      "1-30 1-30 market ETH falls 1.0 % a block, 26.0 % in all",
      "· 1-30 keeper Vault.poke(), in each",
      "· 1-30 arbitrageur router.swap(…), in each",
    ]);
  });

  it("leaves a few blocks as they are", () => {
    const { steps, trace } = slowFall(3);
    expect(told(steps, trace)).to.have.length(9);
    expect(told(steps, trace).slice(0, 4)).to.deep.equal([
      "1 1 market ETH falls 1.0 %",
      "· 1 keeper Vault.poke()",
      "· 1 arbitrageur router.swap(1 WETH)",
      "2 2 market ETH falls 1.0 %",
    ]);
  });

  it("begins a new line where a block is left out or the size is another", () => {
    const { steps, trace } = slowFall(12);
    const interrupted = steps.flatMap((step) => {
      if (step.block === 5) return [];
      return step.block === 10 && step.actor === "market" ? [{ ...step, action: "ETH falls 2.0 %" }] : [step];
    });
    expect(told(interrupted, trace).filter((line) => line.includes("market"))).to.deep.equal([
      "1-4 1-4 market ETH falls 1.0 % a block, 3.9 % in all",
      "5-8 6-9 market ETH falls 1.0 % a block, 3.9 % in all",
      "9 10 market ETH falls 2.0 %",
      "10 11 market ETH falls 1.0 %",
      "11 12 market ETH falls 1.0 %",
    ]);
  });

  it("never makes one of two calls that each are a step", () => {
    const steps = Array.from({ length: 9 }, (_nothing, index) => ({
      step: index,
      block: index + 1,
      actor: "attacker",
      action: "Vault.borrow()",
      consequence: undefined,
    }));
    const trace: Trace = { steps: steps.map(({ block }) => ({ kind: "gas", block, change: 1 })), blocks: 9 };
    expect(told(steps, trace)).to.have.length(9);
  });
});
