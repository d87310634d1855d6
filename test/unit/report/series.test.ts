import type { StepData, StepDescription } from "../../../src/types.js";

import { expect } from "chai";

import { inSeries } from "../../../src/report/series.js";

function fall(percent: number): StepData {
  return { kind: "market", asset: "ETH", change: { value: -percent, unit: "percent" } };
}

function call(contract: string, name: string): StepData {
  const target = { name: contract, address: "0x00000000000000000000000000000000000000aa" } as const;
  return { kind: "call", target, function: name, arguments: [], value: 0n };
}

/** A slow fall over some blocks; in each of them a keeper checks and an arbitrageur trades. */
function slowFall(blocks: number): readonly StepDescription[] {
  const steps: StepDescription[] = [];
  for (let block = 1; block <= blocks; block++) {
    const reaction = { block, reaction: true as const, consequence: undefined };
    steps.push({
      step: steps.length,
      block,
      actor: "market",
      action: "ETH falls 1.0 %",
      consequence: undefined,
      data: fall(1),
    });
    for (const [actor, action, data] of [
      ["keeper", "Vault.poke()", call("Vault", "poke")],
      ["arbitrageur", `router.swap(${String(block)} WETH)`, call("router", "swap")],
    ] as const) {
      steps.push({ step: steps.length, actor, action, data, ...reaction });
    }
  }
  return steps;
}

const told = (steps: readonly StepDescription[]): readonly string[] =>
  inSeries(steps).map(({ number, block, actor, action }) => [number, block, actor, action].join(" "));

describe("inSeries", () => {
  it("makes a single line of what repeats in block after block", () => {
    expect(told(slowFall(30))).to.deep.equal([
      "1-30 1-30 market ETH falls 1.0 % per block, 26.0 % in total",
      "· 1-30 keeper Vault.poke(), in each block",
      "· 1-30 arbitrageur router.swap(…), in each block",
    ]);
  });

  it("leaves a few blocks as they are", () => {
    expect(told(slowFall(3))).to.have.length(9);
    expect(told(slowFall(3)).slice(0, 4)).to.deep.equal([
      "1 1 market ETH falls 1.0 %",
      "· 1 keeper Vault.poke()",
      "· 1 arbitrageur router.swap(1 WETH)",
      "2 2 market ETH falls 1.0 %",
    ]);
  });

  it("begins a new line after a missing block and at a different size", () => {
    const interrupted = slowFall(12).flatMap((step) => {
      if (step.block === 5) return [];
      return step.block === 10 && step.actor === "market"
        ? [{ ...step, action: "ETH falls 2.0 %", data: fall(2) }]
        : [step];
    });
    expect(told(interrupted).filter((line) => line.includes("market"))).to.deep.equal([
      "1-4 1-4 market ETH falls 1.0 % per block, 3.9 % in total",
      "5-8 6-9 market ETH falls 1.0 % per block, 3.9 % in total",
      "9 10 market ETH falls 2.0 %",
      "10 11 market ETH falls 1.0 %",
      "11 12 market ETH falls 1.0 %",
    ]);
  });

  it("never groups calls that are steps of their own", () => {
    const steps = Array.from({ length: 9 }, (_nothing, index) => ({
      step: index,
      block: index + 1,
      actor: "attacker",
      action: "Vault.borrow()",
      consequence: undefined,
      data: call("Vault", "borrow"),
    }));
    expect(told(steps)).to.have.length(9);
  });
});
