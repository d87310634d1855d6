import type { Address, Hex } from "viem";

import type { ContractCall } from "../../../../src/protocols/call.js";
import type { MorphoBlueAccount, MorphoBlueView } from "../../../../src/protocols/morpho-blue/view.js";
import type { LendingMarket, LiquidationOption } from "../../../../src/protocols/roles/lending-market.js";
import type { Bound } from "../../../helpers/bound-on-fork.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type {
  MorphoBlueDeployment,
  MorphoBlueDeploymentOptions,
  MorphoBlueUser,
} from "../../../mini-mainnet/cast/morpho-blue.js";

import { expect } from "chai";
import { decodeFunctionResult, encodeAbiParameters, maxUint256, parseAbi, parseEther, parseUnits } from "viem";

import { defineAgent } from "../../../../src/agents/index.js";
import { defineCondition } from "../../../../src/conditions/index.js";
import { path } from "../../../../src/market/index.js";
import { chainlink } from "../../../../src/oracles/index.js";
import { encodeCall } from "../../../../src/protocols/call.js";
import { morphoBlue, morphoBlueId } from "../../../../src/protocols/index.js";
import { morphoBlueAbi } from "../../../../src/protocols/morpho-blue/abi.js";
import { constant } from "../../../../src/protocols/read-plan.js";
import { flashLenders } from "../../../../src/protocols/roles/flash-lender.js";
import { lendingMarket } from "../../../../src/protocols/roles/lending-market.js";
import { give, person } from "../../../fixtures/give.js";
import { bindToFork, sendCall } from "../../../helpers/bound-on-fork.js";
import { failsWith } from "../../../helpers/errors.js";
import { playedAs } from "../../../helpers/played-as.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { erc20Abi, fluxAggregatorAbi } from "../../../mini-mainnet/abis.js";
import { morphoBlueArtifacts } from "../../../mini-mainnet/cast/morpho-blue-artifacts.js";
import { deployMorphoBlue } from "../../../mini-mainnet/cast/morpho-blue.js";

const proxyAbi = parseAbi(["function aggregator() view returns (address)"]);
const flashAbi = parseAbi(["function flashLoan(address token, uint256 assets, bytes data)"]);

const ALL = 1_000_000;

/** US dollars. */
const PRICES = { ETH: 2_000, USDC: 1 };

describe("morphoBlue", () => {
  const theFork = siegeForkForSuite();
  let fork: SiegeFork;
  let blue: MorphoBlueDeployment;
  let bound: Bound<MorphoBlueView>;
  let stranger: Address;

  async function deploy(options: MorphoBlueDeploymentOptions = {}): Promise<void> {
    fork = theFork();
    blue = await deployMorphoBlue(fork.chain, fork.addresses, options);
    stranger = await person(fork, "stranger");
    bound = await bindToFork(fork, morphoBlue(blue.morpho, { market: blue.market }), { ...blue.users, stranger });
  }

  const contract = () => ({ address: blue.morpho, abi: morphoBlueAbi });

  async function publish(price: number): Promise<void> {
    const { chainlink: feeds, users } = fork.addresses;
    const address = await fork.chain.read({ address: feeds.ethUsd, abi: proxyAbi }, "aggregator", []);
    const aggregator = { address, abi: fluxAggregatorAbi };
    const round = (await fork.chain.read(aggregator, "latestRound", [])) + 1n;
    await fork.chain.write(users.oracle, aggregator, "submit", [round, parseUnits(String(price), 8)]);
  }

  async function balanceOf(token: Address, account: Address): Promise<bigint> {
    return fork.chain.read({ address: token, abi: erc20Abi }, "balanceOf", [account]);
  }

  /** What the contract itself would return for a call now, at the time of the latest block. */
  async function answer(from: Address, call: ContractCall): Promise<readonly [bigint, bigint]> {
    const params = [{ from, to: call.to, data: encodeCall(call) }, "latest"];
    const data = (await fork.connection.provider.request({ method: "eth_call", params })) as Hex;
    const functionName = call.function.name as "repay" | "withdraw" | "liquidate";
    return decodeFunctionResult({ abi: morphoBlueAbi, functionName, data });
  }

  async function reverts(from: Address, call: ContractCall): Promise<boolean> {
    const params = [{ from, to: call.to, data: encodeCall(call) }, "latest"];
    return fork.connection.provider.request({ method: "eth_call", params }).then(
      () => false,
      () => true,
    );
  }

  function accountOf(view: MorphoBlueView, user: MorphoBlueUser | "stranger"): MorphoBlueAccount {
    return view.accounts.get((user === "stranger" ? stranger : blue.users[user]).toLowerCase())!;
  }

  function marketOf(view: MorphoBlueView): LendingMarket {
    return playedAs(bound.definition, lendingMarket, view);
  }

  /** The ways to liquidate a user. */
  function optionsOn(market: LendingMarket, user: MorphoBlueUser): readonly LiquidationOption[] {
    return market.liquidations(market.positions.find(({ account }) => account === blue.users[user])!);
  }

  async function waitMonths(): Promise<void> {
    await fork.connection.provider.request({ method: "hardhat_mine", params: ["0x2", "0x4f1a00"] });
  }

  it("reads positions as the contract pays them out, including months of interest and its fee", async () => {
    await deploy();
    await waitMonths();
    const view = await bound.view();
    const { brave, lender } = blue.users;
    const { owed, borrowShares } = accountOf(view, "brave");
    await give(fork, "USDC", brave, 1_000_000);
    expect(Number(owed), "interest was accrued").to.be.above(165_000e6 * 1.03);
    expect((await answer(brave, view.repay({ shares: borrowShares }, brave)))[0]).to.equal(owed);
    const { supplied, supplyShares } = accountOf(view, "lender");
    expect(Number(supplied)).to.be.above(1_000_000e6 * 1.01);
    const part = supplyShares / 3n;
    const [paid] = await answer(lender, view.withdraw({ shares: part }, lender));
    expect(paid - supplied / 3n <= 1n && paid >= supplied / 3n).to.equal(true);

    // what the market stores once it is used, at that block's time
    await sendCall(fork, brave, view.repay({ assets: 1n }, brave));
    const [supplyAssets, allSupplyShares, borrowAssets, allBorrowShares] = await fork.chain.read(contract(), "market", [
      blue.id,
    ]);
    const { supplied: supplySide, borrowed, price, available, id } = await bound.view();
    expect(supplySide).to.deep.equal({ assets: supplyAssets, shares: allSupplyShares });
    expect(borrowed).to.deep.equal({ assets: borrowAssets, shares: allBorrowShares });
    expect(available).to.equal(supplyAssets - borrowAssets);
    expect(id).to.equal(morphoBlueId(blue.market));
    const oracle = { address: blue.market.oracle, abi: parseAbi(["function price() view returns (uint256)"]) };
    expect(price).to.equal(await fork.chain.read(oracle, "price", []));
  });

  it("agrees with the contract on which positions are healthy", async () => {
    await deploy();
    const { calm } = blue.users;
    const limit = (view: MorphoBlueView): bigint => (200_000n * 10n ** 6n * 86n) / 100n - accountOf(view, "calm").owed;
    const view = await bound.view();
    expect(accountOf(view, "brave").healthFactor).to.equal((172_000n * 10n ** 24n) / accountOf(view, "brave").owed);
    expect(accountOf(view, "lender").healthFactor).to.equal(maxUint256);
    const most = view.maxBorrowable(accountOf(view, "calm"));
    expect(most).to.equal((172_000n * 10n ** 6n * 999n) / 1000n - accountOf(view, "calm").owed);
    expect(await reverts(calm, view.borrow(limit(view) + 1n, calm))).to.equal(true);
    await sendCall(fork, calm, view.borrow(most, calm));
    expect(Number(accountOf(await bound.view(), "calm").healthFactor) / 1e18).to.be.closeTo(1.001, 1e-5);

    // between the two prices: no liquidation of a healthy position, one of an unhealthy
    for (const [price, options] of [
      [1_925, 0],
      [1_910, 1],
    ] as const) {
      await publish(price);
      const now = await bound.view();
      expect(optionsOn(marketOf(now), "brave")).to.have.lengthOf(options);
      await give(fork, "USDC", stranger, 200_000);
      await bound.approve(stranger);
      const attempted = now.liquidate(blue.users.brave, { seized: 10n ** 18n });
      expect(await reverts(stranger, attempted)).to.equal(options === 0);
    }
  });

  it("liquidates exactly the predicted amounts, in part, while interest accrues", async () => {
    await deploy();
    await bound.approve(stranger);
    await give(fork, "USDC", stranger, 200_000);
    await publish(1_880);
    for (const offered of [parseUnits("12345.678901", 6), parseUnits("0.01", 6), parseUnits("80000", 6)]) {
      const [option] = optionsOn(marketOf(await bound.view()), "brave");
      const { paid, received } = option!.amounts(offered);
      expect(paid <= offered && offered - paid <= 2n, `${paid} of ${offered}`).to.equal(true);
      const before = await holdings();
      const { gasUsed } = await sendCall(fork, stranger, option!.liquidate(offered, stranger));
      const after = await holdings();
      expect(before.usdc - after.usdc).to.equal(paid);
      expect(after.weth - before.weth).to.equal(received);
      expect(before.pledged - after.pledged).to.equal(received);
      expect(Number(gasUsed)).to.be.below(Number(option!.gas));
      expect(Number(gasUsed)).to.be.above(Number(option!.gas) * 0.6);
    }
  });

  it("repays a debt in full, and leaves the remaining collateral to its owner", async () => {
    await deploy({ interest: "none" });
    await bound.approve(stranger);
    await give(fork, "USDC", stranger, 200_000);
    await publish(1_880);
    const [option] = optionsOn(marketOf(await bound.view()), "brave");
    expect(option!.maxRepay).to.equal(165_000n * 10n ** 6n);
    const { paid, received } = option!.amounts(maxUint256);
    // 1.0438 at 86 %: 165,000 dollars buy 91.6 of the 100 ether
    expect(Number(received) / 1e18).to.be.closeTo((165_000 / 1_880) * (1 / (1 - 0.3 * 0.14)), 1e-6);
    expect(paid).to.equal(option!.maxRepay);
    const before = await holdings();
    await sendCall(fork, stranger, option!.liquidate(maxUint256, stranger));
    const after = await holdings();
    expect([before.usdc - after.usdc, after.weth - before.weth]).to.deep.equal([paid, received]);
    const view = await bound.view();
    const { owed, collateral } = accountOf(view, "brave");
    expect([owed, collateral]).to.deep.equal([0n, parseEther("100") - received]);
    expect(optionsOn(marketOf(view), "brave")).to.deep.equal([]);
  });

  it("predicts the bad debt that a liquidation leaves to the suppliers, and reports the shortfall before it", async () => {
    await deploy({ interest: "none" });
    const { facts, definition } = bound;
    await bound.approve(stranger);
    await give(fork, "USDC", stranger, 200_000);
    await publish(1_500);
    const view = await bound.view();
    const price = (asset: string): number => (asset === "ETH" ? 1_500 : 1);
    expect(definition.shortfall!(facts)(view, price)).to.be.closeTo(15_000, 1e-3);
    expect(definition.shortfall!(facts)(view, (asset) => (asset === "ETH" ? 1_660 : 1))).to.equal(0);

    const [option] = optionsOn(marketOf(view), "brave");
    const { paid, received } = option!.amounts(option!.maxRepay);
    expect(received).to.equal(parseEther("100"));
    const before = await holdings();
    const { logs } = await sendCall(fork, stranger, option!.liquidate(option!.maxRepay, stranger));
    const after = await holdings();
    expect([before.usdc - after.usdc, after.weth - before.weth]).to.deep.equal([paid, received]);
    // Liquidate(id, caller, borrower, repaidAssets, repaidShares, seizedAssets, badDebtAssets, badDebtShares)
    const event = logs.find(({ address }) => address.toLowerCase() === blue.morpho.toLowerCase())!;
    const badDebt = BigInt(`0x${event.data.slice(2 + 64 * 3, 2 + 64 * 4)}`);
    expect(badDebt).to.equal(165_000n * 10n ** 6n - paid);
    const taken = logs.flatMap((log) => definition.liquidated!(facts)(log, view) ?? []);
    expect(taken.map(({ token, amount }) => [token.symbol, amount])).to.deep.equal([["WETH", received]]);

    const now = await bound.view();
    expect(now.supplied.assets).to.equal(view.supplied.assets - badDebt);
    expect(now.borrowed.assets).to.equal(view.borrowed.assets - paid - badDebt);
    // pro rata: the lender has five sixths of the supply
    const lost = accountOf(view, "lender").supplied - accountOf(now, "lender").supplied;
    expect(Number(lost)).to.be.closeTo((Number(badDebt) * 5) / 6, 1);
    expect(definition.shortfall!(facts)(now, price)).to.equal(0);
  });

  it("supplies, borrows, repays all and withdraws all, as free moves", async () => {
    await deploy();
    const { weth, usdc } = fork.addresses;
    await bound.approve(stranger);
    const move = async (name: string, operands: readonly number[]): Promise<MorphoBlueAccount> => {
      await sendCall(fork, stranger, (await bound.move(name, operands, stranger))!);
      return accountOf(await bound.view(), "stranger");
    };
    expect(await bound.move("supply", [ALL], stranger)).to.equal(undefined);
    expect(await bound.move("borrow", [ALL], stranger)).to.equal(undefined);
    await give(fork, "USDC", stranger, 10_000);
    await give(fork, "WETH", stranger, 10);
    expect(Number((await move("supply", [ALL / 2])).supplied)).to.be.closeTo(5_000e6, 1);
    expect((await move("supplyCollateral", [ALL])).collateral).to.equal(parseEther("10"));
    expect(Number((await move("borrow", [ALL])).owed)).to.be.closeTo(20_000e6 * 0.86 * 0.999, 1);
    expect(await bound.value(stranger, PRICES)).to.be.closeTo(5_000 + 20_000 - 20_000 * 0.86 * 0.999, 0.01);
    expect((await move("repay", [ALL])).borrowShares).to.equal(0n);
    expect((await move("withdrawCollateral", [ALL])).collateral).to.equal(0n);
    expect((await move("withdraw", [ALL])).supplyShares).to.equal(0n);
    expect(await balanceOf(weth, stranger)).to.equal(parseEther("10"));
    // two blocks of interest on 17,183 dollars, some of which it paid to itself
    expect(Number(await balanceOf(usdc, stranger))).to.be.closeTo(10_000e6, 0.01e6);

    // any debtor, including healthy ones, for an earlier call of the block may have moved the price
    await publish(1_880);
    await give(fork, "USDC", stranger, 200_000);
    const liquidation = await bound.move("liquidate", [0, ALL / 10], stranger);
    await sendCall(fork, stranger, liquidation!);
    expect(liquidation!.args[1]).to.equal(blue.users.brave);
    expect(Number(accountOf(await bound.view(), "brave").owed)).to.be.closeTo(165_000e6 * 0.9, 1e6);
  });

  it("is a lending market: prices, available liquidity, calls for either token", async () => {
    await deploy();
    const { weth, usdc } = fork.addresses;
    const { brave, lender, careful } = blue.users;
    const view = await bound.view();
    const market = marketOf(view);
    expect([market.price(weth), market.price(usdc), market.price(blue.morpho)]).to.deep.equal([2_000, 1, undefined]);
    const position = market.positions.find(({ account }) => account === brave)!;
    expect(position.collateralUsd).to.be.closeTo(200_000, 1e-6);
    expect(position.debtUsd).to.be.closeTo(165_000, 1);
    expect(market.liquidity(usdc)).to.deep.equal({ supplied: view.supplied.assets, available: view.available });
    expect(market.supplied(lender, usdc)).to.equal(accountOf(view, "lender").supplied);
    expect(market.supplied(brave, weth)).to.equal(parseEther("100"));
    await give(fork, "USDC", careful, 50_000);
    await sendCall(fork, careful, market.repay(usdc, maxUint256, careful));
    await sendCall(fork, careful, market.withdraw(weth, parseEther("50"), careful));
    expect(await balanceOf(weth, careful)).to.equal(parseEther("50"));
    await sendCall(fork, careful, market.supply(weth, parseEther("50"), careful));
    await sendCall(fork, careful, market.borrow(usdc, 10_000n * 10n ** 6n, careful));
    expect(accountOf(await bound.view(), "careful").collateral).to.equal(parseEther("50"));
  });

  it("flash-lends all that it holds, free of charge, and no more", async () => {
    await deploy();
    const { FlashBorrowerMock } = await morphoBlueArtifacts();
    const borrower = await fork.deploy(FlashBorrowerMock, [blue.morpho]);
    const lenders = playedAs(bound.definition, flashLenders, await bound.view());
    expect(lenders.map(({ token, repayment }) => [token.symbol, repayment])).to.deep.equal([
      ["USDC", "approve"],
      ["WETH", "approve"],
    ]);
    for (const flashLender of lenders) {
      const { token, available } = flashLender;
      expect(available).to.equal(await balanceOf(token.address, blue.morpho));
      expect([flashLender.fee(available), flashLender.lender]).to.deep.equal([0n, blue.morpho]);
      const data = encodeAbiParameters([{ type: "address" }], [token.address]);
      const flash = { address: borrower, abi: flashAbi };
      await fork.chain.write(stranger, flash, "flashLoan", [token.address, available, data]);
      const more = await fork.chain
        .write(stranger, flash, "flashLoan", [token.address, available + 1n, data])
        .catch(() => undefined);
      expect(more).to.equal(undefined);
    }
  });

  it("says what to do if there is no such market", async () => {
    await deploy();
    const { morpho, market, id } = blue;
    const bind = (at: Address, of: typeof market | Hex) => bindToFork(fork, morphoBlue(at, { market: of }), {});
    expect((await (await bind(morpho, id)).view()).params).to.deep.equal(market);
    await failsWith("UNSUPPORTED_PROTOCOL", () => bind(fork.addresses.weth, id));
    await failsWith("UNSUPPORTED_PROTOCOL", () => bind(morpho, { ...market, lltv: 1n }));
    await failsWith("INVALID_OPTION", () => morphoBlue(morpho, { market: "0x12" }));
    await failsWith("INVALID_OPTION", () => morphoBlue(morpho, { market: { ...market, lltv: 10n ** 18n } }));
    await failsWith("INVALID_OPTION", () => morphoBlue(morpho, { market, watch: ["0x1"] }));
  });

  it("survives a slow fall with a liquidator that uses the market's role, and not without", async () => {
    await deploy();
    const { weth, usdc, chainlink: feeds } = fork.addresses;
    const keeper = defineAgent({
      role: "keeper",
      capital: { USDC: 300_000 },
      act: ({ view, self, submit }) => {
        const market = view.all(lendingMarket).get("blue")!;
        for (const position of market.positions) {
          for (const option of market.liquidations(position)) submit(option.liquidate(option.maxRepay, self.address));
        }
      },
    });
    const idle = defineAgent({ role: "keeper", capital: { USDC: 300_000 }, act: () => undefined });
    const everybodyCovered = defineCondition<undefined, undefined>({
      id: "everybodyCovered",
      observe: () => constant(undefined),
      judge: ({ view }) => {
        const { positions } = view.all(lendingMarket).get("blue")!;
        const short = positions.filter(({ debtUsd, collateralUsd }) => debtUsd > collateralUsd);
        return short.length === 0 ? undefined : { summary: `${short.length} positions in deficit`, quantities: [] };
      },
    });
    const { siege } = fork.connection;
    const campaign = (agent: typeof keeper) =>
      siege.run(
        { address: blue.morpho, abi: [] },
        siege.scenario({
          name: "ether falls by 3 % a block",
          blocks: 10,
          assets: {
            ETH: {
              token: weth,
              process: path(
                Array.from({ length: 10 }, (_, block) => 2_000 * 0.97 ** (block + 1)),
                2_000,
              ),
            },
            USDC: { price: 1, token: usdc },
          },
          protocols: { blue: morphoBlue(blue.morpho, { market: blue.id }) },
          oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
          agents: [agent],
          conditions: [everybodyCovered],
          accounts: blue.users,
        }),
        { runs: 2, seed: 1, lanes: 1 },
      );
    const defended = await campaign(keeper);
    expect([defended.kind, defended.explored.executor, defended.discarded]).to.deep.equal(["survived", "batched", 0]);
    const undefended = await campaign(idle);
    if (undefended.kind !== "violation") throw new Error(`expected a violation, got ${undefended.kind}`);
    // 165,000 dollars of debt for 100 ether
    expect(undefended.finding.found.block).to.equal(7);
  });

  async function holdings(): Promise<Readonly<Record<"usdc" | "weth" | "pledged", bigint>>> {
    const [, , pledged] = await fork.chain.read(contract(), "position", [blue.id, blue.users.brave]);
    const { weth, usdc } = fork.addresses;
    return { usdc: await balanceOf(usdc, stranger), weth: await balanceOf(weth, stranger), pledged };
  }
});
