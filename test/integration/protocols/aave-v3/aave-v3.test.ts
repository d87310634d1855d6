import type { Address } from "viem";

import type { InspectContext } from "../../../../src/protocols/contexts.js";

import { expect } from "chai";
import { erc20Abi, maxUint256, parseEther } from "viem";

import { chainlink } from "../../../../src/oracles/index.js";
import { aaveV3 } from "../../../../src/protocols/index.js";
import { lendingMarket } from "../../../../src/protocols/roles/lending-market.js";
import { give } from "../../../fixtures/give.js";
import { callByCall } from "../../../helpers/call-by-call.js";
import { failsWith } from "../../../helpers/errors.js";
import { forkForEach } from "../../../helpers/play-agents.js";
import { playedAs } from "../../../helpers/played-as.js";
import { poolAbi, wethAbi } from "../../../mini-mainnet/abis.js";

/** The adapter against the real contracts: each number is compared with the protocol's own. */
describe("aaveV3", () => {
  const theFork = forkForEach();
  const { bind, bindFeed, send, balanceOf, approve, moveContext, inspectContext } = callByCall(theFork);
  let fork: ReturnType<typeof theFork>;
  beforeEach(() => {
    fork = theFork();
  });

  const lending = (watch: readonly Address[] = []) => aaveV3(fork.addresses.aaveV3.addressesProvider, { watch });

  it("is a lending market like any other", async () => {
    const { aaveV3: aave, users, weth, usdc } = fork.addresses;
    const bound = await bind(lending());
    const market = playedAs(bound.definition, lendingMarket, await bound.view());
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
    const feed = await bindFeed(chainlink(feeds.ethUsd, { asset: "ETH" }));
    const publish = async (price: number): Promise<void> => {
      const { from, call } = feed.feed.publish(feed.facts, await feed.view(), price);
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
