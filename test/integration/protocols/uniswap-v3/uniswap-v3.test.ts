import type { Address } from "viem";

import type { UniswapV3Options, UniswapV3View } from "../../../../src/protocols/index.js";
import type { Protocol } from "../../../../src/protocols/protocol.js";
import type { Bound } from "../../../helpers/bind-protocol.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { UniswapV3Addresses } from "../../../mini-mainnet/cast/uniswap-v3.js";

import { expect } from "chai";
import { encodeFunctionData, erc20Abi, parseAbi, parseEther, parseUnits, zeroAddress } from "viem";

import { encodeCall } from "../../../../src/protocols/call.js";
import { uniswapV3 } from "../../../../src/protocols/index.js";
import { flashLenders } from "../../../../src/protocols/roles/flash-lender.js";
import { venue } from "../../../../src/protocols/roles/venue.js";
import { rangesAround } from "../../../../src/protocols/uniswap-v3/actions.js";
import { sqrtRatioAtTick } from "../../../../src/protocols/uniswap-v3/math.js";
import { fixtureArtifact } from "../../../fixtures/artifact.js";
import { give, person } from "../../../fixtures/give.js";
import { bindToFork, sendCall } from "../../../helpers/bind-protocol.js";
import { failsWith } from "../../../helpers/errors.js";
import { playedAs } from "../../../helpers/played-as.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { deployUniswapV3 } from "../../../mini-mainnet/cast/uniswap-v3.js";

const quoterAbi = parseAbi([
  "function quoteExactInputSingle((address tokenIn, address tokenOut, uint256 amountIn, uint24 fee, uint160 sqrtPriceLimitX96) params) view returns (uint256 amountOut, uint160 sqrtPriceX96After, uint32 initializedTicksCrossed, uint256 gasEstimate)",
]);

const factoryAbi = parseAbi([
  "function enableFeeAmount(uint24 fee, int24 tickSpacing)",
  "function createPool(address tokenA, address tokenB, uint24 fee) returns (address)",
  "function getPool(address tokenA, address tokenB, uint24 fee) view returns (address)",
]);

const multicallAbi = parseAbi(["function multicall(bytes[] data) payable returns (bytes[] results)"]);

const poolAbi = parseAbi([
  "function initialize(uint160 sqrtPriceX96)",
  "function slot0() view returns (uint160 sqrtPriceX96, int24 tick, uint16, uint16, uint16, uint8, bool)",
  "function observe(uint32[] secondsAgos) view returns (int56[] tickCumulatives, uint160[])",
]);

const wholeEther = (amount: number): bigint => parseEther(String(amount));
const wholeDollars = (amount: number): bigint => parseUnits(String(amount), 6);

/** The adapter against the real contracts: each number is compared with the protocol's own. */
describe("uniswapV3", () => {
  const theFork = siegeForkForSuite();
  let fork: SiegeFork;
  let v3: UniswapV3Addresses;
  let trader: Address;

  before(async () => {
    fork = theFork();
    v3 = await deployUniswapV3(fork.chain, fork.addresses);
    trader = await person(fork, "trader");
    await give(fork, "WETH", trader, 20_000);
    await give(fork, "USDC", trader, 40_000_000);
  });

  function poolOf(
    tier: keyof UniswapV3Addresses["pools"] = "low",
    options: UniswapV3Options = {},
  ): Protocol<UniswapV3View> {
    const { router, positionManager } = v3;
    return uniswapV3(v3.pools[tier], { router, positionManager, ...options });
  }

  async function bind(
    tier?: keyof UniswapV3Addresses["pools"],
    options?: UniswapV3Options,
  ): Promise<Bound<UniswapV3View>> {
    const bound = await bindToFork(fork, poolOf(tier, options), { trader, provider: v3.deployer });
    await bound.approve(trader);
    return bound;
  }

  async function balanceOf(token: Address, account: Address): Promise<bigint> {
    return fork.chain.read({ address: token, abi: erc20Abi }, "balanceOf", [account]);
  }

  const tokens = (): readonly [Address, Address] => [fork.addresses.usdc, fork.addresses.weth];

  /** The quoter's result, up to a price at most. */
  async function quoted(view: UniswapV3View, tokenIn: Address, amountIn: bigint, sqrtPriceLimitX96 = 0n) {
    const params = { tokenIn, tokenOut: view.other(tokenIn).address, amountIn, fee: view.fee, sqrtPriceLimitX96 };
    const quoter = { address: v3.quoterV2, abi: quoterAbi };
    // its count of crossed ticks includes one that the price comes close to: PoolTicksCounter.sol rounds to the tick spacing
    const [amountOut, sqrtPriceX96] = await fork.chain.read(quoter, "quoteExactInputSingle", [params]);
    return { amountOut, sqrtPriceX96 };
  }

  describe("quotes", () => {
    for (const [tier, sells, buys, most] of [
      [
        "low",
        [1e-15, 0.01, 12.345678901234567, 100, 300, 650],
        [1e-6, 30, 12_345.678901, 200_000, 700_000, 1_250_000],
        3,
      ],
      ["medium", [1e-15, 1, 77.7, 300, 600], [1e-6, 55_555.555555, 400_000, 900_000], 2],
      ["high", [1, 50, 80], [1_000, 90_000], 0],
    ] as const) {
      it(`match the quoter and a swap to the wei, in the pool of ${tier} fee`, async () => {
        const [usdc, weth] = tokens();
        const bound = await bind(tier);
        const view = await bound.view();
        let crossed = 0;
        const cases = [
          ...sells.map((amount) => [weth, parseEther(amount.toFixed(18))] as const),
          ...buys.map((amount) => [usdc, wholeDollars(amount)] as const),
        ];
        for (const [tokenIn, amountIn] of cases) {
          const outcome = view.swapOutcome(tokenIn, amountIn);
          const expected = await quoted(view, tokenIn, amountIn);
          expect(outcome.amountIn, "all of it is taken").to.equal(amountIn);
          expect(outcome).to.deep.include(expected);
          crossed = Math.max(crossed, outcome.crossed);
        }
        expect(crossed, "ticks that the largest crosses").to.equal(most);

        const [tokenIn, amountIn] = cases.at(-1)!;
        const tokenOut = view.other(tokenIn).address;
        const before = await balanceOf(tokenOut, trader);
        await sendCall(fork, trader, view.swap({ tokenIn, amountIn, to: trader }));
        expect((await balanceOf(tokenOut, trader)) - before).to.equal(view.amountOut(tokenIn, amountIn));
        const after = await bound.view();
        expect(after.sqrtPriceX96).to.equal(view.swapOutcome(tokenIn, amountIn).sqrtPriceX96);
        expect(after.balances).to.deep.equal([await balanceOf(usdc, after.pool), await balanceOf(weth, after.pool)]);
      });
    }

    it("end with the window: they include the output up to there, and no more", async () => {
      for (const tier of ["low", "medium"] as const) {
        const view = await (await bind(tier)).view();
        for (const [index, end] of [view.window.tickLower, view.window.tickUpper].entries()) {
          const tokenIn = view.tokens[index]!.address;
          const everything = 10n ** 40n;
          const outcome = view.swapOutcome(tokenIn, everything);
          expect(outcome.sqrtPriceX96).to.equal(sqrtRatioAtTick(end));
          const expected = await quoted(view, tokenIn, everything, outcome.sqrtPriceX96);
          expect(outcome).to.deep.include(expected);
          // half and double the price, at least
          expect(Math.abs(end - view.tick)).to.be.above(6_931);
          // exactly what is needed to reach the end, and slightly less
          for (const amountIn of [outcome.amountIn, outcome.amountIn - 1_000_000n]) {
            expect(view.amountOut(tokenIn, amountIn)).to.equal((await quoted(view, tokenIn, amountIn)).amountOut);
          }
        }
      }
    });

    it("include ticks initialised since the start", async () => {
      const [usdc, weth] = tokens();
      const bound = await bind();
      const before = await bound.view();
      const middle = Math.floor(before.tick / 10) * 10;
      for (const reach of [10, 110, 770]) {
        const range = { tickLower: middle - reach, tickUpper: middle + reach };
        await sendCall(fork, trader, before.mint(range, [wholeDollars(500_000), wholeEther(250)], trader));
      }
      const view = await bound.view();
      for (const [tokenIn, amountIn] of [
        [usdc, wholeDollars(2_750_000)],
        [weth, wholeEther(1_500)],
      ] as const) {
        const outcome = view.swapOutcome(tokenIn, amountIn);
        expect(outcome).to.deep.include(await quoted(view, tokenIn, amountIn));
        expect(outcome.crossed).to.be.at.least(4);
        expect(Number(outcome.amountOut)).to.be.above(Number(before.amountOut(tokenIn, amountIn)));
      }
    });

    /** The pool with a tick spacing of 1, at a price in the middle of a word of the tick bitmap. */
    async function narrowPool(tick: number): Promise<Bound<UniswapV3View>> {
      const [usdc, weth] = tokens();
      const factory = { address: v3.factory, abi: factoryAbi };
      await fork.chain.write(v3.deployer, factory, "enableFeeAmount", [100, 1]);
      await fork.chain.write(trader, factory, "createPool", [usdc, weth, 100]);
      const pool = await fork.chain.read(factory, "getPool", [usdc, weth, 100]);
      await fork.chain.write(trader, { address: pool, abi: poolAbi }, "initialize", [sqrtRatioAtTick(tick)]);
      const { router, positionManager } = v3;
      const bound = await bindToFork(fork, uniswapV3(pool, { router, positionManager }), { trader });
      await bound.approve(trader);
      return bound;
    }

    it("are exact within 32 words at the narrowest tick spacing", async () => {
      const [usdc, weth] = tokens();
      const tick = 200_320;
      const bound = await narrowPool(tick);
      const empty = await bound.view();
      for (const [tickLower, tickUpper] of [
        [tick - 1, tick + 1],
        [tick - 700, tick + 3],
        [tick - 2, tick + 5_000],
        [tick - 9_000, tick + 9_000],
      ] as const) {
        const amounts = [wholeDollars(200_000), wholeEther(100)] as const;
        await sendCall(fork, trader, empty.mint({ tickLower, tickUpper }, amounts, trader));
      }
      const view = await bound.view();
      const { tickLower, tickUpper } = view.window;
      expect(tickUpper - tickLower + 1).to.equal(32 * 256);
      for (const [tokenIn, amountIn, crossed] of [
        [usdc, wholeDollars(1), 0],
        [usdc, wholeDollars(450_000), 3],
        [weth, wholeEther(150), 2],
        [weth, wholeEther(250), 2],
      ] as const) {
        const outcome = view.swapOutcome(tokenIn, amountIn);
        expect(outcome).to.deep.include({ ...(await quoted(view, tokenIn, amountIn)), amountIn, crossed });
      }
    });

    it("are exact within 512 ticks, if all are initialised", async () => {
      const [usdc, weth] = tokens();
      const tick = 200_320;
      const { router, positionManager } = v3;
      const empty = await (await narrowPool(tick)).view();
      const amounts = [wholeDollars(1_000), wholeEther(1)] as const;
      const mints = Array.from({ length: 300 }, (_none, index) => tick - 300 + 2 * index).map((tickLower) =>
        encodeCall(empty.mint({ tickLower, tickUpper: tickLower + 1 }, amounts, trader)),
      );
      const manager = { address: positionManager, abi: multicallAbi };
      for (let at = 0; at < mints.length; at += 25) {
        await fork.chain.write(trader, manager, "multicall", [mints.slice(at, at + 25)]);
      }
      const bound = await bindToFork(fork, uniswapV3(empty.pool, { router, positionManager }), { trader });
      const view = await bound.view();
      // words with 256 ticks each: the price's own, and the nearer one of its neighbours
      expect(view.window).to.deep.equal({ tickLower: 200_192, tickUpper: 200_703 });
      for (const [tokenIn, amountIn] of [
        [usdc, wholeDollars(80_000)],
        [weth, wholeEther(60)],
      ] as const) {
        const outcome = view.swapOutcome(tokenIn, amountIn);
        expect(outcome).to.deep.include({ ...(await quoted(view, tokenIn, amountIn)), amountIn });
        expect(outcome.crossed).to.be.above(50);
      }
    });

    it("are zero once the price has left the window, and return with it", async () => {
      const [usdc, weth] = tokens();
      const bound = await bind();
      const view = await bound.view();
      const { amountIn } = view.swapOutcome(weth, 10n ** 40n);
      await sendCall(fork, trader, view.swap({ tokenIn: weth, amountIn: amountIn + wholeEther(100), to: trader }));
      const outside = await bound.view();
      expect(outside.tick).to.be.above(view.window.tickUpper);
      expect(outside.amountOut(weth, wholeEther(1))).to.equal(0n);
      const [, tick] = await fork.chain.read({ address: view.pool, abi: poolAbi }, "slot0", []);
      expect(outside.tick).to.equal(tick);
      expect(outside.spotPrice(weth)).to.be.below(1_000);
      await sendCall(fork, trader, outside.swap({ tokenIn: usdc, amountIn: wholeDollars(900_000), to: trader }));
      const back = await bound.view();
      expect(back.tick).to.be.within(view.window.tickLower, view.window.tickUpper);
      expect(back.swapOutcome(usdc, wholeDollars(5_000))).to.deep.include(
        await quoted(back, usdc, wholeDollars(5_000)),
      );
    });
  });

  it("is a venue and a flash lender", async () => {
    const [usdc, weth] = tokens();
    const bound = await bind("medium");
    const view = await bound.view();
    const place = playedAs(bound.definition, venue, view);
    expect(place.spotPrice(weth, usdc)).to.be.closeTo(2_000, 1e-6);
    expect(place.spotPrice(usdc, weth)).to.be.closeTo(1 / 2_000, 1e-12);
    expect(place.quote(weth, usdc, wholeEther(1))).to.equal((await quoted(view, weth, wholeEther(1))).amountOut);
    expect(place.quote(weth, weth, wholeEther(1))).to.equal(0n);
    expect(place.quote(weth, trader, wholeEther(1))).to.equal(0n);
    expect(place.spotPrice(weth, trader)).to.equal(0);
    const swap = place.swap({ tokenIn: weth, tokenOut: usdc, amountIn: wholeEther(1), self: trader });
    const { gasUsed } = await sendCall(fork, trader, swap);
    expect(Number(gasUsed)).to.be.within(0.8 * Number(place.swapGas), 1.1 * Number(place.swapGas));
    const minOut = view.amountOut(weth, wholeEther(1));
    const expensive = place.swap({ tokenIn: weth, tokenOut: usdc, amountIn: wholeEther(1), minOut, self: trader });
    expect(await reverts(expensive.to, trader, encodeCall(expensive)), "at a price that is gone").to.equal(true);
  });

  it("lends at the pool's own fee", async () => {
    const { abi, bytecode } = await fixtureArtifact("UniswapV3Borrower");
    const borrower = await fork.deploy({ abi, bytecode });
    await give(fork, "USDC", borrower, 100_000);
    await give(fork, "WETH", borrower, 100);
    for (const tier of ["low", "medium", "high"] as const) {
      const bound = await bind(tier);
      const lenders = playedAs(bound.definition, flashLenders, await bound.view());
      expect(lenders.map(({ token, repayment, lender }) => [token.symbol, repayment, lender])).to.deep.equal(
        ["USDC", "WETH"].map((symbol) => [symbol, "transfer", v3.pools[tier]]),
      );
      for (const [index, flash] of lenders.entries()) {
        const { lender, available } = flash;
        expect(available).to.equal(await balanceOf(tokens()[index]!, lender));
        for (const amount of [1n, 1_999n, 2_000n, 2_001n, 123_456_789n, available]) {
          const loan = [index === 0 ? amount : 0n, index === 1 ? amount : 0n] as const;
          const due = (short: bigint): readonly bigint[] =>
            loan.map((lent) => (lent === 0n ? 0n : lent + flash.fee(lent) - short));
          const data = (short: bigint) =>
            encodeFunctionData({ abi, functionName: "borrow", args: [lender, ...loan, ...due(short)] });
          expect(await reverts(borrower, trader, data(1n)), `${amount}, one short`).to.equal(true);
          expect(await reverts(borrower, trader, data(0n)), `${amount}`).to.equal(false);
        }
      }
    }
  });

  it("computes the mean tick as observe does, over several windows, once the pool has the observations", async () => {
    const [usdc, weth] = tokens();
    const windows = [12, 50, 100, 3_600];
    const bound = await bind("low", { twap: windows });
    const pool = { address: v3.pools.low, abi: poolAbi };
    for (const [tokenIn, amountIn] of [
      [weth, wholeEther(120)],
      [weth, wholeEther(200)],
      [usdc, wholeDollars(100_000)],
      [usdc, wholeDollars(900_000)],
      [weth, wholeEther(50)],
    ] as const) {
      await sendCall(fork, trader, (await bound.view()).swap({ tokenIn, amountIn, to: trader }));
      const view = await bound.view();
      for (const seconds of windows.slice(0, 3)) {
        const [[before, now]] = await fork.chain.read(pool, "observe", [[seconds, 0]]);
        const mean = Math.floor(Number(now! - before!) / seconds);
        expect(view.twapTick(seconds)).to.equal(mean);
        expect(view.twapPrice(weth, seconds)).to.be.closeTo(1e12 / 1.0001 ** mean, 1e-6);
        expect(view.twapPrice(usdc, seconds)).to.be.closeTo(1.0001 ** mean / 1e12, 1e-12);
      }
      expect(view.twapTick()).to.equal(view.twapTick(12));
      expect(view.twapTick(3_600), "an hour ago there was no pool").to.equal(undefined);
      expect(view.twapPrice(weth, 13), "not a window that was asked for").to.equal(undefined);
    }
    const view = await bound.view();
    expect(new Set(windows.slice(0, 3).map((seconds) => view.twapTick(seconds))).size).to.equal(3);
  });

  describe("positions", () => {
    it("are worth what withdrawing and collecting them pays out, fees included", async () => {
      const [usdc, weth] = tokens();
      const bound = await bind();
      const prices = { ETH: 1_900, USDC: 1 };
      const start = await bound.view();
      const tick = Math.floor(start.tick / 10) * 10;
      for (const [tickLower, tickUpper] of [
        [tick - 300, tick + 300],
        [tick - 500, tick - 100],
        [tick + 60, tick + 900],
        [tick - 2_000, tick + 50],
      ] as const) {
        const amounts = [wholeDollars(100_000), wholeEther(50)] as const;
        const range = { tickLower, tickUpper };
        const liquidity = start.liquidityFor(range, amounts);
        await sendCall(fork, trader, start.mint(range, amounts, trader));
        expect((await bound.view()).positions.get(trader.toLowerCase())!.at(-1)).to.deep.include({
          ...range,
          liquidity,
          owed: [0n, 0n],
        });
      }
      // across the ranges, and back into some of them
      for (const [tokenIn, amountIn] of [
        [usdc, wholeDollars(900_000)],
        [weth, wholeEther(900)],
        [usdc, wholeDollars(400_000)],
      ] as const) {
        await sendCall(fork, trader, start.swap({ tokenIn, amountIn, to: trader }));
      }
      // one is withdrawn in part, so that it is also owed principal
      const [first] = (await bound.view()).positions.get(trader.toLowerCase())!;
      await sendCall(fork, trader, start.decrease(first!.tokenId, first!.liquidity / 3n));

      const view = await bound.view();
      const positions = view.positions.get(trader.toLowerCase())!;
      expect(positions.length).to.equal(4);
      let worth = 0;
      for (const { tokenId, liquidity, amounts, owed } of positions) {
        expect(Number(owed[0] + owed[1]), "earned something").to.be.above(0);
        const before = [await balanceOf(usdc, trader), await balanceOf(weth, trader)];
        if (liquidity > 0n) await sendCall(fork, trader, view.decrease(tokenId, liquidity));
        await sendCall(fork, trader, view.collect(tokenId, trader));
        const paid = [await balanceOf(usdc, trader), await balanceOf(weth, trader)].map((now, at) => now - before[at]!);
        expect(paid).to.deep.equal([amounts[0] + owed[0], amounts[1] + owed[1]]);
        worth += Number(paid[0]) / 1e6 + (Number(paid[1]) / 1e18) * prices.ETH;
      }
      const value = bound.definition.value!(bound.facts)(view, trader, (asset) => (asset === "ETH" ? prices.ETH : 1));
      expect(value).to.be.closeTo(worth, 1e-6);
      expect(await bound.value(trader, prices), "and nothing once they are paid").to.equal(0);
      for (const { tokenId } of positions) await sendCall(fork, trader, view.burn(tokenId));
      expect((await bound.view()).positions.get(trader.toLowerCase())).to.equal(undefined);
    });

    it("of an owner of many are those of this pool", async () => {
      const ranges = async (tier: keyof UniswapV3Addresses["pools"]) =>
        (await (await bind(tier)).view()).positions.get(v3.deployer.toLowerCase())!.map(({ tickLower }) => tickLower);
      expect(await ranges("low")).to.deep.equal([-887_270, 198_400, 199_800, 200_200]);
      expect(await ranges("medium")).to.deep.equal([-887_220, 197_400, 199_800]);
      expect(await ranges("high")).to.deep.equal([-887_200]);
    });

    it("are opened, added to, withdrawn from and collected as free moves", async () => {
      const [usdc, weth] = tokens();
      const bound = await bind("medium");
      const play = async (name: string, operands: readonly number[]): Promise<void> => {
        const call = await bound.move(name, operands, trader);
        await sendCall(fork, trader, call!);
      };
      const own = async () => (await bound.view()).positions.get(trader.toLowerCase()) ?? [];
      for (const name of ["withdraw", "collect"]) {
        expect(await bound.move(name, [500_000, 500_000], trader), name).to.equal(undefined);
      }
      const view = await bound.view();
      const ranges = rangesAround(view);
      expect(ranges.length).to.equal(10);
      for (const [index, range] of ranges.entries()) {
        await play("provide", [Math.ceil((index * 1e6) / ranges.length), 10_000]);
        const position = (await own()).at(-1)!;
        expect(position).to.deep.include(range);
        expect(Number(position.liquidity)).to.be.above(0);
      }
      const before = await own();
      expect(before.length).to.equal(10);
      await play("provide", [0, 10_000]);
      expect((await own()).length, "the same range again").to.equal(10);
      expect(Number((await own())[0]!.liquidity)).to.be.above(Number(before[0]!.liquidity));
      await play("swap", [0, 20_000]);
      await play("withdraw", [0, 500_000]);
      const half = (await own())[0]!;
      expect(half.owed.every((amount) => amount > 0n)).to.equal(true);
      const held = [await balanceOf(usdc, trader), await balanceOf(weth, trader)];
      await play("collect", [0]);
      expect(await balanceOf(usdc, trader)).to.equal(held[0]! + half.owed[0]);
      expect(await balanceOf(weth, trader)).to.equal(held[1]! + half.owed[1]);
      expect(await bound.move("swap", [0, 0], trader)).to.equal(undefined);
      expect(await bound.move("provide", [0, 0], trader)).to.equal(undefined);
      expect(await bound.move("withdraw", [0, 0], trader)).to.equal(undefined);
    });
  });

  it("says what to do if there is no pool, no price, or no periphery", async () => {
    const { router, positionManager, factory } = v3;
    const known = { router, positionManager };
    const binding = (pool: Address, options: UniswapV3Options) => () =>
      bindToFork(fork, uniswapV3(pool, options), { trader });
    await failsWith("UNSUPPORTED_PROTOCOL", binding(v3.pools.low, {}));
    await failsWith("UNSUPPORTED_PROTOCOL", binding(v3.pools.low, { router }));
    await failsWith("UNSUPPORTED_PROTOCOL", binding(v3.pools.low, { positionManager }));
    await failsWith(
      "UNSUPPORTED_PROTOCOL",
      binding(v3.pools.low, { ...known, router: fork.addresses.uniswapV2.router }),
    );
    await failsWith("UNSUPPORTED_PROTOCOL", binding(fork.addresses.uniswapV2.usdcWeth, known));
    const key = [fork.addresses.weth, fork.addresses.aaveV3.aUsdc, 500] as const;
    await fork.chain.write(trader, { address: factory, abi: factoryAbi }, "createPool", key);
    const empty = await fork.chain.read({ address: factory, abi: factoryAbi }, "getPool", key);
    await failsWith("UNSUPPORTED_PROTOCOL", binding(empty, known));
    expect(empty).to.not.equal(zeroAddress);
  });

  async function reverts(to: Address, from: Address, data: `0x${string}`): Promise<boolean> {
    try {
      await fork.connection.provider.request({ method: "eth_call", params: [{ from, to, data }, "latest"] });
      return false;
    } catch {
      return true;
    }
  }
});
