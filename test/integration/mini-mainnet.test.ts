import type { Address, Hex } from "viem";

import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";
import type { Fork } from "../mini-mainnet/fork.js";
import type { MiniMainnet } from "../mini-mainnet/start.js";

import { expect } from "chai";
import { getAddress, numberToHex, parseEther, parseUnits } from "viem";

import {
  aaveDataProviderAbi,
  aaveOracleAbi,
  aggregatorProxyAbi,
  erc20Abi,
  fluxAggregatorAbi,
  poolAbi,
  uniswapV2PairAbi,
  uniswapV2RouterAbi,
} from "../mini-mainnet/abis.js";
import { uniswapArtifact } from "../mini-mainnet/artifact.js";
import { createFork } from "../mini-mainnet/fork.js";
import { miniMainnetSource } from "../mini-mainnet/fork-source.js";
import { startMiniMainnet } from "../mini-mainnet/start.js";

const NEVER = 2n ** 256n - 1n;

describe("the mini mainnet", () => {
  describe("started twice", () => {
    let once: MiniMainnet;
    let again: MiniMainnet;

    before(async () => {
      once = await startMiniMainnet();
      again = await startMiniMainnet();
    });

    after(async () => {
      await Promise.all([once.close(), again.close()]);
    });

    it("is the same chain", async () => {
      expect(again.blockHash).to.equal(once.blockHash);
      const block = [numberToHex(once.blockNumber), false];
      expect(await ask(again.url, "eth_getBlockByNumber", block)).to.deep.equal(
        await ask(once.url, "eth_getBlockByNumber", block),
      );
    });

    it("has the same storage", async () => {
      const { uniswapV2, aaveV3, usdc } = once.addresses;
      for (const account of [uniswapV2.usdcWeth, aaveV3.pool, aaveV3.variableDebtUsdc, usdc]) {
        const storage = ({ url }: MiniMainnet): Promise<unknown> => {
          const slots = Array.from({ length: 16 }, (_, slot) => numberToHex(slot));
          return Promise.all(slots.map((slot) => ask(url, "eth_getStorageAt", [account, slot, "latest"])));
        };
        expect(await storage(again)).to.deep.equal(await storage(once));
      }
    });

    it("is the chain that it was when this was written", async () => {
      // changes with the deployment's transactions, with the packages of the protocols, and with nothing else
      const block = await ask(once.url, "eth_getBlockByNumber", [numberToHex(once.blockNumber), false]);
      expect(block).to.include({
        number: "0x4d",
        stateRoot: "0x778fbcb159e85e35b9c69da5e26408731bd338cdc72d930c5131ab687694f014",
      });
    });

    it("can be read but not changed through its endpoint", async () => {
      for (const method of ["evm_mine", "hardhat_setBalance", "eth_sendTransaction", "eth_sendRawTransaction"]) {
        const refusal = await ask(once.url, method, []).catch(String);
        expect(refusal, method).to.include("is not served");
      }
    });
  });

  describe("forked in-process", () => {
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

    it("comes out the same in two forks that do the same", async () => {
      const other = await createFork({ source });
      const token = uniswapArtifact("v2-core", "ERC20");
      const address = await fork.deploy(token, [1n]);
      // long enough for the wall clock's second to differ
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      expect(await other.deploy(token, [1n])).to.equal(address);
      expect(await other.chain.latest()).to.deep.equal(await fork.chain.latest());
      await other.close();
    });

    it("answers calls at historical blocks", async () => {
      const call = { to: fork.addresses.usdc, data: "0x313ce567" }; // decimals()
      const answer: unknown = await fork.connection.provider.request({ method: "eth_call", params: [call, "0x10"] });
      expect(BigInt(answer as Hex)).to.equal(6n);
    });

    it("has tokens as mainnet has", async () => {
      const { weth, usdc } = fork.addresses;
      const describe = async (address: Address): Promise<unknown> => [
        await fork.chain.read({ address, abi: erc20Abi }, "symbol", []),
        await fork.chain.read({ address, abi: erc20Abi }, "decimals", []),
      ];
      expect(await describe(weth)).to.deep.equal(["WETH", 18]);
      expect(await describe(usdc)).to.deep.equal(["USDC", 6]);
    });

    describe("Uniswap V2", () => {
      // whole tokens: amount in, reserve in, reserve out; then wei out. From v2-core's own tests
      const SWAPS: readonly (readonly [bigint, bigint, bigint, bigint])[] = [
        [1n, 5n, 10n, 1662497915624478906n],
        [1n, 10n, 5n, 453305446940074565n],
        [2n, 5n, 10n, 2851015155847869602n],
        [2n, 10n, 5n, 831248957812239453n],
        [1n, 10n, 10n, 906610893880149131n],
        [1n, 100n, 100n, 987158034397061298n],
        [1n, 1000n, 1000n, 996006981039903216n],
      ];

      it("quotes what v2-core's tests expect", async () => {
        const router = { address: fork.addresses.uniswapV2.router, abi: uniswapV2RouterAbi };
        for (const [amountIn, reserveIn, reserveOut, amountOut] of SWAPS) {
          const wei = [amountIn * 10n ** 18n, reserveIn * 10n ** 18n, reserveOut * 10n ** 18n] as const;
          expect(await fork.chain.read(router, "getAmountOut", wei)).to.equal(amountOut);
        }
      });

      it("has a pair with 2,000,000 USDC and 1,000 WETH", async () => {
        const pair = { address: fork.addresses.uniswapV2.usdcWeth, abi: uniswapV2PairAbi };
        expect(getAddress(await fork.chain.read(pair, "token0", []))).to.equal(fork.addresses.usdc);
        const [usdc, weth] = await fork.chain.read(pair, "getReserves", []);
        expect([usdc, weth]).to.deep.equal([parseUnits("2000000", 6), parseEther("1000")]);
      });

      it("swaps for exactly what the router quotes", async () => {
        const { users, weth, usdc, uniswapV2 } = fork.addresses;
        const router = { address: uniswapV2.router, abi: uniswapV2RouterAbi };
        const amountIn = parseEther("10");
        const reserves = [parseEther("1000"), parseUnits("2000000", 6)] as const;
        const expected = await fork.chain.read(router, "getAmountOut", [amountIn, ...reserves]);
        // 2,000,000 * 9.97 / 1,009.97
        expect(expected).to.equal(19_743_160_687n);

        const before = await balance(fork, usdc, users.whale);
        await fork.chain.write(users.whale, { address: weth, abi: erc20Abi }, "approve", [uniswapV2.router, amountIn]);
        const swap = [amountIn, expected, [weth, usdc], users.whale, NEVER] as const;
        await fork.chain.write(users.whale, router, "swapExactTokensForTokens", swap);
        expect((await balance(fork, usdc, users.whale)) - before).to.equal(expected);
      });
    });

    describe("Chainlink", () => {
      it("answers $2,000 for ether and $1 for USDC", async () => {
        expect(await answerOf(fork, fork.addresses.chainlink.ethUsd)).to.equal(2_000n * 10n ** 8n);
        expect(await answerOf(fork, fork.addresses.chainlink.usdcUsd)).to.equal(10n ** 8n);
      });

      it("publishes a round that its oracle submits, round after round", async () => {
        for (const dollars of [1_990n, 1_980n, 2_100n]) {
          await publishEther(fork, dollars);
          expect(await answerOf(fork, fork.addresses.chainlink.ethUsd)).to.equal(dollars * 10n ** 8n);
        }
      });
    });

    describe("Aave V3", () => {
      it("lists WETH and USDC with the parameters of mainnet", async () => {
        const { weth, usdc, aaveV3 } = fork.addresses;
        const data = { address: aaveV3.dataProvider, abi: aaveDataProviderAbi };
        const risk = async (asset: Address): Promise<unknown> => {
          const [, ltv, threshold, bonus, , collateral, borrowing] = await fork.chain.read(
            data,
            "getReserveConfigurationData",
            [asset],
          );
          return [ltv, threshold, bonus, collateral, borrowing];
        };
        expect(await risk(weth)).to.deep.equal([80_00n, 82_50n, 105_00n, true, true]);
        expect(await risk(usdc)).to.deep.equal([77_00n, 80_00n, 104_50n, true, true]);
      });

      it("prices by the feeds", async () => {
        const oracle = { address: fork.addresses.aaveV3.oracle, abi: aaveOracleAbi };
        await publishEther(fork, 1_234n);
        expect(await fork.chain.read(oracle, "getAssetPrice", [fork.addresses.weth])).to.equal(1_234n * 10n ** 8n);
      });

      it("has borrowers near and far from liquidation", async () => {
        const { alice, bob, carol } = fork.addresses.users;
        expect(await healthFactor(fork, alice)).to.be.within(1.03, 1.05);
        expect(await healthFactor(fork, bob)).to.be.within(1.3, 1.35);
        expect(await healthFactor(fork, carol)).to.be.within(2.45, 2.55);
      });

      it("computes a health factor from collateral, threshold and debt", async () => {
        const { users, aaveV3 } = fork.addresses;
        const debt = await balance(fork, aaveV3.variableDebtUsdc, users.alice);
        // interest of a few minutes on 158,500 USDC
        expect(Number(debt) / 1e6).to.be.within(158_500.000001, 158_501);
        // 100 WETH at $2,000, of which 82.5 % count; both sides have 8 decimals in dollars
        const dollars = 100n * 2_000n * 10n ** 8n;
        const debtDollars = debt * 10n ** 2n;
        const expected = (((dollars * 82_50n) / 100_00n) * 10n ** 18n + debtDollars / 2n) / debtDollars;
        expect(await exactHealthFactor(fork, users.alice)).to.equal(expected);
      });

      it("liquidates alice, and not bob, once ether falls to $1,900", async () => {
        const { users, weth, usdc, aaveV3 } = fork.addresses;
        const { alice, bob, whale, treasury } = users;
        const pool = { address: aaveV3.pool, abi: poolAbi };
        const repaid = parseUnits("50000", 6);
        const liquidate = (user: Address) => [weth, usdc, user, repaid, false] as const;
        await fork.chain.write(whale, { address: usdc, abi: erc20Abi }, "approve", [aaveV3.pool, repaid]);

        const tooEarly = await fork.chain.write(whale, pool, "liquidationCall", liquidate(alice)).catch(String);
        expect(tooEarly).to.include("'45'"); // HEALTH_FACTOR_NOT_BELOW_THRESHOLD

        await publishEther(fork, 1_900n);
        expect(await healthFactor(fork, alice)).to.be.within(0.95, 1);
        const debtBefore = await balance(fork, aaveV3.variableDebtUsdc, alice);
        const wethBefore = await balance(fork, weth, whale);
        const refused = await fork.chain.write(whale, pool, "liquidationCall", liquidate(bob)).catch(String);
        expect(refused).to.include("'45'");

        await fork.chain.write(whale, pool, "liquidationCall", liquidate(alice));
        const { toLiquidator, toTreasury } = seizure(repaid, 1_900n);
        expect((await balance(fork, weth, whale)) - wethBefore).to.equal(toLiquidator);
        expect(await balance(fork, aaveV3.aWeth, treasury)).to.equal(toTreasury);
        const paid = debtBefore - (await balance(fork, aaveV3.variableDebtUsdc, alice));
        // less the interest of two blocks
        expect(Number(paid) / 1e6).to.be.within(49_999.9, 50_000);
      });
    });
  });
});

/** What a liquidation of USDC against WETH gives, in wei: 5 % more than was repaid, a tenth of which is Aave's. */
function seizure(usdc: bigint, dollarsPerEther: bigint): { toLiquidator: bigint; toTreasury: bigint } {
  const percentMul = (value: bigint, basisPoints: bigint): bigint => (value * basisPoints + 5_000n) / 10_000n;
  const percentDiv = (value: bigint, basisPoints: bigint): bigint => (value * 10_000n + basisPoints / 2n) / basisPoints;
  const worth = (usdc * 10n ** 18n) / (dollarsPerEther * 10n ** 6n);
  const seized = percentMul(worth, 105_00n);
  const toTreasury = percentMul(seized - percentDiv(seized, 105_00n), 10_00n);
  return { toLiquidator: seized - toTreasury, toTreasury };
}

/** The oracle submits the next round of the ETH/USD feed. */
async function publishEther({ chain, addresses }: Fork<MiniMainnetSource>, dollars: bigint): Promise<void> {
  const proxy = { address: addresses.chainlink.ethUsd, abi: aggregatorProxyAbi };
  const aggregator = { address: await chain.read(proxy, "aggregator", []), abi: fluxAggregatorAbi };
  const round = (await chain.read(aggregator, "latestRound", [])) + 1n;
  await chain.write(addresses.users.oracle, aggregator, "submit", [round, dollars * 10n ** 8n]);
}

async function answerOf({ chain }: Fork, feed: Address): Promise<bigint> {
  const [, answer] = await chain.read({ address: feed, abi: aggregatorProxyAbi }, "latestRoundData", []);
  return answer;
}

async function balance({ chain }: Fork, token: Address, account: Address): Promise<bigint> {
  return chain.read({ address: token, abi: erc20Abi }, "balanceOf", [account]);
}

async function exactHealthFactor({ chain, addresses }: Fork, user: Address): Promise<bigint> {
  const pool = { address: addresses.aaveV3.pool, abi: poolAbi };
  const [, , , , , factor] = await chain.read(pool, "getUserAccountData", [user]);
  return factor;
}

async function healthFactor(fork: Fork, user: Address): Promise<number> {
  return Number(await exactHealthFactor(fork, user)) / 1e18;
}

/** A JSON-RPC request; an error that it is answered with is thrown. */
async function ask(url: string, method: string, params: unknown[]): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(url, { method: "POST", body });
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (error !== undefined) throw new Error(error.message);
  return result;
}
