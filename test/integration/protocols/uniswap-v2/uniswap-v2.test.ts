import { expect } from "chai";
import { parseAbi, parseEther, parseUnits } from "viem";

import { uniswapV2 } from "../../../../src/protocols/index.js";
import { callByCall } from "../../../helpers/call-by-call.js";
import { failsWith } from "../../../helpers/errors.js";
import { forkForEach } from "../../../helpers/play-agents.js";
import { wethAbi } from "../../../mini-mainnet/abis.js";

const aggregatorAbi = parseAbi([
  "function aggregator() view returns (address)",
  "function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)",
  "function getAmountsOut(uint256 amountIn, address[] path) view returns (uint256[])",
]);

describe("uniswapV2", () => {
  const theFork = forkForEach();
  const { bind, send, balanceOf, approve, moveContext } = callByCall(theFork);
  let fork: ReturnType<typeof theFork>;
  beforeEach(() => {
    fork = theFork();
  });

  const pool = () => uniswapV2(fork.addresses.uniswapV2.usdcWeth, { router: fork.addresses.uniswapV2.router });

  it("quotes what the router quotes, and pays out its quotes", async () => {
    const { weth, usdc, users, uniswapV2: uniswap } = fork.addresses;
    const bound = await bind(pool());
    const view = await bound.view();
    expect(view.tokens.map(({ symbol }) => symbol)).to.deep.equal(["USDC", "WETH"]);
    expect(view.spotPrice(weth)).to.be.closeTo(2_000, 1e-6);
    expect(view.spotPrice(usdc)).to.be.closeTo(1 / 2_000, 1e-12);
    for (const [tokenIn, tokenOut, amountIn] of [
      [weth, usdc, parseEther("12.345678901234567891")],
      [usdc, weth, 1n],
      [usdc, weth, parseUnits("777777.777777", 6)],
    ] as const) {
      const router = { address: uniswap.router, abi: aggregatorAbi };
      const [, out] = await fork.chain.read(router, "getAmountsOut", [amountIn, [tokenIn, tokenOut]]);
      expect(view.amountOut(tokenIn, amountIn)).to.equal(out);
    }

    await approve(users.whale, bound.approvals);
    const amountIn = parseEther("10");
    await fork.chain.write(users.whale, { address: weth, abi: wethAbi }, "deposit", [], amountIn);
    const before = await balanceOf(usdc, users.whale);
    await send(users.whale, view.sell("ETH", amountIn, users.whale));
    expect((await balanceOf(usdc, users.whale)) - before).to.equal(view.amountOut(weth, amountIn));
  });

  it("swaps a share of one's balance as a free move, and offers no move without a balance", async () => {
    const { weth, users } = fork.addresses;
    const bound = await bind(pool());
    await approve(users.alice, bound.approvals);
    await fork.chain.write(users.alice, { address: weth, abi: wethAbi }, "deposit", [], parseEther("8"));
    const context = await moveContext(await bound.view(), users.alice);
    const [swap] = bound.actions;
    await send(users.alice, swap!.build([1_000_000, 250_000], context)!);
    expect(await balanceOf(weth, users.alice)).to.equal(context.balance(weth) - context.balance(weth) / 4n);
    expect(swap!.build([1_000_000, 0], context)).to.equal(undefined);
    expect(swap!.build([0, 1_000_000], await moveContext(await bound.view(), users.treasury))).to.equal(undefined);
  });

  it("says what to do if there is no pair or no router", async () => {
    const { uniswapV2: uniswap, weth } = fork.addresses;
    await failsWith("UNSUPPORTED_PROTOCOL", () => bind(uniswapV2(uniswap.usdcWeth)));
    await failsWith("UNSUPPORTED_PROTOCOL", () => bind(uniswapV2(weth, { router: uniswap.router })));
  });
});
