import type { Address, Hex } from "viem";

import type { AgentIntent } from "../../../../src/engine/run/intent.js";

import { expect } from "chai";
import { encodeAbiParameters, encodeEventTopics, erc20Abi, parseAbiItem } from "viem";

import { OrderWatch } from "../../../../src/engine/activity/order-watch.js";
import { emptyTally, MOMENT } from "../../../../src/engine/activity/run-tally.js";

const self: Address = "0x00000000000000000000000000000000000000bb";
const vault: Address = "0x00000000000000000000000000000000000000aa";
const usdc: Address = "0x00000000000000000000000000000000000000cc";
const act = parseAbiItem("function act()");

const tether = { address: usdc, symbol: "USDC", decimals: 6, asset: "USDC" };
const known = {
  prices: new Map([["USDC", 1]]),
  tokens: { known: (address: Address) => (address === usdc ? tether : undefined) },
};

const intent: AgentIntent = {
  agent: "attacker",
  from: self,
  origin: "move",
  intent: { call: { to: vault, function: act, args: [] } },
};

function receipt(...transfers: readonly (readonly [from: Address, to: Address, amount: bigint])[]) {
  const logs = transfers.map(([from, to, amount]) => ({
    address: usdc,
    topics: encodeEventTopics({ abi: erc20Abi, eventName: "Transfer", args: { from, to } }) as Hex[],
    data: encodeAbiParameters([{ type: "uint256" }], [amount]),
  }));
  return { success: true, gasUsed: 21_000n, logs };
}

describe("what comes before an action", () => {
  it("is what the agent did before, and whether prices have moved much", () => {
    const tally = emptyTally();
    const watch = new OrderWatch(tally, { ...known, prices: new Map([["ETH", 2000]]) });
    watch.block(new Map([["ETH", 1990]]), false);
    watch.made("target.deposit", intent, receipt([self, vault, 5n]));
    watch.madeInside("target.poke", "attacker");
    watch.made("target.deposit", { ...intent, agent: "retail" }, receipt([self, vault, 5n]));
    watch.block(new Map([["ETH", 1900]]), false);
    watch.made("target.borrow", intent, receipt([vault, self, 3n]));
    expect(tally.after).to.deep.equal({
      "target.deposit": { times: 2, done: {}, anyone: { "target.deposit": 1, "target.poke": 1 }, since: {} },
      "target.borrow": {
        times: 1,
        done: { "target.deposit": 1, "target.poke": 1, [MOMENT]: 1 },
        anyone: { "target.deposit": 1, "target.poke": 1 },
        since: { "target.deposit": 1, "target.poke": 1 },
      },
    });
    expect(tally.flows).to.deep.equal({
      "target.deposit": { pays: [usdc], gets: [] },
      "target.borrow": { pays: [], gets: [usdc] },
    });
  });

  it("is what nobody has done since the last moment", () => {
    const tally = emptyTally();
    const watch = new OrderWatch(tally, known);
    watch.made("target.start", intent, receipt());
    watch.block(new Map(), true);
    watch.made("target.bid", { ...intent, agent: "retail" }, receipt());
    watch.made("target.settle", intent, receipt());
    expect(tally.after["target.settle"]?.since).to.deep.equal({ "target.start": 1 });
  });

  it("counts time that passes as a moment", () => {
    const tally = emptyTally();
    const watch = new OrderWatch(tally, known);
    watch.block(new Map(), true);
    watch.made("target.claim", intent, receipt());
    expect(tally.after["target.claim"]).to.deep.equal({ times: 1, done: { [MOMENT]: 1 }, anyone: {}, since: {} });
  });

  it("leaves out what moved nothing or dust, unless it moves no tokens at all", () => {
    const tally = emptyTally();
    const watch = new OrderWatch(tally, known);
    watch.made("target.repay", intent, receipt([self, vault, 0n]));
    // rounding lends a hundredth of a cent without collateral
    watch.made("target.borrow", intent, receipt([vault, self, 100n]));
    watch.made("target.vote", intent, receipt());
    watch.made("target.open", intent, receipt());
    expect(Object.keys(tally.after)).to.deep.equal(["target.vote", "target.open"]);
    expect(tally.after["target.open"]?.done).to.deep.equal({ "target.vote": 1 });
  });

  it("knows of coin that was paid in a call, and of coin that came along", () => {
    const tally = emptyTally();
    const watch = new OrderWatch(tally, known);
    const deposit = { ...intent, intent: { call: { ...intent.intent.call, value: 7n } } };
    watch.made("target.deposit", deposit, receipt());
    // coin is something, whatever else moves
    watch.made("target.withdraw", { ...intent, isPaidCoin: true }, receipt([self, vault, 0n]));
    expect(tally.flows).to.deep.equal({
      "target.deposit": { pays: ["native"], gets: [] },
      "target.withdraw": { pays: [], gets: ["native"] },
    });
  });

  it("comes with what the calls were built from that moved something", () => {
    const tally = emptyTally();
    const watch = new OrderWatch(tally, known);
    watch.made("target.repay", { ...intent, operands: [[1, 2]] }, receipt([self, vault, 0n]));
    watch.made("target.deposit", { ...intent, operands: [[3, 4]] }, receipt([self, vault, 5_000_000n]));
    expect(tally.accepted).to.deep.equal({ "target.deposit": [[3, 4]] });
  });
});
