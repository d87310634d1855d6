import type { Agent } from "../../../src/agents/index.js";
import type { FlowDataSet } from "../../../src/order-flow/index.js";
import type { SimulatedTrade } from "../../helpers/simulated-flow.js";

import { expect } from "chai";

import { createRandom } from "../../../src/market/random.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { simulatedFlow, trader } from "../../helpers/simulated-flow.js";

/** What docs/order-flow.md exports, of data sets. */
interface Documented {
  informedAccounts(flow: FlowDataSet): {
    readonly accounts: readonly string[];
    readonly gain: number;
    readonly imbalance: number;
  };
  crowd(flow: FlowDataSet): { readonly agents: readonly Agent[]; readonly perHour: number };
}

describe("docs/order-flow.md", () => {
  let code: Documented;
  /** Two hours in which one account buys before every rise and sells before every fall. */
  const flow = ((): FlowDataSet => {
    const random = createRandom(1);
    const rounds: { at: number; price: number }[] = [];
    const trades: SimulatedTrade[] = [];
    let price = 2_000;
    for (let at = 0; at < 7_200; at += 60) {
      const rises = random.next() < 0.5;
      rounds.push({ at, price });
      trades.push({ at, from: trader(9), ether: rises ? 0.01 : -0.01 });
      trades.push({ at, from: trader(1), ether: random.next() < 0.5 ? 0.01 : -0.01 });
      price *= rises ? 1.001 : 0.999;
    }
    return simulatedFlow(trades, 7_200, rounds);
  })();

  before(async () => {
    code = (await documentedCode("docs/order-flow.md", (text) =>
      text.includes("hardhat-siege/order-flow"),
    )) as unknown as Documented;
  });

  it("finds who knows more", () => {
    const { gain, imbalance } = code.informedAccounts(flow);
    expect(gain).to.be.a("number");
    expect(imbalance).to.be.within(0, 1);
  });

  it("makes a crowd", () => {
    const { agents, perHour } = code.crowd(flow);
    expect(agents.map(({ name }) => name)).to.deep.equal(["pool crowd"]);
    expect(perHour).to.be.closeTo(120, 1e-9);
  });
});
