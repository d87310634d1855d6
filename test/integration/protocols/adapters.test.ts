import type { Address, Hex } from "viem";

import type { ActionContext } from "../../../src/protocols/action.js";
import type { ContractCall } from "../../../src/protocols/call.js";
import type { InspectContext } from "../../../src/protocols/contexts.js";
import type { Protocol } from "../../../src/protocols/protocol.js";
import type { ReadCall, ReadPlan, ReadResult } from "../../../src/protocols/read-plan.js";
import type { Token } from "../../../src/protocols/token.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";
import type { Fork } from "../../mini-mainnet/fork.js";

import { expect } from "chai";
import { erc20Abi, erc4626Abi, maxUint256, parseAbi, parseEther, parseUnits } from "viem";

import { Chain } from "../../../src/engine/chain/chain.js";
import { prepare } from "../../../src/engine/world/prepare.js";
import { encodeCall } from "../../../src/protocols/call.js";
import { aaveV3, chainlink, erc20, erc4626, uniswapV2 } from "../../../src/protocols/index.js";
import { give } from "../../fixtures/give.js";
import { deployInflatableVault } from "../../fixtures/inflatable-vault.js";
import { failsWith } from "../../helpers/errors.js";
import { aaveOracleAbi, aggregatorProxyAbi, fluxAggregatorAbi, poolAbi, wethAbi } from "../../mini-mainnet/abis.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";
import { createFork } from "../../mini-mainnet/fork.js";

const aggregatorAbi = parseAbi([
  "function aggregator() view returns (address)",
  "function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)",
  "function getAmountsOut(uint256 amountIn, address[] path) view returns (uint256[])",
]);

const feedAbi = [...aggregatorProxyAbi, ...parseAbi(["function description() view returns (string)"])] as const;

function aggregatorHistory(address: Address) {
  return { address, abi: parseAbi(["function getAnswer(uint256 round) view returns (int256)"]) };
}

/** The adapters against the real contracts: each number is compared with the protocol's own. */
describe("protocol adapters", () => {
  let source: MiniMainnetSource;
  let fork: Fork<MiniMainnetSource>;

  before(async () => {
    source = await miniMainnetSource();
  });
  after(async () => {
    await source.close();
  });
  beforeEach(async () => {
    fork = await createFork({ source });
  });
  afterEach(async () => {
    await fork.close();
  });

  /** What the engine does with one batched call, done call by call: simulations are plain views here, so only order matters. */
  async function observe<T>(plan: ReadPlan<T>): Promise<T> {
    const call = async ({ to, data }: ReadCall): Promise<ReadResult> => {
      try {
        const params = [{ to, data }, "latest"];
        const answer: unknown = await fork.connection.provider.request({ method: "eth_call", params });
        return { success: true, data: answer as Hex };
      } catch {
        return { success: false, data: "0x" };
      }
    };
    const calls: ReadResult[] = [];
    for (const plain of plan.calls) calls.push(await call(plain));
    const simulations: ReadResult[][] = [];
    for (const group of plan.simulations) {
      const answers: ReadResult[] = [];
      for (const { splice, ...rest } of group) {
        const at = 2 + 2 * (splice?.offset ?? 0);
        const word = splice === undefined ? "" : (answers[splice.from]?.data.slice(2, 66) ?? "");
        answers.push(
          await call({ ...rest, data: `0x${rest.data.slice(2, at)}${word}${rest.data.slice(at + word.length)}` }),
        );
      }
      simulations.push(answers);
    }
    return plan.decode(calls, simulations);
  }

  function inspectContext(): InspectContext {
    const assets = new Map([
      [fork.addresses.weth.toLowerCase(), "ETH"],
      [fork.addresses.usdc.toLowerCase(), "USDC"],
    ]);
    return {
      read: observe,
      token: async (address): Promise<Token> => ({
        address,
        symbol: await fork.chain.read({ address, abi: erc20Abi }, "symbol", []),
        decimals: await fork.chain.read({ address, abi: erc20Abi }, "decimals", []),
        asset: assets.get(address.toLowerCase()),
      }),
      hasCode: async (address) =>
        (await fork.connection.provider.request({ method: "eth_getCode", params: [address, "latest"] })) !== "0x",
      assetTokens: [],
      accounts: new Map(Object.entries(fork.addresses.users)),
      target: { name: "target", address: fork.addresses.aaveV3.pool },
    };
  }

  /** A protocol as the engine binds it: its facts bound, its view read again on demand. */
  async function bind<View>(protocol: Protocol<View>, changes: Partial<InspectContext> = {}) {
    const { definition } = protocol;
    const context = { ...inspectContext(), ...changes };
    // as in the engine: options and facts are only passed back to the definition
    const facts = await definition.inspect(context, protocol.address, protocol.options as never);
    await prepare(new Chain(fork.connection.provider), definition.oracle?.prepare?.(facts) ?? []);
    const { accounts } = context;
    return {
      facts,
      definition,
      actions: definition.actions?.(facts) ?? [],
      approvals: definition.approvals?.(facts) ?? [],
      view: (): Promise<View> => observe(definition.observe(facts, { accounts })),
    };
  }

  async function send(from: Address, call: ContractCall): Promise<void> {
    await fork.chain.send({ from, to: call.to, data: encodeCall(call), value: call.value ?? 0n });
  }

  async function balanceOf(token: Address, account: Address): Promise<bigint> {
    return fork.chain.read({ address: token, abi: erc20Abi }, "balanceOf", [account]);
  }

  async function approve(owner: Address, approvals: readonly { token: Address; spender: Address }[]): Promise<void> {
    for (const { token, spender } of approvals) {
      await fork.chain.write(owner, { address: token, abi: erc20Abi }, "approve", [spender, maxUint256]);
    }
  }

  /** What a free move of `self` sees: the real balances, read beforehand. */
  async function moveContext<View>(view: View, self: Address): Promise<ActionContext<View>> {
    const { weth, usdc, users } = fork.addresses;
    const balances = new Map<string, bigint>();
    for (const token of [weth, usdc]) balances.set(token.toLowerCase(), await balanceOf(token, self));
    return {
      view,
      self,
      balance: (token) => balances.get(token.toLowerCase()) ?? 0n,
      accounts: new Map(Object.entries(users)),
      contracts: new Map([["pool", fork.addresses.uniswapV2.usdcWeth]]),
    };
  }

  describe("uniswapV2", () => {
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

  describe("aaveV3", () => {
    const lending = (watch: readonly Address[] = []) => aaveV3(fork.addresses.aaveV3.addressesProvider, { watch });

    it("is a lending market like any other", async () => {
      const { aaveV3: aave, users, weth, usdc } = fork.addresses;
      const bound = await bind(lending());
      const market = bound.definition.roles!.lendingMarket!(await bound.view());
      expect(market.tokens.map(({ symbol }) => symbol)).to.deep.equal(["WETH", "USDC"]);
      expect(market.price(weth)).to.equal(2_000);
      for (const [token, aToken] of [
        [weth, aave.aWeth],
        [usdc, aave.aUsdc],
      ] as const) {
        const supplied = await fork.chain.read({ address: aToken, abi: erc20Abi }, "totalSupply", []);
        expect(market.liquidity(token)).to.deep.equal({ supplied, available: await balanceOf(token, aToken) });
        expect(market.supplied(users.whale, token)).to.equal(await balanceOf(aToken, users.whale));
      }
      const positionOf = (user: Address) => market.positions.find(({ account }) => account === user)!;
      const pool = { address: aave.pool, abi: poolAbi };
      const [collateral, debt, , , , factor] = await fork.chain.read(pool, "getUserAccountData", [users.alice]);
      const alice = positionOf(users.alice);
      expect(alice.collateralUsd).to.equal(Number(collateral) / 1e8);
      expect(alice.debtUsd).to.equal(Number(debt) / 1e8);
      expect(alice.healthFactor).to.be.closeTo(Number(factor) / 1e18, 1e-12);
      expect(alice.debt.map(({ token, amount }) => [token.symbol, amount])).to.deep.equal([
        ["USDC", await balanceOf(aave.variableDebtUsdc, users.alice)],
      ]);
      expect(positionOf(users.whale).healthFactor).to.equal(Infinity);
      expect(positionOf(users.treasury)).to.equal(undefined);
      expect(market.liquidations(alice)).to.deep.equal([]);
    });

    it("reads positions as the pool does", async () => {
      const { aaveV3: aave, users, weth, usdc } = fork.addresses;
      const bound = await bind(lending());
      const view = await bound.view();
      expect(
        view.reserves.map(({ token, liquidationThreshold, liquidationBonus, liquidationProtocolFee }) => ({
          symbol: token.symbol,
          liquidationThreshold,
          liquidationBonus,
          liquidationProtocolFee,
        })),
      ).to.deep.equal([
        { symbol: "WETH", liquidationThreshold: 0.825, liquidationBonus: 0.05, liquidationProtocolFee: 0.1 },
        { symbol: "USDC", liquidationThreshold: 0.8, liquidationBonus: 0.045, liquidationProtocolFee: 0.1 },
      ]);
      for (const user of [users.alice, users.bob, users.carol]) {
        const account = view.accounts.get(user.toLowerCase())!;
        const pool = { address: aave.pool, abi: poolAbi };
        const [collateral, debt, available, , , factor] = await fork.chain.read(pool, "getUserAccountData", [user]);
        const { collateralBase, debtBase, availableBase, healthFactor } = account;
        expect([collateralBase, debtBase, availableBase, healthFactor]).to.deep.equal([
          collateral,
          debt,
          available,
          factor,
        ]);
        expect(account.supplied.get(weth.toLowerCase())).to.equal(await balanceOf(aave.aWeth, user));
        expect(account.owed.get(usdc.toLowerCase())).to.equal(await balanceOf(aave.variableDebtUsdc, user));
      }
      expect(view.prices.get(weth.toLowerCase())).to.equal(2_000n * 10n ** 8n);
      const price = (asset: string): number => (asset === "ETH" ? 3_000 : 1);
      expect(bound.definition.value!(bound.facts)(view, users.alice, price)).to.be.closeTo(100 * 3_000 - 158_500, 1);
      expect(bound.definition.value!(bound.facts)(view, aave.pool, price)).to.equal(0);
    });

    it("watches the accounts that the option lists", async () => {
      const { account } = fork;
      const view = await (await bind(lending([account]))).view();
      expect(view.accounts.get(account.toLowerCase())!.healthFactor).to.equal(maxUint256);
    });

    it("supplies, borrows the maximum, repays all and withdraws all, as free moves", async () => {
      const { users, weth, usdc, aaveV3: aave } = fork.addresses;
      const self = users.whale;
      const bound = await bind(lending());
      const move = async (name: string, operands: readonly number[]): Promise<void> => {
        const action = bound.actions.find((candidate) => candidate.name === name)!;
        const call = action.build(operands, await moveContext(await bound.view(), self));
        await send(self, call!);
      };
      await approve(self, bound.approvals);
      await fork.chain.write(self, { address: weth, abi: wethAbi }, "deposit", [], parseEther("10"));
      await move("supply", [0, 1_000_000]);
      expect(await balanceOf(weth, self)).to.equal(0n);
      await move("borrow", [1_000_000, 10_000]);
      expect(Number(await balanceOf(aave.variableDebtUsdc, self))).to.be.above(0);
      // the interest, which it did not borrow
      await give(fork, "USDC", self, 1_000_000);
      await move("repay", [1_000_000, 1_000_000]);
      expect(await balanceOf(aave.variableDebtUsdc, self)).to.equal(0n);
      await move("withdraw", [0, 1_000_000]);
      expect(await balanceOf(aave.aWeth, self)).to.equal(0n);

      // alice's limit is near: everything that she may still borrow is lent
      const view = await bound.view();
      const alice = view.accounts.get(users.alice.toLowerCase())!;
      const most = bound.actions
        .find(({ name }) => name === "borrow")!
        .build([1_000_000, 1_000_000], await moveContext(view, users.alice))!;
      await send(users.alice, most);
      expect(most.args[1]).to.equal(view.maxBorrowable(alice, usdc));
      const owed = alice.owed.get(usdc.toLowerCase())! + view.maxBorrowable(alice, usdc);
      expect(Number(await balanceOf(aave.variableDebtUsdc, users.alice))).to.be.closeTo(Number(owed), 1e6);
    });

    it("predicts what a liquidation moves, to the base unit", async () => {
      const { users, weth, usdc, aaveV3: aave, chainlink: feeds } = fork.addresses;
      const feed = await bind(chainlink(feeds.ethUsd, { asset: "ETH" }));
      const publish = async (price: number): Promise<void> => {
        const { from, call } = feed.definition.oracle!.publish(feed.facts, await feed.view(), price);
        await send(from, call);
      };
      const bound = await bind(lending());
      await approve(users.whale, bound.approvals);
      await give(fork, "USDC", users.whale, 300_000);

      // 2 % below the threshold: half of the debt. 30 %: all of it, for more collateral than there is
      for (const [price, closes] of [
        [1_880, 2n],
        [1_100, 1n],
      ] as const) {
        await publish(price);
        const view = await bound.view();
        const alice = view.accounts.get(users.alice.toLowerCase())!;
        const [collateral, debt] = [view.reserves[0]!, view.reserves[1]!];
        const repaid = view.maxRepayable(alice, usdc);
        expect(repaid - alice.owed.get(usdc.toLowerCase())! / closes <= 1n).to.equal(true);
        const expected = view.liquidation(alice, collateral, debt, repaid)!;
        const before = {
          weth: await balanceOf(weth, users.whale),
          usdc: await balanceOf(usdc, users.whale),
          aWeth: await balanceOf(aave.aWeth, users.alice),
        };
        await send(users.whale, view.liquidationCall(weth, usdc, users.alice, repaid));
        expect((await balanceOf(weth, users.whale)) - before.weth).to.equal(expected.received);
        expect(before.usdc - (await balanceOf(usdc, users.whale))).to.equal(expected.paid);
        expect(before.aWeth - (await balanceOf(aave.aWeth, users.alice))).to.equal(expected.seized);
      }
    });

    it("liquidates as a free move, and never oneself", async () => {
      const { users } = fork.addresses;
      const bound = await bind(lending());
      const view = await bound.view();
      const liquidate = bound.actions.find(({ name }) => name === "liquidate")!;
      expect(liquidate.ordinary).to.equal(false);
      const call = liquidate.build([0, 0, 500_000], await moveContext(view, users.whale))!;
      expect(call.args[2]).to.equal(users.alice);
      for (let whom = 0; whom <= 1_000_000; whom += 50_000) {
        const other = liquidate.build([whom, 0, 500_000], await moveContext(view, users.alice))!;
        expect(other.args[2]).to.not.equal(users.alice);
      }
    });

    it("reads the reserves of assets and of accounts with positions, and no others", async () => {
      const { usdc, users } = fork.addresses;
      const none = { accounts: new Map<string, Address>() };
      const symbols = async (changes: Partial<InspectContext>, watch: readonly Address[] = []) =>
        (await (await bind(lending(watch), changes)).view()).reserves.map(({ token }) => token.symbol);
      expect(await symbols(none)).to.deep.equal([]);
      const dollars = await inspectContext().token(usdc);
      expect(await symbols({ ...none, assetTokens: [dollars] })).to.deep.equal(["USDC"]);
      // supplies ether and owes dollars
      expect(await symbols(none, [users.alice])).to.deep.equal(["WETH", "USDC"]);
    });

    it("refuses an address that is not an addresses provider", async () => {
      await failsWith("UNSUPPORTED_PROTOCOL", () => bind(aaveV3(fork.addresses.aaveV3.pool)));
    });
  });

  describe("chainlink", () => {
    it("publishes rounds that the proxy returns", async () => {
      const { ethUsd } = fork.addresses.chainlink;
      const bound = await bind(chainlink(ethUsd, { asset: "ETH", latencyBlocks: 3 }));
      const oracle = bound.definition.oracle!;
      const first = await bound.view();
      expect(oracle.price(first)).to.equal(2_000);
      expect(oracle.model({ asset: "ETH", latencyBlocks: 3 } as never)).to.deep.equal({
        asset: "ETH",
        latencyBlocks: 3,
        deviation: 0.005,
        heartbeat: 3_600,
      });
      // below the eighth decimal: rounded to it
      for (const price of [1_234.567890126, 2_500, 0.000000001]) {
        const { from, call } = oracle.publish(bound.facts, await bound.view(), price);
        await send(from, call);
        const view = await bound.view();
        expect(view.answer).to.equal(price === 0.000000001 ? 1n : BigInt(Math.round(price * 1e8)));
        const [, answer, , updatedAt] = await fork.chain.read(
          { address: ethUsd, abi: aggregatorAbi },
          "latestRoundData",
          [],
        );
        expect([view.answer, BigInt(view.updatedAt)]).to.deep.equal([answer, updatedAt]);
      }
      expect((await bound.view()).round).to.equal(first.round + 3n);
    });

    it("accepts the aggregator itself, too", async () => {
      const proxy = { address: fork.addresses.chainlink.ethUsd, abi: aggregatorAbi };
      const bound = await bind(chainlink(await fork.chain.read(proxy, "aggregator", []), { asset: "ETH" }));
      const { from, call } = bound.definition.oracle!.publish(bound.facts, await bound.view(), 1_900);
      await send(from, call);
      expect((await bound.view()).price).to.equal(1_900);
    });

    it("stands in for an aggregator that a single oracle cannot move", async () => {
      const { chainlink: feeds, users, aaveV3: aave } = fork.addresses;
      const proxy = { address: feeds.ethUsd, abi: feedAbi };
      const aggregator = { address: await fork.chain.read(proxy, "aggregator", []), abi: fluxAggregatorAbi };
      const two = [[], [users.bob], [users.deployer], 2, 2, 0] as const;
      await fork.chain.write(users.deployer, aggregator, "changeOracles", two);
      const before = await fork.chain.read(proxy, "latestRoundData", []);

      const bound = await bind(chainlink(feeds.ethUsd, { asset: "ETH" }));
      // nothing has changed yet for any reader
      expect(await fork.chain.read(proxy, "latestRoundData", [])).to.deep.equal(before);
      expect(await fork.chain.read(proxy, "decimals", [])).to.equal(8);
      expect(await fork.chain.read(proxy, "description", [])).to.equal("ETH / USD");
      const { round } = await bound.view();

      for (const price of [1_900, 1_800.5]) {
        const { from, call } = bound.definition.oracle!.publish(bound.facts, await bound.view(), price);
        await send(from, call);
        expect((await bound.view()).price).to.equal(price);
        expect(await fork.chain.read(proxy, "latestAnswer", [])).to.equal(BigInt(price * 1e8));
        const oracle = { address: aave.oracle, abi: aaveOracleAbi };
        expect(await fork.chain.read(oracle, "getAssetPrice", [fork.addresses.weth])).to.equal(BigInt(price * 1e8));
      }
      expect((await bound.view()).round).to.equal(round + 2n);
      const [, , , updatedAt] = await fork.chain.read(proxy, "latestRoundData", []);
      expect(updatedAt).to.equal(BigInt((await fork.chain.latest()).timestamp));
      // the history continues where the original ends
      const answerOf = async (id: bigint) => fork.chain.read(aggregatorHistory(aggregator.address), "getAnswer", [id]);
      expect([await answerOf(round), await answerOf(round + 1n), await answerOf(round + 2n)]).to.deep.equal([
        before[1],
        1_900n * 10n ** 8n,
        1_800_5n * 10n ** 7n,
      ]);
      expect(await answerOf(round + 3n)).to.equal(0n);
      expect(await fork.chain.read(aggregator, "latestRound", [])).to.equal(round + 2n);

      // and no other oracle publishes
      const { call } = bound.definition.oracle!.publish(bound.facts, await bound.view(), 1);
      const refused = await send(users.alice, call).then(
        () => false,
        () => true,
      );
      expect(refused).to.equal(true);
    });

    it("refuses an address that is not a feed", async () => {
      await failsWith("UNSUPPORTED_PROTOCOL", () => bind(chainlink(fork.addresses.uniswapV2.router, { asset: "ETH" })));
    });
  });

  describe("erc20", () => {
    it("transfers to accounts and contracts that the scenario knows", async () => {
      const { usdc, users } = fork.addresses;
      const bound = await bind(erc20(usdc));
      const view = await bound.view();
      expect(view.totalSupply).to.equal(await fork.chain.read({ address: usdc, abi: erc20Abi }, "totalSupply", []));
      const context = await moveContext(view, users.alice);
      const call = bound.actions[0]!.build([999_999, 500_000], context)!;
      await send(users.alice, call);
      expect(await balanceOf(usdc, users.alice)).to.equal(context.balance(usdc) - context.balance(usdc) / 2n);
      // the last of the choices: a donation to the pool
      expect(call.args[0]).to.equal(fork.addresses.uniswapV2.usdcWeth);
    });
  });

  describe("erc4626", () => {
    it("deposits, mints, withdraws, redeems and donates, and values shares as the vault does", async () => {
      const { usdc, users } = fork.addresses;
      const self = users.alice;
      const { address: vault } = await deployInflatableVault(fork, "fixed");
      await give(fork, "USDC", self, 100_000);
      const bound = await bind(erc4626(vault));
      await approve(self, bound.approvals);
      const move = async (name: string, share: number): Promise<void> => {
        const action = bound.actions.find((candidate) => candidate.name === name)!;
        await send(self, action.build([share], await moveContext(await bound.view(), self))!);
      };
      await move("deposit", 500_000);
      await move("mint", 100_000);
      await move("donate", 100_000);
      const view = await bound.view();
      const contract = { address: vault, abi: erc4626Abi };
      const shares = await fork.chain.read(contract, "balanceOf", [self]);
      expect(view.sharesOf(self)).to.equal(shares);
      expect(view.assetsOf(self)).to.equal(await fork.chain.read(contract, "convertToAssets", [shares]));
      expect(view.totalAssets).to.equal(await balanceOf(usdc, vault));
      expect(view.totalSupply).to.equal(shares);
      const ofOne = await fork.chain.read(contract, "convertToAssets", [parseUnits("1", 6)]);
      expect(view.sharePrice).to.equal(Number(ofOne) / 1e6);
      expect(bound.definition.value!(bound.facts)(view, self, () => 1)).to.be.closeTo(
        Number(view.assetsOf(self)) / 1e6,
        1e-6,
      );
      await move("withdraw", 300_000);
      await move("redeem", 1_000_000);
      expect((await bound.view()).sharesOf(self)).to.equal(0n);
      expect(bound.actions.filter(({ ordinary }) => ordinary).map(({ name }) => name)).to.deep.equal([
        "deposit",
        "mint",
        "withdraw",
        "redeem",
      ]);
    });

    it("refuses an address that is not a vault", async () => {
      await failsWith("UNSUPPORTED_PROTOCOL", () => bind(erc4626(fork.addresses.weth)));
    });
  });
});
