import type { Address, Hex } from "viem";

import type { Outcome } from "../../../../src/engine/run/outcome.js";
import type { ContractCall } from "../../../../src/protocols/call.js";
import type { CompoundV2Options } from "../../../../src/protocols/compound-v2/compound-v2.js";
import type { CompoundV2View } from "../../../../src/protocols/compound-v2/view.js";
import type { InspectContext } from "../../../../src/protocols/contexts.js";
import type { Token } from "../../../../src/protocols/token.js";
import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";
import type { View } from "../../../../src/view/view.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { CompoundV2Deployment, CompoundV2DeploymentOptions } from "../../../mini-mainnet/cast/compound-v2.js";
import type { Receipt } from "../../../mini-mainnet/pinned-chain.js";

import { expect } from "chai";
import { erc20Abi, maxUint256, numberToHex, parseAbi, parseEther, parseUnits } from "viem";

import { attacker, defineAgent } from "../../../../src/agents/index.js";
import { unprofitableToAttack } from "../../../../src/conditions/index.js";
import { Chain } from "../../../../src/engine/chain/chain.js";
import { LensReader } from "../../../../src/engine/chain/lens-reader.js";
import { Player } from "../../../../src/engine/run/player.js";
import { openWorld } from "../../../../src/engine/world/world.js";
import { encodeCall } from "../../../../src/protocols/call.js";
import { compoundV2LendingMarket } from "../../../../src/protocols/compound-v2/market.js";
import { compoundV2, compoundV2ErrorCode } from "../../../../src/protocols/index.js";
import { lendingMarket } from "../../../../src/protocols/roles/lending-market.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { person } from "../../../fixtures/give.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { fluxAggregatorAbi, mintableAbi, wethAbi } from "../../../mini-mainnet/abis.js";
import { deployCompoundV2 } from "../../../mini-mainnet/cast/compound-v2.js";

const proxyAbi = parseAbi(["function aggregator() view returns (address)"]);

/** The contracts' own results. Some of these functions accrue interest first: as calls, they only report what it would be. */
const comptrollerAbi = parseAbi([
  "function getAccountLiquidity(address account) view returns (uint256 code, uint256 liquidity, uint256 shortfall)",
  "function liquidateCalculateSeizeTokens(address debt, address collateral, uint256 repay) view returns (uint256 code, uint256 cTokens)",
  "function checkMembership(address account, address cToken) view returns (bool)",
]);
const cTokenAbi = parseAbi([
  "function getCash() view returns (uint256)",
  "function totalBorrowsCurrent() view returns (uint256)",
  "function exchangeRateCurrent() view returns (uint256)",
  "function exchangeRateStored() view returns (uint256)",
  "function borrowBalanceCurrent(address account) view returns (uint256)",
  "function borrowBalanceStored(address account) view returns (uint256)",
  "function balanceOfUnderlying(address account) view returns (uint256)",
  "function totalReserves() view returns (uint256)",
  "function totalSupply() view returns (uint256)",
  "function accrueInterest() returns (uint256)",
]);

/** The operand that chooses the only market in which a free move makes sense. */
const ANY = 0;

describe("compoundV2", () => {
  const theFork = siegeForkForSuite();
  let fork: SiegeFork;
  let compound: CompoundV2Deployment;

  async function deploy(options: CompoundV2DeploymentOptions = {}): Promise<void> {
    fork = theFork();
    compound = await deployCompoundV2(fork.chain, fork.addresses, options);
  }

  async function balanceOf(token: Address, account: Address): Promise<bigint> {
    return fork.chain.read({ address: token, abi: erc20Abi }, "balanceOf", [account]);
  }

  async function send(from: Address, { to, value = 0n, ...call }: ContractCall): Promise<Receipt> {
    return fork.chain.send({ from, to, data: encodeCall({ to, ...call }), value });
  }

  /** Whether a call succeeds, and what it returns. */
  async function returned(from: Address, call: ContractCall): Promise<Hex | undefined> {
    const params = [{ from, to: call.to, data: encodeCall(call) }, "latest"];
    const answer: unknown = await fork.connection.provider
      .request({ method: "eth_call", params })
      .catch(() => undefined);
    return answer as Hex | undefined;
  }

  async function publish(price: number): Promise<void> {
    const { chainlink, users } = fork.addresses;
    const address = await fork.chain.read({ address: chainlink.ethUsd, abi: proxyAbi }, "aggregator", []);
    const aggregator = { address, abi: fluxAggregatorAbi };
    const round = (await fork.chain.read(aggregator, "latestRound", [])) + 1n;
    await fork.chain.write(users.oracle, aggregator, "submit", [round, parseUnits(String(price), 8)]);
  }

  async function tokenAt(address: Address): Promise<Token> {
    const assets = new Map([
      [compound.weth.underlying, "ETH"],
      [compound.usdc.underlying, "USDC"],
      [compound.fresh?.underlying, "FRESH"],
    ]);
    const token = { address, abi: erc20Abi };
    const symbol = await fork.chain.read(token, "symbol", []);
    return { address, symbol, decimals: await fork.chain.read(token, "decimals", []), asset: assets.get(address) };
  }

  /** The adapter as the engine binds it, for the market's users and some others. */
  async function bind(
    others: Readonly<Record<string, Address>> = {},
    changes: Partial<InspectContext> = {},
    options?: CompoundV2Options,
  ) {
    const reader = new LensReader(new Chain(fork.connection.provider));
    const { definition, address, options: given } = compoundV2(compound.comptroller, options);
    const markets = [compound.weth, compound.usdc, ...(compound.fresh === undefined ? [] : [compound.fresh])];
    const context: InspectContext = {
      read: (plan) => reader.read(plan),
      token: tokenAt,
      hasCode: async () => true,
      assetTokens: await Promise.all(markets.map(({ underlying }) => tokenAt(underlying))),
      accounts: new Map(Object.entries({ ...compound.users, ...others })),
      target: { name: "target", address: compound.comptroller },
      ...changes,
    };
    const { accounts } = context;
    // as in the engine: options and facts are only passed back to the definition
    const facts = await definition.inspect(context, address, given as never);
    const view = (): Promise<CompoundV2View> => reader.read(definition.observe(facts, { accounts }));
    return {
      view,
      definition,
      facts,
      market: async () => compoundV2LendingMarket(await view()),
      join: async (self: Address): Promise<void> => {
        for (const { token, spender } of definition.approvals?.(facts) ?? []) {
          await fork.chain.write(self, { address: token, abi: erc20Abi }, "approve", [spender, maxUint256]);
        }
        for (const call of definition.onboarding?.(facts, self) ?? []) await send(self, call);
      },
      /** A free move; `undefined` where it makes no sense. */
      build: async (self: Address, name: string, operands: readonly number[]): Promise<ContractCall | undefined> => {
        const action = (definition.actions?.(facts) ?? []).find((candidate) => candidate.name === name)!;
        const balances = new Map<string, bigint>();
        for (const { underlying } of markets) balances.set(underlying, await balanceOf(underlying, self));
        const balance = (token: Address): bigint => balances.get(token) ?? 0n;
        return action.build(operands, { view: await view(), self, balance, accounts, contracts: new Map() });
      },
    };
  }

  /** An account with tokens of the markets, which has approved and entered them. */
  async function customer(
    bound: Awaited<ReturnType<typeof bind>>,
    self: Address,
    dollars: number,
    fresh: number,
  ): Promise<void> {
    const { usdc, fresh: market } = compound;
    const mint = async (address: Address, amount: bigint): Promise<void> => {
      await fork.chain.write(self, { address, abi: mintableAbi }, "mint", [self, amount]);
    };
    await mint(usdc.underlying, parseUnits(String(dollars), 6));
    if (market !== undefined) await mint(market.underlying, parseEther(String(fresh)));
    await bound.join(self);
  }

  async function wrap(self: Address, ether: string): Promise<void> {
    const weth = { address: compound.weth.underlying, abi: wethAbi };
    await fork.chain.write(self, weth, "deposit", [], parseEther(ether));
  }

  /** Accrues the interest of both markets in one block, in which stored and current numbers are equal. */
  async function accrueTogether(): Promise<void> {
    const { provider } = fork.connection;
    await provider.request({ method: "evm_setAutomine", params: [false] });
    for (const { cToken } of [compound.weth, compound.usdc]) {
      const transaction = { from: fork.account, to: cToken, data: "0xa6afed95", gas: "0x7a120" };
      await provider.request({ method: "eth_sendTransaction", params: [transaction] });
    }
    await provider.request({ method: "evm_mine", params: [] });
    await provider.request({ method: "evm_setAutomine", params: [true] });
  }

  async function wait(blocks: number): Promise<void> {
    await fork.connection.provider.request({ method: "hardhat_mine", params: [numberToHex(blocks)] });
  }

  describe("what it reads", () => {
    beforeEach(() => deploy());

    it("is what the markets report with their interest accrued", async () => {
      await wait(1_000);
      const view = await (await bind()).view();
      expect(view.markets.map(({ underlying, cToken }) => [underlying.symbol, cToken.symbol])).to.deep.equal([
        ["WETH", "cWETH"],
        ["USDC", "cUSDC"],
      ]);
      expect([view.closeFactor, view.liquidationIncentive]).to.deep.equal([0.5, 1.08]);
      for (const [index, { cToken: address }] of [compound.weth, compound.usdc].entries()) {
        const market = view.markets[index]!;
        const cToken = { address, abi: cTokenAbi };
        expect(market.cash).to.equal(await fork.chain.read(cToken, "getCash", []));
        expect(market.totalBorrows).to.equal(await fork.chain.read(cToken, "totalBorrowsCurrent", []));
        expect(market.totalSupply).to.equal(await fork.chain.read(cToken, "totalSupply", []));
        expect(market.exchangeRate).to.equal(await fork.chain.read(cToken, "exchangeRateCurrent", []));
        expect(market.exchangeRate > (await fork.chain.read(cToken, "exchangeRateStored", []))).to.equal(true);
        expect(market.totalReserves > (await fork.chain.read(cToken, "totalReserves", []))).to.equal(true);
        expect(market.collateralFactor).to.equal(0.8);
      }
      expect(view.markets.map(({ price }) => price)).to.deep.equal([parseEther("2000"), 10n ** 30n]);
    });

    it("includes positions as the comptroller judges them", async () => {
      await wait(1_000);
      await accrueTogether();
      const bound = await bind();
      const view = await bound.view();
      const market = await bound.market();
      const comptroller = { address: compound.comptroller, abi: comptrollerAbi };
      for (const user of Object.values(compound.users)) {
        const account = view.accounts.get(user.toLowerCase())!;
        const [, liquidity, shortfall] = await fork.chain.read(comptroller, "getAccountLiquidity", [user]);
        expect([account.liquidity, account.shortfall]).to.deep.equal([liquidity, shortfall]);
        for (const { underlying, cToken: address } of [compound.weth, compound.usdc]) {
          const cToken = { address, abi: cTokenAbi };
          expect(account.cTokens.get(address.toLowerCase())).to.equal(await balanceOf(address, user));
          expect(account.owed.get(address.toLowerCase())).to.equal(
            await fork.chain.read(cToken, "borrowBalanceStored", [user]),
          );
          expect(market.supplied(user, underlying)).to.equal(
            await fork.chain.read(cToken, "balanceOfUnderlying", [user]),
          );
        }
      }
      expect(market.positions.map(({ account }) => account)).to.deep.equal(Object.values(compound.users));
      // 100 ether at 2,000 dollars and 80 %, for 155,000 dollars and some interest
      const [supplier, brave, , bear] = market.positions;
      expect(supplier!.healthFactor).to.equal(Infinity);
      expect(brave!.healthFactor).to.be.closeTo(160_000 / 155_000, 1e-4);
      expect(brave!.collateralUsd).to.be.closeTo(200_000, 10);
      expect(brave!.debtUsd).to.be.closeTo(155_000, 10);
      expect(bear!.healthFactor).to.be.closeTo(80_000 / 60_000, 1e-4);
      expect(market.price(compound.weth.underlying)).to.equal(2_000);
      expect(market.price(compound.usdc.underlying)).to.equal(1);
      expect(market.liquidity(compound.weth.underlying).available).to.equal(parseEther("2170"));
    });

    it("grows with accrued interest", async () => {
      const { usdc, users } = compound;
      const bound = await bind();
      const owed = async (): Promise<bigint> =>
        (await bound.view()).accounts.get(users.brave.toLowerCase())!.owed.get(usdc.cToken.toLowerCase())!;
      const before = { owed: await owed(), supplied: (await bound.market()).supplied(users.supplier, usdc.underlying) };
      await wait(100_000);
      expect((await owed()) > before.owed).to.equal(true);
      const cToken = { address: usdc.cToken, abi: cTokenAbi };
      expect(await owed()).to.equal(await fork.chain.read(cToken, "borrowBalanceCurrent", [users.brave]));
      expect((await bound.market()).supplied(users.supplier, usdc.underlying) > before.supplied).to.equal(true);
    });

    it("includes the next block's exchange rate", async () => {
      await wait(1_000);
      const { markets } = await (await bind()).view();
      const { exchangeRate, nextExchangeRate, cToken } = markets[1]!;
      await fork.chain.write(fork.account, { address: cToken.address, abi: cTokenAbi }, "accrueInterest", []);
      const stored = await fork.chain.read({ address: cToken.address, abi: cTokenAbi }, "exchangeRateStored", []);
      expect(nextExchangeRate).to.equal(stored);
      expect(nextExchangeRate > exchangeRate).to.equal(true);
    });

    it("is undefined while the oracle is silent", async () => {
      // the oracle accepts prices of the last day
      await wait(1);
      await fork.connection.provider.request({ method: "evm_increaseTime", params: [100_000] });
      await wait(1);
      const market = await (await bind()).market();
      expect(market.price(compound.weth.underlying)).to.equal(undefined);
      const brave = market.positions.find(({ account }) => account === compound.users.brave)!;
      expect(brave.healthFactor).to.equal(undefined);
      expect(market.liquidations(brave)).to.deep.equal([]);
      expect(market.borrowable(compound.users.supplier, compound.usdc.underlying)).to.equal(0n);
    });

    it("covers markets of assets and those that an account has entered", async () => {
      const symbols = async (changes: Partial<InspectContext>, watch: readonly Address[] = []) =>
        (await (await bind({}, { accounts: new Map(), ...changes }, { watch })).view()).markets.map(
          ({ cToken }) => cToken.symbol,
        );
      expect(await symbols({ assetTokens: [] })).to.deep.equal([]);
      expect(await symbols({ assetTokens: [await tokenAt(compound.usdc.underlying)] })).to.deep.equal(["cUSDC"]);
      expect(await symbols({ assetTokens: [] }, [compound.users.bear])).to.deep.equal(["cWETH", "cUSDC"]);
    });

    it("is refused for an address that is not a comptroller", async () => {
      compound = { ...compound, comptroller: compound.weth.cToken };
      await failsWith("UNSUPPORTED_PROTOCOL", () => bind());
      await failsWith("INVALID_OPTION", () => compoundV2(compound.comptroller, { watch: ["0x1"] }));
      await failsWith("INVALID_OPTION", () => compoundV2(compound.comptroller, { accounts: [] } as never));
    });
  });

  describe("a liquidation", () => {
    let liquidator: Address;

    beforeEach(async () => {
      await deploy();
      liquidator = await person(fork, "liquidator");
    });

    it("moves exactly the predicted amounts, even where the collateral is insufficient", async () => {
      const { users, weth, usdc } = compound;
      const bound = await bind({ liquidator });
      await customer(bound, liquidator, 300_000, 0);
      const option = async () => {
        const market = await bound.market();
        const position = market.positions.find(({ account }) => account === users.brave)!;
        return { position, options: market.liquidations(position) };
      };
      expect((await option()).options).to.deep.equal([]);

      const liquidate = async (): Promise<{ readonly received: bigint; readonly part: number }> => {
        const { position, options } = await option();
        expect(position.healthFactor).to.be.below(1);
        expect(options.map(({ debt, collateral }) => [debt.symbol, collateral.symbol])).to.deep.equal([
          ["USDC", "cWETH"],
        ]);
        const chosen = options[0]!;
        const { maxRepay } = chosen;
        const expected = chosen.amounts(maxRepay);
        const before = {
          usdc: await balanceOf(usdc.underlying, liquidator),
          received: await balanceOf(weth.cToken, liquidator),
          seized: await balanceOf(weth.cToken, users.brave),
        };
        const { logs } = await send(liquidator, chosen.liquidate(maxRepay, liquidator));
        const view = await bound.view();
        const [taken] = logs.flatMap((log) => bound.definition.liquidated!(bound.facts)(log, view) ?? []);
        // cTokens, at what they are worth
        expect(taken?.token.symbol).to.equal("WETH");
        const { exchangeRate } = view.market(weth.cToken)!;
        expect(taken?.amount).to.equal((expected.received * exchangeRate) / 10n ** 18n);
        expect(expected.paid > 0n).to.equal(true);
        expect(before.usdc - (await balanceOf(usdc.underlying, liquidator))).to.equal(expected.paid);
        expect((await balanceOf(weth.cToken, liquidator)) - before.received).to.equal(expected.received);
        expect(before.seized - (await balanceOf(weth.cToken, users.brave))).to.equal(expected.received);
        // in the block in which it happened
        const comptroller = { address: compound.comptroller, abi: comptrollerAbi };
        const own = [usdc.cToken, weth.cToken, expected.paid] as const;
        const [, seized] = await fork.chain.read(comptroller, "liquidateCalculateSeizeTokens", own);
        expect(seized).to.equal(expected.received);
        return { received: expected.received, part: Number(expected.paid) / Number(position.debt[0]!.amount) };
      };
      await publish(1_900);
      const first = await liquidate();
      expect(first.part).to.be.closeTo(0.5, 1e-6);

      // what it seized is a claim on ether, and redeems for the predicted amount
      await publish(600);
      const { unwrap } = (await option()).options[0]!;
      expect(unwrap!.token.address).to.equal(weth.underlying);
      const paid = unwrap!.amount(first.received);
      await send(liquidator, unwrap!.call(first.received, liquidator));
      expect(await balanceOf(weth.underlying, liquidator)).to.equal(paid);
      expect(Number(paid)).to.be.closeTo((77_500 * 1.08e18) / 1_900, 1e14);

      // 56 ether at 600 dollars, for a half of 77,500 dollars and 8 %
      expect((await liquidate()).part).to.be.closeTo((55.947 * 600) / 1.08 / 77_500, 1e-3);
      expect(Number(await balanceOf(weth.cToken, users.brave))).to.be.below(10);
    });

    it("that is rejected succeeds as a transaction, and returns an error code", async () => {
      const { users, weth, usdc } = compound;
      const bound = await bind({ liquidator });
      await customer(bound, liquidator, 1_000, 0);
      const view = await bound.view();
      const call = view.liquidateBorrow(usdc.cToken, users.brave, 1_000n, weth.cToken);
      const answer = await returned(liquidator, call);
      // COMPTROLLER_REJECTION
      expect(compoundV2ErrorCode(answer!)).to.equal(3n);
      await send(liquidator, call);
      expect(await balanceOf(weth.cToken, liquidator)).to.equal(0n);
      const minting = await returned(liquidator, view.mint(usdc.cToken, 1_000n));
      expect(compoundV2ErrorCode(minting!)).to.equal(0n);
    });

    it("is a free move, against others only", async () => {
      const { users, weth, usdc } = compound;
      const bound = await bind();
      await publish(1_900);
      // the brave, the calm and the bear have debts; half of half of the debt
      const call = (await bound.build(users.calm, "liquidate", [0, 0, 500_000]))!;
      expect(call.args).to.deep.equal([users.brave, call.args[1], weth.cToken]);
      expect(call.to).to.equal(usdc.cToken);
      expect(Number(call.args[1])).to.be.closeTo(155_000e6 / 4, 1e6);
      expect((await bound.build(users.calm, "liquidate", [0, 0, 0]))!.args[1]).to.equal(1n);
      expect((await bound.build(users.calm, "liquidate", [0, 0, 1]))!.args[1]).to.equal(2n);
      for (let whom = 0; whom <= 1_000_000; whom += 100_000) {
        expect((await bound.build(users.brave, "liquidate", [whom, 0, 500_000]))!.args[0]).to.not.equal(users.brave);
      }
    });

    it("leaves bad debt where the price fell too far: the shortfall", async () => {
      const { definition, facts, view } = await bind();
      const shortfall = async (ether: number): Promise<number> =>
        definition.shortfall!(facts)(await view(), (asset) => (asset === "ETH" ? ether : 1));
      expect(await shortfall(2_000)).to.equal(0);
      // 155,000 and 100,000 dollars of debt, with 100 ether each
      expect(await shortfall(1_200)).to.be.closeTo(35_000, 10);
      expect(await shortfall(900)).to.be.closeTo(75_000, 10);
    });
  });

  describe("a user", () => {
    let self: Address;

    beforeEach(async () => {
      await deploy();
      self = await person(fork, "user");
    });

    it("enters all markets, mints, borrows the maximum, repays all and redeems all, as free moves", async () => {
      const { weth, usdc, comptroller } = compound;
      const bound = await bind({ self });
      await customer(bound, self, 100_000, 0);
      const move = async (name: string, operands: readonly number[]): Promise<void> => {
        await send(self, (await bound.build(self, name, operands))!);
      };
      for (const { cToken } of [weth, usdc]) {
        const rules = { address: comptroller, abi: comptrollerAbi };
        expect(await fork.chain.read(rules, "checkMembership", [self, cToken])).to.equal(true);
      }
      await move("mint", [ANY, 1_000_000]);
      expect(await balanceOf(usdc.underlying, self)).to.equal(0n);
      const value = async (): Promise<number> =>
        bound.definition.value!(bound.facts)(await bound.view(), self, (asset) => (asset === "ETH" ? 2_000 : 1));
      expect(await value()).to.be.closeTo(100_000, 0.1);
      await move("borrow", [0, 1_000_000]);
      // 80 % of 100,000 dollars, less one thousandth
      expect(Number(await balanceOf(weth.underlying, self))).to.be.closeTo(39.96e18, 1e15);
      expect(await value()).to.be.closeTo(20_080, 1);
      await wait(10_000);
      // the interest, which it did not borrow
      await wrap(self, "1");
      await move("repay", [ANY, 1_000_000]);
      const debt = { address: weth.cToken, abi: cTokenAbi };
      expect(await fork.chain.read(debt, "borrowBalanceCurrent", [self])).to.equal(0n);
      await move("redeem", [ANY, 1_000_000]);
      expect(await balanceOf(usdc.cToken, self)).to.equal(0n);
      expect((await balanceOf(usdc.underlying, self)) > parseUnits("100000", 6)).to.equal(true);
      expect(await bound.build(self, "redeem", [ANY, 1_000_000])).to.equal(undefined);
    });

    it("reaches the amounts at which the market rounds", async () => {
      const { weth } = compound;
      const bound = await bind({ self });
      await bound.join(self);
      await wrap(self, "10");
      const cTokens = async (): Promise<bigint> => balanceOf(weth.cToken, self);
      const move = async (name: string, operand: number): Promise<void> => {
        await send(self, (await bound.build(self, name, [ANY, operand]))!);
      };
      await move("mint", 0);
      expect(await cTokens()).to.equal(1n);
      await move("mint", 1);
      expect(await cTokens()).to.equal(3n);
      await move("redeem", 1);
      expect(await cTokens()).to.equal(2n);
      // worth almost two, for the price of one
      const before = await balanceOf(weth.underlying, self);
      await move("redeemUnderlying", 1);
      expect(await cTokens()).to.equal(1n);
      const { nextExchangeRate: rate } = (await bound.view()).markets[0]!;
      const gained = (await balanceOf(weth.underlying, self)) - before;
      expect(Number(gained)).to.be.closeTo((2 * Number(rate)) / 1e18, 10);
      await move("mint", 500_000);
      const held = await cTokens();
      await move("redeemUnderlying", 0);
      expect(await cTokens()).to.equal(1n);
      expect(held > 1_000_000n).to.equal(true);
      expect((await bound.build(self, "donate", [ANY, 0]))!.args).to.deep.equal([weth.cToken, 1n]);
      expect((await bound.build(self, "donate", [ANY, 1]))!.args).to.deep.equal([weth.cToken, 2n]);
      expect((await bound.build(self, "borrow", [1_000_000, 1]))!.args[0]).to.equal(
        (await bound.view()).markets[1]!.cash,
      );
    });

    it("deposits, borrows, repays and withdraws as on any lending market", async () => {
      const { weth, usdc } = compound;
      const bound = await bind({ self });
      await customer(bound, self, 100_000, 0);
      const half = parseUnits("50000", 6);
      await send(self, (await bound.market()).supply(usdc.underlying, half, self));
      expect(await balanceOf(usdc.underlying, self)).to.equal(half);
      const most = (await bound.market()).borrowable(self, weth.underlying);
      await send(self, (await bound.market()).borrow(weth.underlying, most, self));
      expect(await balanceOf(weth.underlying, self)).to.equal(most);
      await wrap(self, "1");
      // more than it owes: repays everything
      await send(self, (await bound.market()).repay(weth.underlying, 2n * most, self));
      const debt = { address: weth.cToken, abi: cTokenAbi };
      expect(await fork.chain.read(debt, "borrowBalanceCurrent", [self])).to.equal(0n);
      await send(self, (await bound.market()).withdraw(usdc.underlying, half / 2n, self));
      expect(await balanceOf(usdc.underlying, self)).to.equal(half + half / 2n);
    });
  });

  describe("a new market", () => {
    const STAKE = 100_000;

    /**
     * What happened to Hundred Finance: two base units of the cToken, made expensive by a donation, borrow the other market's cash;
     * then nearly the whole donation is redeemed for one of the two. All moves are drawn from the operands that the
     * search prefers.
     */
    async function rob(): Promise<{ readonly profit: number; readonly shortfall: number }> {
      const thief = await person(fork, "thief");
      const bound = await bind({ thief });
      await customer(bound, thief, 0, STAKE);
      const { usdc } = compound;
      const fresh = compound.fresh!;
      const worth = async (): Promise<number> =>
        Number(await balanceOf(usdc.underlying, thief)) / 1e6 +
        (10 * Number(await balanceOf(fresh.underlying, thief))) / 1e18;
      const before = await worth();
      for (const [name, operands] of [
        ["mint", [ANY, 1]],
        ["donate", [ANY, 1_000_000]],
        ["borrow", [500_000, 500_000]],
        ["redeemUnderlying", [ANY, 1]],
      ] as const) {
        const call = await bound.build(thief, name, operands);
        if (call !== undefined && (await returned(thief, call)) !== undefined) await send(thief, call);
      }
      const price = (asset: string): number => (asset === "ETH" ? 2_000 : asset === "FRESH" ? 10 : 1);
      const { definition, facts } = bound;
      const view = await bound.view();
      // a debt that will never be repaid costs nothing
      expect(definition.value!(facts)(view, thief, price)).to.be.closeTo(0, 1);
      return { profit: (await worth()) - before, shortfall: definition.shortfall!(facts)(view, price) };
    }

    it("that is empty is drained", async () => {
      await deploy({ fresh: "empty" });
      const market = { address: compound.fresh!.cToken, abi: cTokenAbi };
      expect(await fork.chain.read(market, "totalSupply", [])).to.equal(0n);
      const { profit, shortfall } = await rob();
      // half of 70 % of the stake, which the market never recovers
      const expected = (STAKE * 10 * 0.7 * 0.999) / 2;
      expect(profit).to.be.closeTo(expected, 1);
      expect(shortfall).to.be.closeTo(expected, 1);
      expect(await fork.chain.read(market, "getCash", [])).to.equal(1n);
    });

    it("whose first supply is burned survives, and keeps the donation", async () => {
      await deploy({ fresh: "burnt" });
      const { profit, shortfall } = await rob();
      // all but the millionth that was not donated
      expect(profit).to.be.closeTo(-STAKE * 10 * (1 - 1e-6), 0.01);
      expect(shortfall).to.be.below(1);
    });

    /** An attacker with free moves on the new market, and a bystander. */
    function siegeOf(look: (view: View) => void = () => undefined): ScenarioDefinition {
      const { comptroller, weth, usdc, users } = compound;
      return {
        name: "a new market",
        blocks: 6,
        assets: {
          ETH: { price: 2_000, token: weth.underlying },
          USDC: { price: 1, token: usdc.underlying },
          FRESH: { price: 10, token: compound.fresh!.underlying },
        },
        protocols: { lending: compoundV2(comptroller, { watch: [users.brave] }) },
        agents: [
          attacker({ capital: { FRESH: STAKE }, only: ["lending.*"] }),
          defineAgent({
            role: "observer",
            act: ({ view }) => {
              look(view);
            },
          }),
        ],
        conditions: [unprofitableToAttack({ threshold: 1_000 })],
      };
    }

    const target = () => ({ name: "Comptroller", address: compound.comptroller, abi: [] });

    /** The same four moves, as the search would draw them. */
    async function playRobbery(): Promise<Outcome> {
      const { provider } = fork.connection;
      const connection = { provider, impersonated: new Set<Address>(), intervalMining: 0 };
      const world = await openWorld(connection, target(), buildScenario(siegeOf()));
      const move = (block: number, name: string, operands: readonly number[]) =>
        ({ block, agent: "attacker", position: "front", action: `lending.${name}`, operands }) as const;
      try {
        return await new Player(world, () => undefined).genome({
          seed: 1,
          blocks: 6,
          muted: [],
          market: [],
          oracles: [],
          moves: [
            move(1, "mint", [ANY, 1]),
            move(1, "donate", [ANY, 1_000_000]),
            move(2, "borrow", [500_000, 500_000]),
            move(2, "redeemUnderlying", [ANY, 1]),
          ],
        });
      } finally {
        await world.close();
      }
    }

    it("is also drained in a run of the engine, if it is empty", async () => {
      await deploy({ fresh: "empty" });
      const outcome = await playRobbery();
      if (outcome.kind !== "violation") throw new Error(`Expected a violation, got ${outcome.kind}.`);
      expect(outcome.violation.condition).to.equal("unprofitableToAttack");
      expect(outcome.violation.block).to.equal(2);
    });

    it("is not, if its first supply is burned", async () => {
      await deploy({ fresh: "burnt" });
      expect((await playRobbery()).kind).to.equal("survived");
    });

    it("is besieged in batched blocks, with the agents' positions observed", async () => {
      await deploy({ fresh: "burnt" });
      const { siege } = fork.connection;
      const key = compound.fresh!.cToken.toLowerCase();
      const seen = new Set<bigint | undefined>();
      const definition = siegeOf((view) => {
        const position = view.at(compoundV2).accounts.get(view.accounts.get("attacker")!.toLowerCase())!;
        seen.add(position.cTokens.get(key));
        expect(position.entered.size).to.equal(3);
        const borrowers = view
          .all(lendingMarket)
          .get("lending")!
          .positions.map(({ account }) => account);
        expect(borrowers).to.include(compound.users.brave);
      });
      const result = await siege.run(target(), siege.scenario(definition), { seed: 1, runs: 30 });
      expect(result.kind).to.equal("survived");
      expect(result.explored).to.deep.equal({ executor: "batched", because: undefined });
      // nothing, little and much
      expect(seen.has(0n)).to.equal(true);
      expect([...seen].some((cTokens = 0n) => cTokens > 0n && cTokens < 1_000_000n)).to.equal(true);
      expect([...seen].some((cTokens = 0n) => cTokens > 1_000_000_000n)).to.equal(true);
    });
  });
});
