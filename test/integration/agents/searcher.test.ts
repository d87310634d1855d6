import type { SearcherOptions } from "../../../src/agents/index.js";

import { expect } from "chai";
import { parseUnits } from "viem";

import { defineAgent, liquidator, searcher } from "../../../src/agents/index.js";
import { venue } from "../../../src/protocols/roles/venue.js";
import { failsWith } from "../../helpers/errors.js";
import { forkForEach, playAgents, secondPool } from "../../helpers/play-agents.js";

const SWAP = "swapExactTokensForTokens";

describe("a searcher", () => {
  const theFork = forkForEach();

  describe("after a swap", () => {
    /** A trader that buys ether in the first pool in the second block, at the current price or better. */
    function buyer(dollars: number, isPrivate: boolean) {
      const { weth, usdc } = theFork().addresses;
      return defineAgent({
        role: "buyer",
        capital: { USDC: dollars },
        act: ({ view, self, submit }) => {
          if (view.block !== 2) return;
          const pool = view.all(venue).get("pool")!;
          const swap = { tokenIn: usdc, tokenOut: weth, amountIn: parseUnits(String(dollars), 6), self: self.address };
          const minOut = pool.quote(usdc, weth, swap.amountIn);
          submit({ call: pool.swap({ ...swap, minOut }), private: isPrivate });
        },
      });
    }

    async function play(dollars: number, options: SearcherOptions = {}, { isPrivate = false, alone = false } = {}) {
      const { weth, usdc } = theFork().addresses;
      const protocols = { other: await secondPool(theFork()) };
      const bot = searcher({ capital: { ETH: 200, USDC: 200_000 }, ...options });
      const agents = [buyer(dollars, isPrivate), ...(alone ? [] : [bot])];
      const { deeds, view, worthOf } = await playAgents(theFork(), { agents, blocks: 3, protocols });
      const [pool, other] = ["pool", "other"].map((name) => view.all(venue).get(name)!.spotPrice(weth, usdc));
      return { deeds, gap: pool! / other! - 1, profit: worthOf("searcher") - 700_000 - (alone ? -700_000 : 0) };
    }

    it("brings two venues back in line, in the same block", async () => {
      const { deeds, gap, profit } = await play(100_000);
      expect(deeds).to.deep.equal([`2 buyer ${SWAP}`, `2 searcher ${SWAP}`, `2 searcher ${SWAP}`]);
      // two fees are left
      expect(gap).to.be.closeTo(1 / 0.997 ** 2 - 1, 3e-4);
      expect(profit).to.be.greaterThan(500);
      expect((await play(100_000, {}, { alone: true })).gap).to.be.greaterThan(0.1);
    });

    it("ignores what it cannot see, what does not pay off, and strategies that it was not given", async () => {
      for (const [dollars, options, flow] of [
        [100_000, {}, { isPrivate: true }],
        [3_000, {}, {}],
        [100_000, { minProfit: 1e6 }, {}],
        [100_000, { does: ["sandwich", "liquidation"] }, {}],
      ] as const) {
        expect((await play(dollars, options, flow)).deeds).to.deep.equal([`2 buyer ${SWAP}`]);
      }
    });
  });

  describe("before a liquidation", () => {
    // alice's health factor falls from 1.041 to 0.979
    const moves = [{ block: 1, change: -60_000 }];

    async function play(options: SearcherOptions, baseFee = 20) {
      const agents = [liquidator({ capital: { USDC: 200_000 } }), searcher({ capital: { USDC: 200_000 }, ...options })];
      return (await playAgents(theFork(), { agents, blocks: 3, moves, baseFee })).deeds;
    }

    it("front-runs the liquidator who found it, and sells the seized collateral", async () => {
      expect(await play({})).to.deep.equal([
        "2 searcher liquidationCall",
        "2 liquidator liquidationCall failed",
        `3 searcher ${SWAP}`,
      ]);
    });

    it("leaves it to others if not told to, or if it has nothing to repay with", async () => {
      const left = ["2 liquidator liquidationCall", `3 liquidator ${SWAP}`];
      expect(await play({ does: ["sandwich"] })).to.deep.equal(left);
      expect(await play({ capital: {} })).to.deep.equal(left);
      expect(await play({ minProfit: 1e6 })).to.deep.equal(left);
    });
  });

  it("refuses strategies that do not exist", async () => {
    await failsWith("INVALID_OPTION", () => searcher({ does: ["frontrun"] as never }));
  });
});
