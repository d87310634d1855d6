import type { Address } from "viem";

import type { Fixture, Variant } from "../fixtures/fixture.js";
import type { Fork } from "../mini-mainnet/fork.js";
import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";

import { expect } from "chai";
import { maxUint256, numberToHex, parseUnits } from "viem";

import { deployCoupledVault } from "../fixtures/coupled-vault.js";
import { give, person } from "../fixtures/give.js";
import { deployInflatableVault } from "../fixtures/inflatable-vault.js";
import { deployLeveragedVault } from "../fixtures/leveraged-vault.js";
import { deployOptionsVault } from "../fixtures/options-vault.js";
import { deploySpotLendingVault } from "../fixtures/spot-lending-vault.js";
import { aggregatorProxyAbi, erc20Abi, fluxAggregatorAbi, uniswapV2RouterAbi } from "../mini-mainnet/abis.js";
import { createFork } from "../mini-mainnet/fork.js";
import { miniMainnetSource } from "../mini-mainnet/fork-source.js";

/**
 * Each fixture broken by hand, in as few steps as a person needs. The number of steps is the bound for the minimiser:
 * what it returns may be shorter, never longer. Steps are counted as a trace counts them: price moves, silences of a feed and
 * transactions. A feed that publishes is no step; here it is done by hand.
 */
describe("the fixtures, broken by hand", () => {
  let source: MiniMainnetSource;
  let fork: Fork<MiniMainnetSource>;

  before(async () => {
    source = await miniMainnetSource();
  });

  beforeEach(async () => {
    fork = await createFork({ source });
  });

  afterEach(async () => {
    await fork.close();
  });

  after(async () => {
    await source.close();
  });

  describe("SpotLendingVault", () => {
    /** 3 steps: deposit (only collateral is lent against), swap (makes it look dear), borrow (what is then lent is the loss). */
    async function attack(variant: Variant): Promise<{ vault: Fixture; attacker: Address }> {
      const vault = await deploySpotLendingVault(fork, variant);
      const attacker = await member(vault, { USDC: 1_500_000, WETH: 100 });
      await call(attacker, vault, "deposit", [maxUint256]);
      await swap(attacker, "usdc", parseUnits("1500000", 6));
      await call(attacker, vault, "borrow", [maxUint256]);
      return { vault, attacker };
    }

    it("lends more than the collateral is worth, in 3 steps", async () => {
      const { vault, attacker } = await attack("flawed");

      // 1,500,000 USDC for 428 WETH: the spot price is 6,119 USDC, of which 70 % are lent
      expect(await shortfall(vault, attacker, 2_000)).to.be.greaterThan(228_000);
    });

    it("does not without the swap", async () => {
      const vault = await deploySpotLendingVault(fork, "flawed");
      const attacker = await member(vault, { WETH: 100 });
      await call(attacker, vault, "deposit", [maxUint256]);
      await call(attacker, vault, "borrow", [maxUint256]);

      expect(await debtOf(vault, attacker)).to.equal(140_000);
    });

    it("does not if it is fixed", async () => {
      const { vault, attacker } = await attack("fixed");

      expect(await debtOf(vault, attacker)).to.equal(140_000);
      expect(await shortfall(vault, attacker, 2_000)).to.equal(0);
    });
  });

  describe("LeveragedVault", () => {
    /** The price after a fall of 25 %: the trader's debt of 71 % is then 94.67 % of the collateral. */
    const FALLEN = 1_500;

    /**
     * 3 steps: ether falls by 25 % (the debt has to be above the 94 % at which it can be liquidated), and two
     * liquidations, each of half of the debt: the first takes it to 98.7 % of what is left of the collateral, the second
     * beyond. One is not enough, because it may only repay half.
     */
    async function attack(variant: Variant): Promise<{ vault: Fixture; trader: Address; ratios: number[] }> {
      const vault = await deployLeveragedVault(fork, variant);
      const trader = vault.accounts.trader!;
      const attacker = await member(vault, { USDC: 300_000 });
      await publish(FALLEN);
      const ratios = [await ratio(vault, trader, FALLEN)];
      for (let liquidation = 0; liquidation < 2; liquidation++) {
        await call(attacker, vault, "liquidate", [trader, maxUint256]);
        ratios.push(await ratio(vault, trader, FALLEN));
      }
      return { vault, trader, ratios };
    }

    it("is left with bad debt by liquidations, in 3 steps", async () => {
      const { vault, trader, ratios } = await attack("flawed");

      expect(ratios[0]).to.be.closeTo(0.9467, 1e-4);
      expect(ratios[1]).to.be.closeTo(0.9875, 1e-4);
      expect(ratios[2]).to.be.closeTo(1.0807, 1e-4);
      expect(await shortfall(vault, trader, FALLEN)).to.be.greaterThan(1_000);
    });

    it("is not by one liquidation less", async () => {
      const vault = await deployLeveragedVault(fork, "flawed");
      const attacker = await member(vault, { USDC: 300_000 });
      await publish(FALLEN);
      await call(attacker, vault, "liquidate", [vault.accounts.trader!, maxUint256]);

      expect(await shortfall(vault, vault.accounts.trader!, FALLEN)).to.equal(0);
    });

    it("is not without the fall", async () => {
      const vault = await deployLeveragedVault(fork, "flawed");
      const attacker = await member(vault, { USDC: 300_000 });

      await reverts("Healthy", call(attacker, vault, "liquidate", [vault.accounts.trader!, maxUint256]));
    });

    it("is not if it is fixed, however often it is liquidated", async () => {
      const { vault, trader, ratios } = await attack("fixed");

      // every liquidation helps
      expect(ratios[1]).to.be.lessThan(ratios[0]!);
      expect(ratios[2]).to.be.lessThan(ratios[1]!);
      expect(await shortfall(vault, trader, FALLEN)).to.equal(0);
    });
  });

  describe("InflatableVault", () => {
    /**
     * 3 steps: the attacker deposits one base unit (without a share, the donation would be nobody's), donates 100,000
     * USDC (makes that share dear), and the saver deposits 100,000 USDC (worth less than one share, so it gets none).
     */
    async function attack(variant: Variant): Promise<{ gain: number }> {
      const vault = await deployInflatableVault(fork, variant);
      const attacker = await member(vault, { USDC: 200_000 });
      const saver = await member(vault, { USDC: 100_000 });
      await call(attacker, vault, "deposit", [1n, attacker]);
      await call(attacker, { address: fork.addresses.usdc, abi: erc20Abi }, "transfer", [
        vault.address,
        parseUnits("100000", 6),
      ]);
      await call(saver, vault, "deposit", [parseUnits("100000", 6), saver]);
      const shares = await uint(vault, "convertToAssets", [await uint(vault, "balanceOf", [attacker])]);
      return { gain: usd(shares) + (await balance("usdc", attacker)) - 200_000 };
    }

    it("gives the next depositor's money to the first, in 3 steps", async () => {
      const { gain } = await attack("flawed");

      expect(gain).to.be.closeTo(100_000, 1);
    });

    it("does not if it is fixed: the donation is lost", async () => {
      const { gain } = await attack("fixed");

      expect(gain).to.be.lessThan(-40_000);
    });
  });

  describe("OptionsVault", () => {
    const NOTIONAL = parseUnits("1000000", 6);

    /**
     * Two of 4 steps: ether falls by 10 % (more than the premium of 5 %), and the feed is silent (or the strike would be
     * the new price). The others are to buy a put at the old price, and to exercise it when the feed is back. That four
     * hours pass until the sale opens is no step.
     */
    async function silentFall(variant: Variant): Promise<{ vault: Fixture; attacker: Address }> {
      const vault = await deployOptionsVault(fork, variant);
      const attacker = await member(vault, { USDC: 1_000_000 });
      await publish(2_000);
      await wait(4 * 3600);
      return { vault, attacker };
    }

    it("sells puts at a price that the market has left, in 4 steps", async () => {
      const { vault, attacker } = await silentFall("flawed");
      await call(attacker, vault, "buyPut", [NOTIONAL]);
      await publish(1_800);
      await call(attacker, vault, "exercise", []);

      // 10 % of the notional is paid out, 5 % was paid
      expect(await balance("usdc", attacker)).to.equal(1_050_000);
    });

    it("does not if the feed speaks: the put is bought at the new price", async () => {
      const { vault, attacker } = await silentFall("flawed");
      await publish(1_800);
      await call(attacker, vault, "buyPut", [NOTIONAL]);

      await reverts("NothingToDo", call(attacker, vault, "exercise", []));
    });

    it("does not if ether stands still", async () => {
      const { vault, attacker } = await silentFall("flawed");
      await call(attacker, vault, "buyPut", [NOTIONAL]);
      await publish(2_000);

      await reverts("NothingToDo", call(attacker, vault, "exercise", []));
    });

    it("does not before the sale opens", async () => {
      const vault = await deployOptionsVault(fork, "flawed");
      const attacker = await member(vault, { USDC: 1_000_000 });

      await reverts("NotNow", call(attacker, vault, "buyPut", [NOTIONAL]));
    });

    it("does not if it is fixed: on an old round it sells nothing", async () => {
      const { vault, attacker } = await silentFall("fixed");

      await reverts("StaleRound", call(attacker, vault, "buyPut", [NOTIONAL]));
    });

    it("is of use if it is fixed: it insures against what happens after the purchase", async () => {
      const { vault, attacker: holder } = await silentFall("fixed");
      await publish(2_000);
      await call(holder, vault, "buyPut", [NOTIONAL]);
      await publish(1_800);
      await call(holder, vault, "exercise", []);

      expect(await balance("usdc", holder)).to.equal(1_050_000);
    });
  });

  describe("CoupledVault", () => {
    const FALLEN = 1_480;

    /**
     * Three of 4 steps: a deposit (is what is lent against), ether falls by 26 % (more than the 20 % by which collateral
     * exceeds a debt), and the feed is silent meanwhile (or the fall would lower what can be borrowed). The fourth is to
     * borrow. That four hours pass until the vault lends is no step.
     */
    async function silentFall(variant: Variant): Promise<{ vault: Fixture; attacker: Address }> {
      const vault = await deployCoupledVault(fork, variant);
      const attacker = await member(vault, { WETH: 100 });
      await publish(2_000);
      await call(attacker, vault, "deposit", [maxUint256]);
      await wait(4 * 3600);
      return { vault, attacker };
    }

    it("lends more than the collateral is worth, in 4 steps", async () => {
      const { vault, attacker } = await silentFall("flawed");
      await call(attacker, vault, "borrow", [maxUint256]);

      // 160,000 USDC against 100 WETH, for which the market gives 148,000
      expect(await shortfall(vault, attacker, FALLEN)).to.equal(12_000);
    });

    it("does not if ether falls and the feed speaks", async () => {
      const { vault, attacker } = await silentFall("flawed");
      await publish(FALLEN);
      await call(attacker, vault, "borrow", [maxUint256]);

      expect(await shortfall(vault, attacker, FALLEN)).to.equal(0);
    });

    it("does not if the feed is silent and ether stands still", async () => {
      const { vault, attacker } = await silentFall("flawed");
      await call(attacker, vault, "borrow", [maxUint256]);

      expect(await shortfall(vault, attacker, 2_000)).to.equal(0);
    });

    it("does not before the vault lends", async () => {
      const vault = await deployCoupledVault(fork, "flawed");
      const attacker = await member(vault, { WETH: 100 });
      await call(attacker, vault, "deposit", [maxUint256]);

      await reverts("NotYet", call(attacker, vault, "borrow", [maxUint256]));
    });

    it("does not if it is fixed: it waits for a fresh round", async () => {
      const { vault, attacker } = await silentFall("fixed");
      await reverts("StaleRound", call(attacker, vault, "borrow", [maxUint256]));
      await publish(FALLEN);
      await call(attacker, vault, "borrow", [maxUint256]);

      expect(await shortfall(vault, attacker, FALLEN)).to.equal(0);
    });
  });

  /** Somebody with tokens, who has approved the vault and the router to take them. */
  async function member(vault: Fixture, capital: { readonly USDC?: number; readonly WETH?: number }): Promise<Address> {
    const account = await person(fork, JSON.stringify(capital));
    const { weth, usdc, uniswapV2 } = fork.addresses;
    await give(fork, "USDC", account, capital.USDC ?? 0);
    await give(fork, "WETH", account, capital.WETH ?? 0);
    for (const token of [weth, usdc]) {
      for (const spender of [vault.address, uniswapV2.router]) {
        await fork.chain.write(account, { address: token, abi: erc20Abi }, "approve", [spender, maxUint256]);
      }
    }
    return account;
  }

  async function call(
    from: Address,
    contract: Pick<Fixture, "address" | "abi">,
    functionName: string,
    args: readonly unknown[],
  ): Promise<void> {
    await fork.chain.write(from, contract, functionName, args);
  }

  async function swap(from: Address, tokenIn: "usdc" | "weth", amountIn: bigint): Promise<void> {
    const { usdc, weth, uniswapV2 } = fork.addresses;
    const path = tokenIn === "usdc" ? [usdc, weth] : [weth, usdc];
    const router = { address: uniswapV2.router, abi: uniswapV2RouterAbi };
    await fork.chain.write(from, router, "swapExactTokensForTokens", [amountIn, 0n, path, from, maxUint256]);
  }

  /** A round of the ETH/USD feed, US dollars. */
  async function publish(price: number): Promise<void> {
    const proxy = { address: fork.addresses.chainlink.ethUsd, abi: aggregatorProxyAbi };
    const aggregator = { address: await fork.chain.read(proxy, "aggregator", []), abi: fluxAggregatorAbi };
    const round = await fork.chain.read(aggregator, "latestRound", []);
    await fork.chain.write(fork.addresses.users.oracle, aggregator, "submit", [
      round + 1n,
      parseUnits(String(price), 8),
    ]);
  }

  async function wait(seconds: number): Promise<void> {
    const { timestamp } = await fork.chain.latest();
    const until = numberToHex(BigInt(timestamp) + BigInt(seconds));
    await fork.connection.provider.request({ method: "evm_mine", params: [until] });
  }

  async function uint(fixture: Fixture, functionName: string, args: readonly unknown[]): Promise<bigint> {
    const value = await fork.chain.read(fixture, functionName, args);
    if (typeof value !== "bigint") throw new TypeError(`${functionName}() of ${fixture.name} is no integer.`);
    return value;
  }

  async function balance(token: "usdc", account: Address): Promise<number> {
    return usd(await fork.chain.read({ address: fork.addresses[token], abi: erc20Abi }, "balanceOf", [account]));
  }

  /** US dollars. */
  async function debtOf(vault: Fixture, account: Address): Promise<number> {
    return usd(await uint(vault, "debtOf", [account]));
  }

  /** What the collateral is worth at a price, US dollars. */
  async function collateralValue(vault: Fixture, account: Address, price: number): Promise<number> {
    return (Number(await uint(vault, "collateralOf", [account])) / 1e18) * price;
  }

  /** Debt over the collateral's value. */
  async function ratio(vault: Fixture, account: Address, price: number): Promise<number> {
    return (await debtOf(vault, account)) / (await collateralValue(vault, account, price));
  }

  /** Bad debt at a fair price, US dollars. */
  async function shortfall(vault: Fixture, account: Address, price: number): Promise<number> {
    return Math.max(0, (await debtOf(vault, account)) - (await collateralValue(vault, account, price)));
  }
});

/** Expects a custom error of a fixture; nothing else may be the reason. */
async function reverts(error: string, work: Promise<unknown>): Promise<void> {
  let caught: unknown;
  try {
    await work;
  } catch (thrown) {
    caught = thrown;
  }
  expect(String(caught)).to.include(error);
}

function usd(amount: bigint): number {
  return Number(amount) / 1e6;
}
