import type { Agent } from "../../../src/agents/index.js";
import type { Play } from "../../helpers/play-agents.js";

import { expect } from "chai";
import { erc20Abi } from "viem";

import { arbitrageur, liquidityProvider, marketMaker, retail, whale } from "../../../src/agents/index.js";
import { uniswapV2 } from "../../../src/protocols/index.js";
import { venue } from "../../../src/protocols/roles/venue.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { failsWith } from "../../helpers/errors.js";
import { forkForEach, playAgents } from "../../helpers/play-agents.js";

const CAPITAL = { ETH: 100, USDC: 200_000 };

describe("liquidity", () => {
  const theFork = forkForEach();

  describe("of uniswapV2", () => {
    it("is worth what it is redeemed for, at fair prices", async () => {
      const { weth, usdc, uniswapV2: uniswap } = theFork().addresses;
      const agents = [
        liquidityProvider({ capital: CAPITAL, exit: 3 }),
        whale({ asset: "ETH", capital: { ETH: 50 }, at: 2 }),
      ];
      const { deeds, views } = await playAgents(theFork(), { agents, blocks: 3 });
      expect(deeds).to.deep.equal([
        "1 liquidity provider addLiquidity",
        "2 whale swapExactTokensForTokens",
        "3 liquidity provider removeLiquidity",
      ]);
      const self = agentAddress("liquidity provider");
      const before = views[2]!.at(uniswapV2);
      const held = before.liquidityOf(self);
      expect(held).to.equal(views[2]!.balance(uniswap.usdcWeth, self));
      const supply = await theFork().chain.read({ address: uniswap.usdcWeth, abi: erc20Abi }, "totalSupply", []);
      // the run is over, and the base is as it was
      expect(before.totalLiquidity).to.equal(supply + held);
      const [redeemedUsdc, redeemedWeth] = before.redeemable(held);
      const after = views[3]!;
      const got = (token: typeof weth) => after.balance(token, self) - views[2]!.balance(token, self);
      expect([got(usdc), got(weth)]).to.deep.equal([redeemedUsdc, redeemedWeth]);
      const definition = uniswapV2(uniswap.usdcWeth).definition;
      const facts = { tokens: before.tokens } as never;
      const value = definition.value!(facts)(before, self, (asset) => (asset === "ETH" ? 3_000 : 1));
      expect(value).to.be.closeTo(Number(redeemedUsdc) / 1e6 + (Number(redeemedWeth) / 1e18) * 3_000, 1e-6);
      expect(definition.value!(facts)(before, agentAddress("whale"), () => 1)).to.equal(0);
    });

    it("is added and removed by free moves", async () => {
      const { view } = await playAgents(theFork(), { agents: [liquidityProvider({ capital: CAPITAL })], blocks: 1 });
      const pool = view.at(uniswapV2);
      const actions = uniswapV2(pool.pair).definition.actions!({ tokens: pool.tokens } as never);
      const action = (name: string) => actions.find((one) => one.name === name)!;
      const context = {
        view: pool,
        self: agentAddress("liquidity provider"),
        balance: () => 1_000n,
        accounts: new Map(),
        contracts: new Map(),
      };
      const added = action("addLiquidity").build([500_000], context)!;
      expect(added.args.slice(2, 4)).to.deep.equal([500n, 500n]);
      expect(action("addLiquidity").build([1_000_000], { ...context, balance: () => 0n })).to.equal(undefined);
      const removed = action("removeLiquidity").build([250_000], context)!;
      expect(removed.args[2]).to.equal(pool.liquidityOf(context.self) / 4n);
      expect(action("removeLiquidity").build([250_000], { ...context, self: agentAddress("x") })).to.equal(undefined);
    });
  });

  it("of others can be a part of what an agent owns, who takes it out as they would", async () => {
    const { weth, usdc } = theFork().addresses;
    const leaving = (owns: Readonly<Record<string, number>>) =>
      playAgents(theFork(), {
        agents: [retail({ name: "others", owns })],
        blocks: 1,
        free: [{ block: 1, agent: "others", action: "pool.removeLiquidity", operands: [500_000], position: "back" }],
      });
    const { views, view } = await leaving({ pool: 0.8 });
    const reserves = (seen: typeof view) => seen.at(uniswapV2).reserves.map((amount) => Number(amount));
    const [before, after] = [reserves(views[0]!), reserves(view)];
    for (const [index, left] of after.entries()) expect(left / before[index]!).to.be.closeTo(0.6, 1e-6);
    // and they have it
    expect(Number(view.balance(usdc, agentAddress("others"))) / before[0]!).to.be.closeTo(0.4, 1e-6);
    expect(Number(view.balance(weth, agentAddress("others"))) / before[1]!).to.be.closeTo(0.4, 1e-6);
    await failsWith("UNSUPPORTED_PROTOCOL", () => leaving({ lending: 0.5 }));
  });

  it("deepens a pool while its provider is present", async () => {
    const { weth, usdc } = theFork().addresses;
    const impact = async (agents: readonly ReturnType<typeof whale>[]): Promise<number> => {
      const seller = whale({ asset: "ETH", capital: { ETH: 100 }, at: 4 });
      const { view } = await playAgents(theFork(), { agents: [...agents, seller], blocks: 4 });
      return view.all(venue).get("pool")!.spotPrice(weth, usdc);
    };
    const large = { ETH: 1_000, USDC: 2_000_000 };
    const [thin, deep, left] = [
      await impact([]),
      await impact([liquidityProvider({ capital: large })]),
      await impact([liquidityProvider({ capital: large, exit: 3 })]),
    ];
    expect(thin).to.be.closeTo(2_000 / 1.1 ** 2, 1);
    expect(deep).to.be.closeTo(2_000 / 1.05 ** 2, 1);
    expect(left).to.be.closeTo(thin, 1e-3);
  });

  it("is not added before its block, nor with only one token", async () => {
    const provide = (options: Parameters<typeof liquidityProvider>[0]) =>
      playAgents(theFork(), { agents: [liquidityProvider(options)], blocks: 3 });
    expect((await provide({ capital: CAPITAL, enter: 4 })).deeds).to.deep.equal([]);
    expect((await provide({ capital: { ETH: 100 } })).deeds).to.deep.equal([]);
    expect((await provide({ capital: CAPITAL, enter: 3 })).deeds).to.deep.equal(["3 liquidity provider addLiquidity"]);
  });

  describe("market maker", () => {
    it("cushions a sale while it is calm, and not once it has withdrawn", async () => {
      const { weth, usdc } = theFork().addresses;
      const seller = whale({ asset: "ETH", capital: { ETH: 100 }, at: 4, maxSlippage: 1 });
      const maker = marketMaker({ asset: "ETH", capital: CAPITAL });
      const priceAfter = async (agents: readonly Agent[], moves: Play["moves"] = []): Promise<number> => {
        const { view } = await playAgents(theFork(), { agents: [...agents, seller], blocks: 4, moves });
        return view.all(venue).get("pool")!.spotPrice(weth, usdc);
      };
      const alone = await priceAfter([]);
      expect(alone).to.be.closeTo(2_000 / 1.1 ** 2, 1);
      expect(await priceAfter([maker])).to.be.closeTo(2_000 / (1 + 100 / 1_100) ** 2, 1);
      expect(await priceAfter([maker], [{ block: 3, change: 50_000 }])).to.be.closeTo(alone, 1e-3);
    });

    it("loses less to arbitrageurs in a crash than a provider who stays", async () => {
      const moves = [2, 3, 4, 5, 6].map((block) => ({ block, change: -30_000 }));
      const agents = [
        arbitrageur({ capital: { ETH: 2_000, USDC: 4_000_000 } }),
        marketMaker({ asset: "ETH", capital: CAPITAL }),
        liquidityProvider({ capital: CAPITAL }),
      ];
      const { deeds, view, worthOf } = await playAgents(theFork(), { agents, blocks: 6, moves });
      expect(deeds.filter((deed) => deed.includes("market maker"))).to.deep.equal([
        "1 market maker addLiquidity",
        // what it sees in block 2, it can act on in block 2
        "2 market maker removeLiquidity",
      ]);
      const self = agentAddress("market maker");
      expect(view.at(uniswapV2).liquidityOf(self)).to.equal(0n);
      expect(worthOf("market maker")).to.be.greaterThan(worthOf("liquidity provider") + 100);
    });

    it("quotes, and goes on quoting, while the price does not move", async () => {
      const agents = [marketMaker({ asset: "ETH", capital: CAPITAL })];
      const { deeds, view } = await playAgents(theFork(), { agents, blocks: 4 });
      expect(deeds).to.deep.equal(["1 market maker addLiquidity"]);
      expect(Number(view.balance(theFork().addresses.weth, agentAddress("market maker")))).to.be.lessThan(1e15);
    });

    it("withdraws from a pool that is pushed off the fair price, and rebalances its inventory", async () => {
      const { weth } = theFork().addresses;
      const agents = [
        marketMaker({ asset: "ETH", capital: CAPITAL, maxSlippage: 1 }),
        whale({ asset: "ETH", capital: { ETH: 200 }, at: 2 }),
      ];
      const { deeds, views } = await playAgents(theFork(), { agents, blocks: 5 });
      expect(deeds.filter((deed) => deed.includes("market maker"))).to.deep.equal([
        "1 market maker addLiquidity",
        "3 market maker removeLiquidity",
        "4 market maker swapExactTokensForTokens",
        "5 market maker addLiquidity",
      ]);
      const held = (block: number) => Number(views[block]!.balance(weth, agentAddress("market maker"))) / 1e18;
      expect(held(3)).to.be.closeTo(118, 1);
      expect(held(4)).to.be.closeTo(100, 1e-6);
    });
  });
});
