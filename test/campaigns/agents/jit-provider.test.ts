import type { JitProviderOptions } from "../../../src/agents/index.js";

import { expect } from "chai";
import { parseUnits } from "viem";

import { defineAgent, jitProvider } from "../../../src/agents/index.js";
import { uniswapV3 } from "../../../src/protocols/index.js";
import { venue } from "../../../src/protocols/roles/venue.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { failsWith } from "../../helpers/errors.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";
import { deployUniswapV3 } from "../../mini-mainnet/cast/uniswap-v3.js";

const CAPITAL = { ETH: 500, USDC: 1_000_000 };
const START = 2 * 1_000_000 + 100 * 2_000;

describe("a just-in-time liquidity provider", () => {
  const theFork = forkForEach();

  /** A trader that buys ether on Uniswap V3 in the third block. */
  async function play(
    dollars: number,
    options: JitProviderOptions | undefined,
    { isPrivate = false, baseFee = 5 } = {},
  ) {
    const { usdc, weth } = theFork().addresses;
    const v3 = await deployUniswapV3(theFork().chain, theFork().addresses);
    const buyer = defineAgent({
      role: "buyer",
      capital: { USDC: dollars },
      act: ({ view, self, submit }) => {
        if (view.block !== 3) return;
        const amountIn = parseUnits(String(dollars), 6);
        const swap = { tokenIn: usdc, tokenOut: weth, amountIn, minOut: 0n, self: self.address };
        submit({ call: view.all(venue).get("v3")!.swap(swap), private: isPrivate });
      },
    });
    const { deeds, view, worthOf } = await playAgents(theFork(), {
      agents: [buyer, ...(options === undefined ? [] : [jitProvider({ capital: CAPITAL, ...options })])],
      blocks: 4,
      protocols: { v3: uniswapV3(v3.pools.medium, { router: v3.router, positionManager: v3.positionManager }) },
      baseFee,
    });
    return {
      deeds: deeds.filter((deed) => deed.startsWith("3")),
      bought: Number(view.balance(weth, agentAddress("buyer"))) / 1e18,
      left: view.at(uniswapV3).positions.get(agentAddress("JIT provider").toLowerCase())?.[0],
      profit: options === undefined ? 0 : worthOf("JIT provider") - START,
    };
  }

  it("brackets a swap and earns most of its fee, and the swap gets a better price", async () => {
    const { deeds, bought, left, profit } = await play(200_000, {});
    expect(deeds).to.deep.equal([
      "3 JIT provider increaseLiquidity",
      "3 buyer exactInputSingle",
      "3 JIT provider decreaseLiquidity",
      "3 JIT provider collect",
    ]);
    // the fee is 600 dollars, and what is bought and sold moves the price by little
    expect(profit).to.be.within(300, 1_000);
    expect(bought).to.be.greaterThan((await play(200_000, undefined)).bought);
    // dust is left
    expect(Number(left!.amounts[0]) / 1e6 + (Number(left!.amounts[1]) / 1e18) * 2_000).to.be.lessThan(5);
  });

  it("stays away if the fee does not pay for the gas, if it sees no swap, and if it wants a higher profit", async () => {
    for (const [dollars, options, flow] of [
      [1_000, {}, {}],
      [200_000, {}, { baseFee: 1_000 }],
      [200_000, {}, { isPrivate: true }],
      [200_000, { minProfit: 10_000 }, {}],
    ] as const) {
      expect((await play(dollars, options, flow)).deeds).to.deep.equal(["3 buyer exactInputSingle"]);
    }
  });

  it("refuses options that do not exist or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => jitProvider({ reach: 0 }));
    await failsWith("INVALID_OPTION", () => jitProvider({ minProfit: -1 }));
    await failsWith("INVALID_OPTION", () => jitProvider({ width: 1 } as never));
  });
});
